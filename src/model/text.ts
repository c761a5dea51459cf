import * as l10n from "@vscode/l10n";

/** `0.805` as `80.5%`, with at most six digits. */
export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))}%`;
}

/** A price or amount for a message: up to six significant digits, thousands separated. */
export function figure(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-6)
    ? String(rounded)
    : rounded.toLocaleString("en-US", { maximumFractionDigits: 12 });
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return l10n.t("{0} and {1}", words.slice(0, -1).join(", "), words[words.length - 1]);
}

/** A whole number for a message, thousands separated. */
export function whole(n: number): string {
  return n.toLocaleString("en-US");
}

/** The first of many, and how many more there are: `a, b and 3 more`. */
export function firstOfAll(first: readonly string[], total: number, separator = ", "): string {
  const shown = first.join(separator);
  return total > first.length ? l10n.t("{0} and {1} more", shown, whole(total - first.length)) : shown;
}

import * as l10n from "@vscode/l10n";
/** The known name nearest to what was written, when it is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}

/** `a`, `b` and `c`; long lists are cut. */
export function listed(names: Iterable<string>, most = 12): string {
  const all = [...names].map((name) => `\`${name}\``);
  if (all.length > most) return l10n.t("{0} and {1} more", all.slice(0, most).join(", "), all.length - most);
  if (all.length < 2) return all.join("");
  return l10n.t("{0} and {1}", all.slice(0, -1).join(", "), all.at(-1)!);
}

/** 12s, 6h or 1d. */
export function either(choices: readonly string[]): string {
  if (choices.length < 2) return choices.join("");
  return l10n.t("{0} or {1}", choices.slice(0, -1).join(", "), choices.at(-1)!);
}

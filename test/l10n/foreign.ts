import { readFileSync } from "node:fs";

const bundle: Record<string, string> = JSON.parse(
  readFileSync(new URL("../../l10n/bundle.l10n.json", import.meta.url), "utf8"),
);

/** Code, placeholders and addresses: what a translator leaves as it is. */
const KEPT = /(`[^`]*`|\{\d+\}|\]\([^)]*\))/;

/** A translation of every text into wide letters: a word in other letters is one that no translator got. */
export const foreignTexts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(bundle).map((text) => [text, foreign(text)]),
);

export function foreign(text: string): string {
  return text
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[A-Za-z]/g, wide)))
    .join("");
}

function wide(letter: string): string {
  return String.fromCodePoint(letter.codePointAt(0)! + 0xfee0);
}

/** Short for numbers and units in every language. */
const UNITS = /^(?:[kKMBTx]|USD|gwei|min|[hsd]|yr|bp)$/;

/**
 * English words of a text.
 * @param names of the file, and what else belongs to no language
 */
export function englishIn(text: string, names: readonly string[]): string[] {
  const read = text
    .replace(/```[\s\S]*?```|`[^`]*`/g, "")
    .replace(/\]\([^)]*\)/g, "]")
    .replaceAll("\\", "")
    .replace(new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w-])`, "g"), "");
  return (read.match(/[A-Za-z]+/g) ?? []).filter((word) => !UNITS.test(word));
}

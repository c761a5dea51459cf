import { readFileSync } from "node:fs";
import { parse } from "../../src/dsl/parse";
import type { Problem } from "../../src/dsl/problem";

/** A valid file that uses every part of the language. */
export const complete = readFileSync(new URL("./complete.risk.yaml", import.meta.url), "utf8");

/** Long enough that its sections are taken apart. */
export const long =
  complete.replace(/^oracles:\n/m, (section) => section + feeds(60)) +
  Array.from({ length: 40 }, (_, i) => `  - { metric: bad-debt, in: crash, max: ${i} USD }\n`).join("");

function feeds(count: number): string {
  return Array.from({ length: count }, (_, i) => `  feed-${i}: { of: WETH, heartbeat: ${i + 1}h }\n`).join(
    "",
  );
}

/** The complete file with one passage replaced; the passage must be there. */
export function edited(passage: string, replacement: string): string {
  if (!complete.includes(passage)) throw new Error(`The complete file has no ${passage}`);
  return complete.replace(passage, () => replacement);
}

/** A problem as a reader sees it: rule, underlined text, message, and what the fix writes. */
export interface Seen {
  readonly rule: string;
  readonly at: string;
  readonly message: string;
  readonly fix?: string;
}

export function seen(text: string): Seen[] {
  return parse(text).problems.map((problem) => seenProblem(text, problem));
}

function seenProblem(text: string, { rule, span, message, fixes }: Problem): Seen {
  const fix = fixes?.[0].edits[0].text;
  return { rule, at: text.slice(span.start, span.end), message, ...(fix === undefined ? {} : { fix }) };
}

/** The text after the first fix of its only problem. */
export function fixed(text: string): string {
  const edits = parse(text).problems[0].fixes?.[0].edits ?? [];
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
}

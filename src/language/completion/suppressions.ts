import * as l10n from "@vscode/l10n";
import type { Problem, Span } from "../../dsl/problem";
import { knownRules } from "../../dsl/suppress";
import type { Candidate, Offer } from "./candidate";
import { lineEnd, lineStart } from "./line";

const DIRECTIVE = "plimsoll-disable-next-line";
const COMMENT = /^[ \t]*#[ \t]*/;

/** In a comment alone on its line: the words that silence a finding, then the rules, those found on the next line first. */
export function suppressionAt(text: string, offset: number, problems: readonly Problem[]): Offer | undefined {
  const start = lineStart(text, offset);
  const end = lineEnd(text, start);
  const comment = COMMENT.exec(text.slice(start, end))?.[0];
  if (comment === undefined || offset < start + comment.length) return undefined;
  const written = text.slice(start + comment.length, end);
  const rest = new RegExp(`^${DIRECTIVE}[ \\t]+`).exec(written)?.[0];
  const from = start + comment.length + (rest?.length ?? 0);
  const word = { start: from, end: from + /^[\w-]*/.exec(text.slice(from, end))![0].length };
  if (offset < word.start || offset > word.end) return undefined;
  const candidates =
    rest === undefined ? directive(text.slice(from, offset)) : rules(text, word, end, problems);
  return { word, before: "", after: "", candidates };
}

/** A comment may begin with any word: only one that can become the directive is taken for it. */
function directive(typed: string): Candidate[] {
  if (typed === "" || !DIRECTIVE.startsWith(typed)) return [];
  return [{ label: DIRECTIVE, kind: "rule", insert: [`${DIRECTIVE} `], rank: 0, goesOn: true }];
}

function rules(text: string, word: Span, end: number, problems: readonly Problem[]): Candidate[] {
  const next = { start: end + 1, end: lineEnd(text, end + 1) };
  const found = new Set(
    problems.filter(({ span }) => span.start >= next.start && span.start <= next.end).map(({ rule }) => rule),
  );
  const hasReason = text.slice(word.end, end).includes("--");
  return knownRules().map((rule) => ({
    label: rule,
    kind: "rule",
    insert: hasReason ? [rule] : [`${rule} -- `, { example: l10n.t("reason") }],
    rank: found.has(rule) ? 0 : 1,
    detail: found.has(rule) ? l10n.t("found on the next line") : undefined,
    about: { rule },
  }));
}

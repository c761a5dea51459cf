import { TextDocument } from "vscode-languageserver-textdocument";
import { locate } from "../../src/dsl/locate";
import { parse, type Source } from "../../src/dsl/parse";
import type { Problem, Span } from "../../src/dsl/problem";
import { codeActions } from "../../src/language/actions/code-actions";
import { hover } from "../../src/language/hover";
import { rangeOf } from "../../src/language/ranges";
import { staticFindings } from "../../src/model/static-rules";

/** An opened case, and the place that is asked about. */
export interface Question {
  readonly document: TextDocument;
  readonly source: Source;
  /** Everything found without a simulation. */
  readonly problems: readonly Problem[];
  readonly span: Span;
}

/** The answer of a feature as one line of text; empty when it has none. */
export type Answer = (question: Question) => string;

/** By the word that markers use. */
export const answers: Readonly<Record<string, Answer>> = {
  actions: ({ document, source, problems, span }) =>
    codeActions(rangeOf(span, document), { document, source, problems, findings: [], snippets: false }, [
      "quickfix",
    ])
      .map(({ title }) => title)
      .join("; "),
  hover: ({ source, span, problems }) => oneLine(hover(source, span.start, problems)?.markdown ?? ""),
  diagnostic: ({ problems, span }) =>
    problems
      .filter(({ span: { start, end } }) => start === span.start && end === span.end)
      .map(({ rule }) => rule)
      .join(", "),
};

export function openCase(name: string, text: string): Omit<Question, "span"> {
  const document = TextDocument.create(`file:///cases/${name}`, "plimsoll", 1, text);
  const source = parse(text);
  const found = source.draft ? staticFindings(source.draft) : [];
  return {
    document,
    source,
    problems: [...source.problems, ...found.map((finding) => locate(source, finding))],
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

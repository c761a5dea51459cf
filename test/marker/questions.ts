import type { SelectionRange } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { locate } from "../../src/dsl/locate";
import { parse, type Source } from "../../src/dsl/parse";
import type { Problem, Span } from "../../src/dsl/problem";
import { codeActions } from "../../src/language/actions/code-actions";
import { codeLenses } from "../../src/language/code-lenses";
import { completion } from "../../src/language/completion/completion";
import { definition } from "../../src/language/definition";
import { foldingRanges } from "../../src/language/folding";
import { hover } from "../../src/language/hover/hover";
import { inlayHints } from "../../src/language/inlay-hints";
import { occurrences } from "../../src/language/occurrences";
import { rangeOf } from "../../src/language/ranges";
import { selectionRange } from "../../src/language/selection";
import { semanticTokens } from "../../src/language/tokens/tokens";
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
    codeActions(
      rangeOf(span, document),
      { document, source, problems, obstacles: [], findings: [], snippets: false },
      ["quickfix"],
    )
      .map(({ title }) => title)
      .join("; "),
  hover: ({ source, span, problems }) => oneLine(hover(source, span.start, problems)?.markdown ?? ""),
  completion: complete,
  diagnostic: ({ problems, span }) =>
    problems
      .filter(({ span: { start, end } }) => start === span.start && end === span.end)
      .map(({ rule }) => rule)
      .join(", "),
  hint,
  definition: ({ document, source, span }) => {
    const found = definition(source, span.start, document.uri);
    return found?.uri ?? (found ? pathOf(found.to, source) : "");
  },
  references: ({ source, span }) =>
    occurrences(source, span.start)
      .map((each) => pathOf(each.span, source))
      .join("; "),
  lens,
  fold,
  expand,
  token,
};

/** The titles of the lenses above the line. */
function lens({ document, source, span }: Question): string {
  const { line } = document.positionAt(span.start);
  return codeLenses({ document, source, told: {} })
    .filter(({ range }) => range.start.line === line)
    .map(({ command }) => command?.title)
    .join("; ");
}

/** The labels of the hints that stand at the end of the place. */
function hint({ document, source, problems, span }: Question): string {
  const whole = rangeOf({ start: 0, end: document.getText().length }, document);
  const end = document.positionAt(span.end);
  return inlayHints(whole, { document, source, problems, told: {} })
    .filter(({ position }) => position.line === end.line && position.character === end.character)
    .map(({ label }) => label)
    .join("; ");
}

/** What is offered with the cursor behind the place, in the order shown. */
function complete({ document, span }: Question): string {
  const { items } = completion(document, span.end, { snippets: false, insertReplace: false });
  const sorted = [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
  return sorted.map(({ label }) => label).join(", ");
}

/** The parameter that a place belongs to, or the anchor or alias that it is. */
function pathOf({ start, end }: Span, { text, pathAt }: Source): string {
  if (/[&*]/.test(text[start - 1])) return text.slice(start - 1, end);
  return pathAt(start)?.path.join("/") ?? "";
}

/** The first and the last line of the fold that begins on the line. */
function fold({ document, span }: Question): string {
  const { line } = document.positionAt(span.start);
  const folds = foldingRanges(document.getText(), { lineFoldingOnly: true });
  const found = folds.find(({ startLine }) => startLine === line);
  return found ? `${lineOf(found.startLine, document)} … ${lineOf(found.endLine, document)}` : "";
}

function lineOf(line: number, document: TextDocument): string {
  return document.getText().split("\n")[line].trim();
}

function token({ source, span }: Question): string {
  const found = semanticTokens(source, span).find(
    ({ span: { start, end } }) => start <= span.start && span.start < end,
  );
  return found ? [found.type, found.modifier].filter(Boolean).join(" ") : "";
}

/** What is selected by expanding, one after the other. */
function expand({ document, source, span }: Question): string {
  const texts: string[] = [];
  let range: SelectionRange | undefined = selectionRange(source, span.start, document);
  for (; range; range = range.parent) texts.push(oneLine(document.getText(range.range)));
  return texts.join(" < ");
}

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

import type { CodeAction, Range, SnippetTextEdit, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Fix, Problem } from "../dsl/problem";
import { diagnosticOf } from "./diagnostics";
import { rangeOf, spanOf, touch } from "./ranges";

export interface ActionContext {
  readonly document: TextDocument;
  /** What is wrong with the text itself: to be repaired, never silenced. */
  readonly problems: readonly Problem[];
  /** What rules and simulations found: may also be silenced, with a reason. */
  readonly findings: readonly Problem[];
  /** Whether the editor can let the person type into an edit it applies. */
  readonly snippets: boolean;
}

/** The quick fixes of everything found in a range, repairs before silencing. */
export function codeActions(range: Range, context: ActionContext): CodeAction[] {
  const asked = spanOf(range, context.document);
  const here = (all: readonly Problem[]) => all.filter(({ span }) => touch(span, asked));
  const findings = here(context.findings);
  const repairs = [...here(context.problems), ...findings].flatMap((problem) => repairsOf(problem, context));
  return [...repairs, ...findings.map((finding) => silence(finding, context))];
}

function repairsOf(problem: Problem, context: ActionContext): CodeAction[] {
  const fixes = problem.fixes ?? [];
  return fixes.map((fix) => ({
    ...quickFix(fix.title, problem, textEdits(fix, context.document), context.document),
    isPreferred: fixes.length === 1,
  }));
}

function textEdits(fix: Fix, document: TextDocument): TextEdit[] {
  return fix.edits.map(({ span, text }) => ({ range: rangeOf(span, document), newText: text }));
}

/** A comment above the finding's line. The reason is the person's to give: without one the comment is an error. */
function silence(finding: Problem, { document, snippets }: ActionContext): CodeAction {
  const { line } = document.positionAt(finding.span.start);
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  const comment = `${indentation(line, document)}# plimsoll-disable-next-line ${finding.rule} -- `;
  const edit: TextEdit | SnippetTextEdit = snippets
    ? { range, snippet: { kind: "snippet", value: `${escaped(comment)}\${1:reason}\n` } }
    : { range, newText: `${comment}\n` };
  return quickFix(`Disable ${finding.rule} for this line, with a reason`, finding, [edit], document);
}

function indentation(line: number, document: TextDocument): string {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return /^ */.exec(text)![0];
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function quickFix(
  title: string,
  problem: Problem,
  edits: (TextEdit | SnippetTextEdit)[],
  document: TextDocument,
): CodeAction {
  return {
    title,
    kind: "quickfix",
    diagnostics: [diagnosticOf(problem, document)],
    edit: {
      documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }],
    },
  };
}

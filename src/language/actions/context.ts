import type { CodeAction, CodeActionKind, SnippetTextEdit, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../../dsl/parse";
import type { TextEdit as DslEdit, Problem } from "../../dsl/problem";
import { diagnosticOf } from "../diagnostics";
import { rangeOf } from "../ranges";

export interface ActionContext {
  readonly document: TextDocument;
  readonly source: Source;
  /** What is wrong with the text itself: to be repaired, never silenced. */
  readonly problems: readonly Problem[];
  /** What else keeps the file from being run: a choice of repairs, never silenced. */
  readonly obstacles: readonly Problem[];
  /** What rules and simulations found: may also be silenced, with a reason. */
  readonly findings: readonly Problem[];
  /** Whether the editor can let the person type into an edit it applies. */
  readonly snippets: boolean;
}

/** The kinds that the server offers. */
export const KINDS: readonly CodeActionKind[] = ["quickfix", "refactor.extract", "source.fixAll"];

/** An action on this version of the document. */
export function action(
  title: string,
  kind: CodeActionKind,
  edits: readonly (TextEdit | SnippetTextEdit)[],
  { document: { uri, version } }: ActionContext,
): CodeAction {
  return {
    title,
    kind,
    edit: { documentChanges: [{ textDocument: { uri, version }, edits: [...edits] }] },
  };
}

/** An action that answers a problem. */
export function quickFix(
  title: string,
  problem: Problem,
  edits: readonly (TextEdit | SnippetTextEdit)[],
  context: ActionContext,
): CodeAction {
  return {
    ...action(title, "quickfix", edits, context),
    diagnostics: [diagnosticOf(problem, context.document)],
  };
}

export function textEdits(edits: readonly DslEdit[], { document }: ActionContext): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: rangeOf(span, document), newText: text }));
}

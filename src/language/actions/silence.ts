import * as l10n from "@vscode/l10n";
import type { CodeAction, SnippetTextEdit, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem } from "../../dsl/problem";
import { type ActionContext, quickFix } from "./context";

/** A comment above the finding's line. The reason is the person's to give: without one the comment is an error. */
export function silence(finding: Problem, context: ActionContext): CodeAction {
  const { document, snippets } = context;
  const { line } = document.positionAt(finding.span.start);
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  const comment = `${indentation(line, document)}# plimsoll-disable-next-line ${finding.rule} -- `;
  const edit: TextEdit | SnippetTextEdit = snippets
    ? {
        range,
        snippet: { kind: "snippet", value: `${escaped(comment)}\${1:${escaped(l10n.t("reason"))}}\n` },
      }
    : { range, newText: `${comment}\n` };
  return quickFix(l10n.t("Disable {0} for this line, with a reason", finding.rule), finding, [edit], context);
}

function indentation(line: number, document: TextDocument): string {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return /^ */.exec(text)![0];
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

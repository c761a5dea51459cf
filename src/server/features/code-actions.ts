import { type CodeActionKind, CodeActionTriggerKind } from "vscode-languageserver";
import { codeActions as actionsAt } from "../../language/actions/code-actions";
import { KINDS } from "../../language/actions/context";
import { knowledgeOf } from "../session";
import type { Feature } from "./feature";

/** A light bulb on every line would say nothing: refactorings are there when a person asks. */
function unasked(trigger: CodeActionTriggerKind | undefined): CodeActionKind[] | undefined {
  return trigger === CodeActionTriggerKind.Automatic ? ["quickfix"] : undefined;
}

export const codeActions: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [...KINDS] } },
  answer(connection, { session, client }) {
    connection.onCodeAction(({ textDocument, range, context }) => {
      const open = session(textDocument.uri);
      if (!open) return [];
      const { checked, ...known } = knowledgeOf(open);
      const snippets = client().workspace?.workspaceEdit?.snippetEditSupport === true;
      const { source } = checked;
      const asked = { document: open.document, source, ...known, snippets };
      return actionsAt(range, asked, context.only ?? unasked(context.triggerKind));
    });
  },
};

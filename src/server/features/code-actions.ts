import { codeActions as actionsAt } from "../../language/code-actions";
import { knowledgeOf } from "../session";
import type { Feature } from "./feature";

export const codeActions: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: ["quickfix"] } },
  answer(connection, { session, client }) {
    connection.onCodeAction(({ textDocument, range }) => {
      const open = session(textDocument.uri);
      if (!open) return [];
      const { problems, findings } = knowledgeOf(open);
      const snippets = client().workspace?.workspaceEdit?.snippetEditSupport === true;
      return actionsAt(range, { document: open.document, problems, findings, snippets });
    });
  },
};

import { completion as completionAt } from "../../language/completion/completion";
import { type CompletionData, documentation } from "../../language/completion/documentation";
import type { Feature } from "./feature";

export const completion: Feature = {
  capabilities: {
    completionProvider: {
      triggerCharacters: [" ", ":", "-", "{", "[", ",", '"', "'"],
      resolveProvider: true,
    },
  },
  answer(connection, { session, client }) {
    connection.onCompletion(({ textDocument, position }) => {
      const document = session(textDocument.uri)?.document;
      if (!document) return null;
      const { snippetSupport, insertReplaceSupport } =
        client().textDocument?.completion?.completionItem ?? {};
      return completionAt(document, document.offsetAt(position), {
        snippets: snippetSupport === true,
        insertReplace: insertReplaceSupport === true,
      });
    });
    connection.onCompletionResolve((item) => {
      const data = item.data as CompletionData | undefined;
      const value = data && documentation(data, (uri) => session(uri)?.document.getText());
      return value ? { ...item, documentation: { kind: "markdown", value } } : item;
    });
  },
};

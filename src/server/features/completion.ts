import { completion as completionAt } from "../../language/completion/completion";
import { type CompletionData, documentation } from "../../language/completion/documentation";
import { type FolderEntry, folderAsked } from "../../language/completion/files";
import type { Session } from "../session";
import type { Feature } from "./feature";

/** An editor takes numbers for no words that could be completed, so it would not ask while one is typed. */
const DIGITS = "0123456789";

export const completion: Feature = {
  capabilities: {
    completionProvider: {
      triggerCharacters: [..." :-{[,\"'/*", ...DIGITS],
      resolveProvider: true,
    },
  },
  answer(connection, { session, client }) {
    connection.onCompletion(async ({ textDocument, position, context }) => {
      const asked = session(textDocument.uri);
      if (!asked) return null;
      const { document } = asked;
      const { version } = document;
      const offset = document.offsetAt(position);
      const path = folderAsked(document.getText(), offset);
      const folder = path === undefined ? undefined : await listed(asked, path);
      if (document.version !== version) return null;
      const { snippetSupport, insertReplaceSupport } =
        client().textDocument?.completion?.completionItem ?? {};
      const abilities = { snippets: snippetSupport === true, insertReplace: insertReplaceSupport === true };
      const digit = context?.triggerCharacter !== undefined && DIGITS.includes(context.triggerCharacter);
      return completionAt(document, offset, abilities, {
        folder,
        base: asked.base,
        problems: asked.checked.findings,
        digit,
      });
    });
    connection.onCompletionResolve((item) => {
      const data = item.data as CompletionData | undefined;
      const value = data && documentation(data, (uri) => session(uri)?.document.getText());
      return value ? { ...item, documentation: { kind: "markdown", value } } : item;
    });
  },
};

/** What cannot be listed has nothing to offer; the path's diagnostic says why. */
function listed({ services }: Session, folder: string): Promise<readonly FolderEntry[]> {
  return services.workspace.list(folder).catch(() => []);
}

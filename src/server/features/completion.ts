import { completion as completionAt } from "../../language/completion/completion";
import { type CompletionData, documentation } from "../../language/completion/documentation";
import { type FolderEntry, folderAsked } from "../../language/completion/files";
import type { Session } from "../session";
import type { Feature } from "./feature";

export const completion: Feature = {
  capabilities: {
    completionProvider: {
      triggerCharacters: [" ", ":", "-", "{", "[", ",", '"', "'", "/"],
      resolveProvider: true,
    },
  },
  answer(connection, { session, client }) {
    connection.onCompletion(async ({ textDocument, position }) => {
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
      return completionAt(document, offset, abilities, { folder, problems: asked.checked.findings });
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

import { inlayHints as hintsIn } from "../../language/inlay-hints";
import { knowledgeOf } from "../session";
import { toldOf } from "../told";
import type { Feature } from "./feature";

export const inlayHints: Feature = {
  capabilities: { inlayHintProvider: true },
  answer(connection, { session }) {
    connection.languages.inlayHint.on(({ textDocument, range }) => {
      const open = session(textDocument.uri);
      if (!open?.services.settings().inlayHints) return [];
      const { checked, problems, findings } = knowledgeOf(open);
      const { source } = checked;
      const known = { document: open.document, source, problems: [...problems, ...findings] };
      return hintsIn(range, { ...known, told: toldOf(open, source) });
    });
  },
  refresh(connection, client) {
    if (client.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
  },
};

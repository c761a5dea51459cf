import { inlayHints as hintsIn } from "../../language/inlay-hints";
import { refreshed } from "../session";
import { toldOf } from "../told";
import type { Feature } from "./feature";

export const inlayHints: Feature = {
  capabilities: { inlayHintProvider: true },
  answer(connection, { session }) {
    connection.languages.inlayHint.on(({ textDocument, range }) => {
      const open = session(textDocument.uri);
      if (!open?.services.settings().inlayHints) return [];
      const { source, findings } = refreshed(open);
      const problems = [...source.problems, ...findings];
      return hintsIn(range, { document: open.document, source, problems, told: toldOf(open, source) });
    });
  },
  async refresh(connection, client) {
    if (client.workspace?.inlayHint?.refreshSupport) await connection.languages.inlayHint.refresh();
  },
};

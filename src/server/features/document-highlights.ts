import { DocumentHighlightKind } from "vscode-languageserver";
import { occurrences } from "../../language/occurrences";
import { rangeOf } from "../../language/ranges";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const documentHighlights: Feature = {
  capabilities: { documentHighlightProvider: true },
  answer(connection, { session }) {
    connection.onDocumentHighlight(({ textDocument, position }) => {
      const open = session(textDocument.uri);
      if (!open) return [];
      const { document } = open;
      return occurrences(refreshed(open).source, document.offsetAt(position)).map(({ span, declares }) => ({
        range: rangeOf(span, document),
        kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    });
  },
};

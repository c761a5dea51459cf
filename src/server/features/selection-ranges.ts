import { selectionRange } from "../../language/selection";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const selectionRanges: Feature = {
  capabilities: { selectionRangeProvider: true },
  answer(connection, { session }) {
    connection.onSelectionRanges(({ textDocument, positions }) => {
      const open = session(textDocument.uri);
      if (!open) return null;
      const { document } = open;
      const { source } = refreshed(open);
      return positions.map((position) => selectionRange(source, document.offsetAt(position), document));
    });
  },
};

import { foldingRanges as rangesOf } from "../../language/folding";
import type { Feature } from "./feature";

export const foldingRanges: Feature = {
  capabilities: { foldingRangeProvider: true },
  answer(connection, { session, client }) {
    connection.onFoldingRanges(({ textDocument }) => {
      const open = session(textDocument.uri);
      return open ? rangesOf(open.document.getText(), client().textDocument?.foldingRange) : [];
    });
  },
};

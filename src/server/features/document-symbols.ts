import { symbols } from "../../language/symbols";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const documentSymbols: Feature = {
  capabilities: { documentSymbolProvider: true },
  answer(connection, { session }) {
    connection.onDocumentSymbol(({ textDocument }) => {
      const open = session(textDocument.uri);
      return open ? symbols(refreshed(open).source, open.document) : [];
    });
  },
};

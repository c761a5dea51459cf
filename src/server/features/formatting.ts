import { formatting as editsOf } from "../../language/formatting/formatting";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const formatting: Feature = {
  capabilities: { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  answer(connection, { session }) {
    connection.onDocumentFormatting(({ textDocument }) => {
      const open = session(textDocument.uri);
      return open ? editsOf(refreshed(open).source, open.document) : [];
    });
    connection.onDocumentRangeFormatting(({ textDocument, range }) => {
      const open = session(textDocument.uri);
      return open ? editsOf(refreshed(open).source, open.document, range) : [];
    });
  },
};

import { documentLinks as linksOf } from "../../language/document-links";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const documentLinks: Feature = {
  capabilities: { documentLinkProvider: {} },
  answer(connection, { session }) {
    connection.onDocumentLinks(({ textDocument }) => {
      const open = session(textDocument.uri);
      return open ? linksOf(refreshed(open).source, open.document) : [];
    });
  },
};

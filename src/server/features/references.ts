import { occurrences } from "../../language/occurrences";
import { rangeOf } from "../../language/ranges";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const references: Feature = {
  capabilities: { referencesProvider: true },
  answer(connection, { session }) {
    connection.onReferences(({ textDocument, position, context }) => {
      const open = session(textDocument.uri);
      if (!open) return [];
      const { document } = open;
      return occurrences(refreshed(open).source, document.offsetAt(position))
        .filter(({ declares }) => context.includeDeclaration || !declares)
        .map(({ span }) => ({ uri: document.uri, range: rangeOf(span, document) }));
    });
  },
};

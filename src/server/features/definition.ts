import type { Location, LocationLink } from "vscode-languageserver";
import { locationIn } from "../../language/base-location";
import { type Destination, definition as definitionAt } from "../../language/definition";
import { rangeOf } from "../../language/ranges";
import { refreshed, type Session } from "../session";
import type { Feature } from "./feature";

export const definition: Feature = {
  capabilities: { definitionProvider: true },
  answer(connection, { session, client }) {
    connection.onDefinition(({ textDocument, position }) => {
      const open = session(textDocument.uri);
      if (!open) return null;
      const { uri } = open.document;
      const found = definitionAt(refreshed(open).source, open.document.offsetAt(position), uri);
      if (!found) return null;
      const isLinked = client().textDocument?.definition?.linkSupport === true;
      return isLinked ? [linkOf(found, open)] : locationOf(found, open);
    });
  },
};

function locationOf({ uri, base, to }: Destination, { document }: Session): Location {
  return uri === undefined ? locationIn(base, to, document) : { uri, range: rangeOf(to, document) };
}

/** A link also says what of the text it is about. */
function linkOf(found: Destination, session: Session): LocationLink {
  const { uri: targetUri, range: targetRange } = locationOf(found, session);
  const originSelectionRange = rangeOf(found.from, session.document);
  return { originSelectionRange, targetUri, targetRange, targetSelectionRange: targetRange };
}

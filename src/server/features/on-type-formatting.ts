import { onType } from "../../language/formatting/on-type";
import type { Feature } from "./feature";

export const onTypeFormatting: Feature = {
  capabilities: {
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n", moreTriggerCharacter: ["}", "]"] },
  },
  answer(connection, { session }) {
    connection.onDocumentOnTypeFormatting(({ textDocument, position, ch }) => {
      const open = session(textDocument.uri);
      return open ? onType(open.document.getText(), position, ch) : [];
    });
  },
};

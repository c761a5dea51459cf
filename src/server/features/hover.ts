import { hover as hoverText } from "../../language/hover/hover";
import { rangeOf } from "../../language/ranges";
import { knowledgeOf } from "../session";
import { toldOf } from "../told";
import type { Feature } from "./feature";

export const hover: Feature = {
  capabilities: { hoverProvider: true },
  answer(connection, { session }) {
    connection.onHover(({ textDocument, position }) => {
      const open = session(textDocument.uri);
      if (!open) return null;
      const { checked, problems, obstacles, findings } = knowledgeOf(open);
      const offset = open.document.offsetAt(position);
      const text = hoverText(
        checked.source,
        offset,
        [...problems, ...obstacles, ...findings],
        toldOf(open, checked.source),
      );
      if (!text) return null;
      return {
        contents: { kind: "markdown", value: text.markdown },
        range: rangeOf(text.span, open.document),
      };
    });
  },
};

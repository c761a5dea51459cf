import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "../../dsl/parse";
import { outline as outlineOf } from "../../language/outline";
import { OUTLINE, type Outline, type OutlineParams } from "../../protocol/outline";
import { refreshed } from "../session";
import type { Feature } from "./feature";

export const outline: Feature = {
  capabilities: {},
  answer(connection, { session }) {
    connection.onRequest(OUTLINE, ({ uri, text }: OutlineParams): Outline => {
      const open = session(uri);
      if (open) return outlineOf(refreshed(open).source, open.document);
      return outlineOf(parse(text), TextDocument.create(uri, "plimsoll", 0, text));
    });
  },
};

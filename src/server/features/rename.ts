import {
  LSPErrorCodes,
  ResponseError,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { TextEdit } from "../../dsl/problem";
import { rangeOf } from "../../language/ranges";
import { prepareRename, rename as renameAt } from "../../language/rename";
import { type DataEdit, dataEdits } from "../renamed-data";
import { refreshed, type Session } from "../session";
import type { Feature } from "./feature";

export const rename: Feature = {
  capabilities: { renameProvider: { prepareProvider: true } },
  answer(connection, { session, client }) {
    connection.onPrepareRename(({ textDocument, position }) => {
      const open = session(textDocument.uri);
      const found = open && prepareRename(refreshed(open).source, open.document.offsetAt(position));
      if (!found) return null;
      if ("refusal" in found) return refused(found.refusal);
      return { range: rangeOf(found.span, open.document), placeholder: found.text };
    });
    connection.onRenameRequest(async ({ textDocument, position, newName }) => {
      const open = session(textDocument.uri);
      const found = open && renameAt(refreshed(open).source, open.document.offsetAt(position), newName);
      if (!found) return null;
      if ("refusal" in found) return refused(found.refusal);
      const own = editOf(found.edits, open);
      const data = found.name ? await dataEdits(open, found.name, newName) : [];
      if (typeof data === "string") return refused(data);
      const asks = client().workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
      return asks ? annotated(own, data) : { documentChanges: [own, ...data.map(({ edit }) => edit)] };
    });
  },
};

function refused(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

function editOf(edits: readonly TextEdit[], { document }: Session): TextDocumentEdit {
  const { uri, version } = document;
  return {
    textDocument: { uri, version },
    edits: edits.map(({ span, text }) => ({ range: rangeOf(span, document), newText: text })),
  };
}

/** Edits of data files wait for the person's consent, each file by itself. */
function annotated(own: TextDocumentEdit, data: readonly DataEdit[]): WorkspaceEdit {
  const named = data.map(({ edit, annotation }) => ({
    edit,
    annotation,
    annotationId: edit.textDocument.uri,
  }));
  const changes = named.map(({ edit, annotationId }) => ({
    ...edit,
    edits: edit.edits.map((each) => ({ ...each, annotationId })),
  }));
  const annotations = named.map(({ annotation, annotationId }) => [annotationId, annotation]);
  return { documentChanges: [own, ...changes], changeAnnotations: Object.fromEntries(annotations) };
}

import type { Location } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../dsl/base";
import type { Span } from "../dsl/problem";
import { fileUri } from "./file-uri";
import { rangeOf } from "./ranges";

/** The lines of a base are counted once. */
const texts = new WeakMap<Base, TextDocument>();

/** A place in a file that a document extends; without one, in the document. */
export function locationIn(base: Base | undefined, span: Span, document: TextDocument): Location {
  const uri = base && fileUri(base.name, document.uri);
  if (!base?.source || uri === undefined) return { uri: document.uri, range: rangeOf(span, document) };
  const text = texts.get(base) ?? TextDocument.create(uri, document.languageId, 0, base.source.text);
  texts.set(base, text);
  return { uri, range: rangeOf(span, text) };
}

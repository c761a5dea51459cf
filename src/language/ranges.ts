import type { Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../dsl/problem";

/** Offsets into a text as lines and characters of an editor. */
export function rangeOf(span: Span, document: TextDocument): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** Lines and characters of an editor as offsets into a text. */
export function spanOf(range: Range, document: TextDocument): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** Whether two spans share a character or touch: an empty span at the cursor touches the word it stands at. */
export function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

import type { Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit as Edit } from "../../dsl/problem";
import type { Source } from "../../dsl/source";
import { rangeOf } from "../ranges";
import { columnsOf } from "./columns";
import { type Piece, piecesOf } from "./pieces";

/**
 * Edits that bring a file into shape: blocks indented by two columns, one space between what stands on a line, none at
 * its end. They replace white space alone: lines, order, quotes, comments, numbers and the style of maps stay as
 * written. A text with mistakes in its syntax is left as it is: what it means is not known.
 * @param range lines to format; all of them without it
 */
export function formatting(source: Source, document: TextDocument, range?: Range): TextEdit[] {
  const pieces = isSettled(source) ? piecesOf(source.text) : undefined;
  if (!pieces) return [];
  const edits = spacing(source.text, pieces).map(({ span, text }) => ({
    range: rangeOf(span, document),
    newText: text,
  }));
  return range ? edits.filter((edit) => isWithin(edit.range, range)) : edits;
}

const UNSETTLED: ReadonlySet<string> = new Set(["incomplete-key", "several-documents"]);

function isSettled(source: Source): boolean {
  return source.isWhole && !source.problems.some(({ rule }) => UNSETTLED.has(rule));
}

function isWithin({ start, end }: Range, lines: Range): boolean {
  return start.line >= lines.start.line && end.line <= lines.end.line;
}

function spacing(text: string, pieces: readonly Piece[]): Edit[] {
  const columns = columnsOf(text, pieces);
  const edits: Edit[] = [];
  let end = text.startsWith("\uFEFF") ? 1 : 0;
  for (const [index, piece] of pieces.entries()) {
    const gap = text.slice(end, piece.start);
    const isFirst = index === 0 || gap.includes("\n");
    if (isFirst) edits.push(...lineBreak(gap, end, columns[index]));
    else edits.push(...replaced(gap, end, " ".repeat(spaces(pieces[index - 1], piece))));
    end = piece.end;
  }
  const rest = text.slice(end);
  edits.push(...lineBreak(rest, end, 0));
  if (pieces.length > 0 && !rest.includes("\n")) edits.push(...replaced("", text.length, lineFeedOf(text)));
  return edits;
}

/** Spaces go from the ends of lines; what follows the last line break is brought to its column. */
function lineBreak(gap: string, offset: number, column: number): Edit[] {
  const indent = gap.lastIndexOf("\n") + 1;
  const trailing = [...gap.slice(0, indent).matchAll(/[ \t]+(?=\r?\n)/g)];
  const edits = trailing.flatMap(({ 0: blank, index }) => replaced(blank, offset + index, ""));
  return [...edits, ...replaced(gap.slice(indent), offset + indent, " ".repeat(column))];
}

function replaced(found: string, start: number, text: string): Edit[] {
  return found === text ? [] : [{ span: { start, end: start + found.length }, text }];
}

/** A colon that touches it would be a part of its name. */
const TAKES_COLON: ReadonlySet<string> = new Set(["alias", "anchor", "tag"]);

/** Spaces between two pieces of one line. */
function spaces(before: Piece, after: Piece): number {
  if (after.type === "comma") return 0;
  if (after.type === "map-value-ind") return TAKES_COLON.has(before.type) ? 1 : 0;
  if (after.type === "flow-map-end") return before.type === "flow-map-start" ? 0 : 1;
  return before.type === "flow-seq-start" || after.type === "flow-seq-end"
    ? Number(after.type === "comment")
    : 1;
}

function lineFeedOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

import { decode, parseRows } from "./csv";

/** A cell of a data file as it stands in the text. */
export interface Cell {
  readonly text: string;
  /** Where it starts, in UTF-16 offsets; behind the quote of a quoted cell. */
  readonly start: number;
}

/**
 * The cells below some headings, as the reader of tables finds them. A quoted cell with quotes inside is left out.
 * @param columns headings in lower case
 * @throws FileProblem when the file is not UTF-8 or no CSV
 */
export function cellsBelow(bytes: Uint8Array, columns: readonly string[]): Cell[] {
  const text = decode(bytes);
  const offsetOf = offsets(text);
  const wanted = new Set<number>();
  const cells: Cell[] = [];
  parseRows(text, (cell, { row, column, end, quoted }) => {
    if (row === 0 && columns.includes(cell.toLowerCase())) wanted.add(column);
    if (row === 0 || !wanted.has(column)) return;
    const start = lastCharacter(text, offsetOf(end)) + (quoted ? 0 : 1) - cell.length;
    if (text.startsWith(cell, start)) cells.push({ text: cell, start });
  });
  return cells;
}

function lastCharacter(text: string, end: number): number {
  let last = end - 1;
  while (last >= 0 && text[last].trim() === "") last--;
  return last;
}

/** UTF-8 offsets to UTF-16 offsets, asked for in rising order. */
function offsets(text: string): (bytes: number) => number {
  const encoded = new TextEncoder().encode(text);
  if (encoded.length === text.length) return (bytes) => bytes;
  let known = 0;
  let offset = 0;
  return (bytes) => {
    offset += new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoded.subarray(known, bytes)).length;
    known = bytes;
    return offset;
  };
}

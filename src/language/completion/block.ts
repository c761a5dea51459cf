import type { Span } from "../../dsl/problem";
import { contentLines, indentOf, type Line, lineAround } from "./line";

/** A key or a list item that what is indented deeper belongs to. */
export interface Holder {
  readonly kind: "key" | "item";
  readonly column: number;
  readonly line: Line;
}

/** The keys and list items around a column of a line, from the outermost in. */
export function holdersOf(text: string, line: Line, column: number): Holder[] {
  const holders: Holder[] = [];
  for (const each of spineOf(text, line, column)) {
    drop(holders, each.indent, each.dashes.length > 0);
    holders.push(...opened(each));
  }
  drop(holders, column, line.dashes.length > 0);
  return holders;
}

/** The lines above, each indented less than the one below it. */
function spineOf(text: string, line: Line, column: number): Line[] {
  const spine: Line[] = [];
  let bound = column;
  let isItem = line.dashes.length > 0;
  for (const start of contentLines(text, line.start, -1)) {
    const indent = indentOf(text, start);
    const holdsItem = isItem && indent === bound && text[start + indent] !== "-";
    if (indent >= bound && !holdsItem) continue;
    if (text.startsWith("---", start)) break;
    const found = lineAround(text, start);
    spine.unshift(found);
    bound = indent;
    isItem = found.dashes.length > 0;
    if (bound === 0 && !isItem) break;
  }
  return spine;
}

/** A list may stand at the column of its key. */
function drop(holders: Holder[], column: number, isItem: boolean): void {
  const holds = (holder: Holder) =>
    holder.column < column || (isItem && holder.kind === "key" && holder.column === column);
  while (holders.length > 0 && !holds(holders.at(-1)!)) holders.pop();
}

/** What a line opens for those below it. */
export function opened(line: Line): Holder[] {
  const items = line.dashes.map((dash) => ({ kind: "item", column: dash - line.start, line }) as const);
  return line.key ? [...items, { kind: "key", column: line.key.start - line.start, line }] : items;
}

/** The lines of the block that a line is part of at a column: a map's keys, or a list's items. */
export function* linesAt(text: string, from: Line, column: number): Generator<Line> {
  yield from;
  if (!isFirst(from, column)) yield* linesToward(-1, text, from, column);
  yield* linesToward(1, text, from, column);
}

function* linesToward(direction: -1 | 1, text: string, from: Line, column: number): Generator<Line> {
  for (const start of contentLines(text, from.start, direction)) {
    const indent = indentOf(text, start);
    if (indent > column) continue;
    const line = lineAround(text, start);
    if (indent === column || (direction < 0 && isFirst(line, column))) yield line;
    if (indent < column) return;
  }
}

/** Whether a map's first key stands behind a dash. */
function isFirst({ start, dashes, content }: Line, column: number): boolean {
  return dashes.length > 0 && content - start === column;
}

/** Whether list items stand at a column around a line. */
export function hasItems(text: string, from: Line, column: number): boolean {
  for (const { start, indent, dashes } of linesAt(text, from, column))
    if (start !== from.start && dashes.length > 0 && indent === column) return true;
  return false;
}

/** Where in its list an item stands. */
export function indexOf(text: string, { line, column }: Holder): number {
  let index = 0;
  for (const start of contentLines(text, line.start, -1)) {
    const indent = indentOf(text, start);
    if (indent > column) continue;
    const isItem = lineAround(text, start).dashes.includes(start + column);
    if (isItem) index++;
    if (!isItem || indent < column) break;
  }
  return index;
}

/** A scalar in block style on its line: to its closing quote, or to a comment. */
export function scalarSpan(text: string, start: number, end: number): Span {
  const rest = text.slice(start, end);
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest)?.[0];
  const plain = /^(?:[^#]|(?<=\S)#)*/.exec(rest)![0].trimEnd();
  return { start, end: start + (quoted ?? plain).length };
}

import type { Path, Span } from "../../dsl/problem";
import type { ListNode, MapNode } from "../../dsl/tree";
import { type Holder, hasItems, holdersOf, indexOf, opened, scalarSpan } from "./block";
import { contains, type Flow, readFlow } from "./flow";
import { inFlow, wordAt } from "./flow-context";
import {
  afterProperties,
  commentAt,
  contentLine,
  indentOf,
  isBlankFrom,
  type Line,
  lineAround,
} from "./line";
import { listAt, mapAt, rootFlow } from "./nodes";
import { surroundings } from "./surroundings";

/**
 * Where a cursor stands, read from the text around it alone: the lines above that are indented less, and the brackets
 * between them and the cursor. So it is right where other parts of the file are broken, as they are while one types.
 */
export interface CursorContext {
  /** Whether a key of the map at `path` is written here, or the value at `path`. */
  readonly at: "key" | "value";
  readonly path: Path;
  /** What is there already, quotes included: what an accepted completion replaces. */
  readonly word: Span;
  readonly flow: boolean;
  /** Column of the word. */
  readonly column: number;
  /** A value that stands alone on its line or behind a dash: a block map or list may begin here. */
  readonly opens: boolean;
  /** What is missing before the word: a space behind a colon or dash, or the dash of a list item. */
  readonly before: "" | " " | "- ";
  /** What is missing behind the word: the comma before the next entry. */
  readonly after: "" | ",";
  /** Whether a colon follows a key. */
  readonly hasColon: boolean;
  /** The maps and lists around the word from the root in, without what is written at the cursor. */
  readonly containers: readonly (MapNode | ListNode)[];
}

/** Undefined where nothing can be completed: in comments, behind finished values, at wrong indentations. */
export function cursorContext(text: string, offset: number): CursorContext | undefined {
  if (commentAt(text, offset) !== undefined) return undefined;
  const whole = rootFlow(text);
  if (whole) return contains(whole, offset) ? inFlow(text, offset, whole, []) : undefined;
  const read = lineAround(text, offset);
  const isBlank = isBlankFrom(text, read.start);
  if (!isBlank && offset < read.start + read.indent) return undefined;
  const isOpen = isBlankFrom(text, read.content) && offset > (read.dashes.at(-1) ?? -1);
  const line = isOpen ? { ...read, content: offset, value: offset } : read;
  const holders = holdersOf(text, line, isBlank ? offset - line.start : line.indent);
  const around = valueAround(text, holders, offset);
  if (around) return around.flow && inFlow(text, offset, around.flow, around.holders);
  return inBlock(text, offset, line, holders);
}

interface Around {
  /** Absent when the cursor stands behind the value, or in one that is no collection. */
  readonly flow?: Flow;
  readonly holders: readonly Holder[];
}

/** The value that began on a line above and that no block map or list can be part of. */
function valueAround(text: string, holders: readonly Holder[], offset: number): Around | undefined {
  for (const [index, holder] of holders.entries()) {
    if (holders[index + 1]?.line === holder.line) continue;
    const start = valueStart(text, holder);
    if (start === undefined || start >= offset) continue;
    const held = holders.slice(0, index + 1);
    if ("{[".includes(text[start])) {
      const flow = readFlow(text, start, holder.column);
      return { flow: contains(flow, offset) ? flow : undefined, holders: held };
    }
    if (start < holder.line.end) return { holders: held };
  }
  return undefined;
}

/** Where the value of a holder begins: behind it, or on the next line that is indented deeper. */
function valueStart(text: string, { line, column }: Holder): number | undefined {
  if (opened(line).at(-1)!.column !== column) return undefined;
  const inline = afterProperties(text, line.value);
  if (!isBlankFrom(text, inline)) return inline;
  const next = contentLine(text, line.start, 1);
  return next !== undefined && indentOf(text, next) > column ? next + indentOf(text, next) : undefined;
}

function inBlock(
  text: string,
  offset: number,
  line: Line,
  above: readonly Holder[],
): CursorContext | undefined {
  const own = opened(line);
  const items = own.filter(({ kind }) => kind === "item");
  const holders = [...above, ...items];
  const { key, dashes, content } = line;
  if (offset < content || (dashes.length > 0 && offset <= dashes.at(-1)!)) return undefined;
  if (!key) return alone(text, offset, line, holders);
  if (offset <= key.end) return keyContext(text, line, key, holders, true);
  if (offset < key.colon) return undefined;
  return scalarContext(text, offset, line, [...holders, own.at(-1)!]);
}

/** A word without a colon, or nothing: a key, a list item or a value, by what stands around it. */
function alone(
  text: string,
  offset: number,
  line: Line,
  holders: readonly Holder[],
): CursorContext | undefined {
  const column = line.content - line.start;
  const word = isBlankFrom(text, line.content)
    ? { start: offset, end: offset }
    : scalarSpan(text, line.content, line.end);
  const isPlain = word.start === word.end || !/[{["'|>&*!]/.test(text[word.start]);
  if (word.start === word.end && takesNextLine(text, line, column)) return undefined;
  if (!isPlain) return holders.length > 0 ? scalarContext(text, offset, line, holders) : undefined;
  const isOfMap = mapAt(text, line, column, line.start).entries.size > 0;
  if (isOfMap || (holders.length === 0 && column === 0))
    return offset > word.end ? undefined : keyContext(text, line, word, holders, false);
  if (line.dashes.length === 0 && hasItems(text, line, column)) return itemContext(text, line, word, holders);
  const holder = holders.at(-1);
  if (!holder || hasChildren(text, holder, line)) return undefined;
  return scalarContext(text, offset, line, holders);
}

/** Whether what would be written on an empty line would take the lines below it from where they belong. */
function takesNextLine(text: string, line: Line, column: number): boolean {
  const next = contentLine(text, line.start, 1);
  if (next === undefined) return false;
  const indent = indentOf(text, next);
  return indent > column || "}]".includes(text[next + indent]);
}

/** Whether other lines than the cursor's already say what a key or an item holds. */
function hasChildren(text: string, { line, column, kind }: Holder, cursor: Line): boolean {
  let next = contentLine(text, line.start, 1);
  if (next === cursor.start) next = contentLine(text, next, 1);
  if (next === undefined) return false;
  const indent = indentOf(text, next);
  return (
    indent > column ||
    (indent === column && kind === "key" && line.dashes.length === 0 && text[next + indent] === "-")
  );
}

const NOTHING_MISSING = { flow: false, opens: false, before: "", after: "", hasColon: false } as const;

function keyContext(
  text: string,
  line: Line,
  word: Span,
  holders: readonly Holder[],
  hasColon: boolean,
): CursorContext {
  const { path, containers } = surroundings(text, holders);
  const column = word.start - line.start;
  return {
    ...NOTHING_MISSING,
    at: "key",
    path,
    word: { start: word.start, end: word.end },
    column,
    before: text[word.start - 1] === "-" ? " " : "",
    hasColon,
    containers: [...containers, mapAt(text, line, column, line.start)],
  };
}

/** On a line of a list whose dash is still missing. */
function itemContext(text: string, line: Line, word: Span, holders: readonly Holder[]): CursorContext {
  const { path, containers } = surroundings(text, holders);
  const column = word.start - line.start;
  const item: Holder = { kind: "item", column, line };
  return {
    ...NOTHING_MISSING,
    at: "value",
    path: [...path, indexOf(text, item)],
    word,
    column: column + 2,
    opens: true,
    before: "- ",
    containers: [...containers, listAt(text, line, column)],
  };
}

/** The scalar that the last of the holders holds, or nothing yet. */
function scalarContext(
  text: string,
  offset: number,
  line: Line,
  holders: readonly Holder[],
): CursorContext | undefined {
  const holder = holders.at(-1)!;
  const start = afterProperties(text, line.value);
  const isEmpty = isBlankFrom(text, start);
  const isAnchor = start > line.value && offset <= start && /\S/.test(text[offset - 1]);
  if (isAnchor || (isEmpty ? hasChildren(text, holder, line) : offset < start)) return undefined;
  if (!isEmpty && "{[".includes(text[start])) {
    const flow = readFlow(text, start, holder.column);
    return contains(flow, offset) ? inFlow(text, offset, flow, holders) : undefined;
  }
  const word = isEmpty
    ? { start: offset, end: offset }
    : wordAt(text, scalarSpan(text, start, line.end), offset);
  if (!word) return undefined;
  return {
    ...NOTHING_MISSING,
    at: "value",
    ...surroundings(text, holders),
    word,
    column: word.start - line.start,
    opens: line.key === undefined,
    before: /[:-]/.test(text[word.start - 1] ?? "") ? " " : "",
  };
}

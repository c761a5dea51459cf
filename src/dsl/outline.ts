import type { Span } from "./problem";
import type { Steps } from "./steps";

/**
 * How a file falls into pieces that YAML can read on their own: an edit then costs the piece it is in, not the file.
 * Only what is certain by indentation is taken apart; everything else is one piece.
 */
export type Outline = Pieces | Section;

/** Lines that are read together: entries of a map, or items of a list. */
export interface Pieces {
  readonly kind: "lines";
  readonly span: Span;
}

/** A key alone on its line, with a map or list below it. */
export interface Section {
  readonly kind: "section";
  readonly key: Span;
  /** True when the key has no colon yet. */
  readonly unfinished: boolean;
  readonly body: Body;
}

/** What stands below a key, or the whole file. */
export interface Body {
  readonly parts: readonly Outline[];
  readonly isList: boolean;
  readonly span: Span;
}

/** Blocks of fewer lines are read as one piece. */
const SMALL = 24;

interface Line extends Span {
  /** Columns before the first character; -1 on blank lines and comments. */
  readonly indent: number;
}

/** Lines that are looked at between two stops. */
const STRIDE = 4096;

/** The pieces of a file; undefined when it has to be read as a whole. */
export function* outlineOf(text: string): Steps<Body | undefined> {
  if (/^(?:---|\.\.\.|%|\uFEFF)/m.test(text)) return undefined;
  const lines = yield* linesOf(text);
  const first = firstOf(lines, 0, lines.length);
  if (first?.indent !== 0) return undefined;
  const body = yield* bodyOf(text, lines, 0, lines.length);
  return body?.isList ? undefined : body;
}

function* linesOf(text: string): Steps<Line[]> {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const lineFeed = text.indexOf("\n", start);
    const end = lineFeed < 0 ? text.length : lineFeed + 1;
    lines.push({ start, end, indent: indentOf(text, start, end) });
    start = end;
    if (lines.length % STRIDE === 0) yield;
  }
  return lines;
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === " ") at++;
  return at === end || text[at] === "\n" || text[at] === "\r" || text[at] === "#" ? -1 : at - start;
}

const ENTRY = /(?:<<|[A-Za-z0-9_][\w.-]*):(?=\s|$)|[A-Za-z][\w.-]*[ \t]*\r?$/my;
const ITEM = /-(?=\s|$)/my;

/**
 * Takes the lines `from` to `to` apart at those with the smallest indentation. What does not look like an entry or an
 * item there is read with the one above it: a list that is not indented below its key, a quoted key, a mistake.
 * @param above indentation of the key above: in a list that is not indented below it, this is where keys beside it stand
 */
function* bodyOf(
  text: string,
  lines: readonly Line[],
  from: number,
  to: number,
  above = -1,
): Steps<Body | undefined> {
  const first = firstOf(lines, from, to);
  if (!first) return undefined;
  const isList = matches(ITEM, text, first.start + first.indent);
  const starts: number[] = [];
  for (let i = from; i < to; i++) {
    if (i % STRIDE === 0) yield;
    const { start, indent } = lines[i];
    if (indent < 0 || indent > first.indent) continue;
    if (indent < first.indent) return undefined;
    if (matches(isList ? ITEM : ENTRY, text, start + indent)) starts.push(i);
    else if (indent === above) return undefined;
  }
  if (lines[starts[0]] !== first) return undefined;
  const parts: Outline[] = [];
  for (const [i, start] of starts.entries()) {
    const end = starts[i + 1] ?? to;
    const isSmall = end - start < SMALL;
    parts.push(isSmall ? piecesOf(lines, start, end) : yield* partOf(text, lines, start, end));
  }
  return { parts, isList, span: { start: first.start + first.indent, end: lines[to - 1].end } };
}

/** The first of some lines that is neither blank nor a comment. */
function firstOf(lines: readonly Line[], from: number, to: number): Line | undefined {
  for (let i = from; i < to; i++) if (lines[i].indent >= 0) return lines[i];
  return undefined;
}

function matches(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

const HEADER = /^ *(?:([A-Za-z0-9_][\w.-]*):|([A-Za-z][\w.-]*))[ \t]*(?:#.*)?\r?\n$/;

function piecesOf(lines: readonly Line[], from: number, to: number): Pieces {
  return { kind: "lines", span: { start: lines[from].start, end: lines[to - 1].end } };
}

function* partOf(text: string, lines: readonly Line[], from: number, to: number): Steps<Outline> {
  const { start, end, indent } = lines[from];
  const header = HEADER.exec(text.slice(start, end));
  const body = header && (yield* bodyOf(text, lines, from + 1, to, indent));
  if (!body) return piecesOf(lines, from, to);
  const key = header[1] ?? header[2];
  const keyStart = start + header[0].indexOf(key);
  const span = { start: keyStart, end: keyStart + key.length };
  return { kind: "section", key: span, unfinished: header[1] === undefined, body };
}

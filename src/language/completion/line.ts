import type { Span } from "../../dsl/problem";

/** How one line of block YAML begins. Broken text gives the nearest reading; everything in offsets of the text. */
export interface Line extends Span {
  /** Columns of spaces before the first character. */
  readonly indent: number;
  /** The dashes of list items, outermost first. */
  readonly dashes: readonly number[];
  readonly key?: Key;
  /** Where what follows the dashes begins; the end of the line when nothing does. */
  readonly content: number;
  /** Where what follows the key, or else the dashes, begins. */
  readonly value: number;
}

export interface Key extends Span {
  readonly text: string;
  /** After the colon. */
  readonly colon: number;
}

/** A name in quotes or plain, up to its colon. Longer ones are no keys. */
const KEY =
  /(?:"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\n]|''){0,200}'|[^\s"'#&*!|>%@`,[\]{}](?:[^\n#:]|:(?!\s|$)|(?<![ \t])#){0,200}?)(?=[ \t]*:(?:\s|$))/y;

/** The line that an offset is in. */
export function lineAround(text: string, offset: number): Line {
  const start = lineStart(text, offset);
  const end = lineEnd(text, start);
  const indent = indentOf(text, start);
  const dashes: number[] = [];
  let content = start + indent;
  while (text[content] === "-" && (content + 1 === end || text[content + 1] === " ")) {
    dashes.push(content);
    content = afterSpaces(text, content + 1, end);
  }
  const key = keyAt(text, content);
  return {
    start,
    end,
    indent,
    dashes,
    key,
    content,
    value: key ? afterSpaces(text, key.colon, end) : content,
  };
}

function keyAt(text: string, start: number): Key | undefined {
  KEY.lastIndex = start;
  const match = KEY.exec(text);
  if (!match) return undefined;
  const end = start + match[0].length;
  return { start, end, text: unquoted(match[0]), colon: text.indexOf(":", end) + 1 };
}

/** What a scalar says, without its quotes; escapes are kept. */
export function unquoted(written: string): string {
  return /^["']/.test(written) ? written.slice(1, written.endsWith(written[0]) ? -1 : undefined) : written;
}

/** Start of the line of an offset. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

export function lineEnd(text: string, start: number): number {
  const lineFeed = text.indexOf("\n", start);
  const end = lineFeed < 0 ? text.length : lineFeed;
  return text[end - 1] === "\r" && end > start ? end - 1 : end;
}

export function indentOf(text: string, start: number): number {
  let at = start;
  while (text[at] === " ") at++;
  return at - start;
}

export function afterSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === " " || text[at] === "\t")) at++;
  return at;
}

/** Whether nothing but a comment stands from an offset to the end of its line. */
export function isBlankFrom(text: string, offset: number): boolean {
  const first = text[afterSpaces(text, offset, text.length)];
  return first === undefined || first === "\n" || first === "\r" || first === "#";
}

/** Starts of the lines above or below that have content, the nearest first. */
export function* contentLines(text: string, from: number, direction: -1 | 1): Generator<number> {
  let start = stepped(text, from, direction);
  for (; start !== undefined; start = stepped(text, start, direction))
    if (!isBlankFrom(text, start)) yield start;
}

/** The first of them; undefined when there is none. */
export function contentLine(text: string, from: number, direction: -1 | 1): number | undefined {
  for (const start of contentLines(text, from, direction)) return start;
  return undefined;
}

function stepped(text: string, start: number, direction: -1 | 1): number | undefined {
  if (direction < 0) return start === 0 ? undefined : lineStart(text, start - 1);
  const lineFeed = text.indexOf("\n", start);
  return lineFeed < 0 ? undefined : lineFeed + 1;
}

/** Where the comment begins that an offset stands in; undefined when it stands in none. */
export function commentAt(text: string, offset: number): number | undefined {
  let quote = "";
  for (let at = lineStart(text, offset); at < offset; at++) {
    const char = text[at];
    const begins = at === 0 || /[\s,[\]{}:]/.test(text[at - 1]);
    if (quote) quote = char === quote && text[at - 1] !== "\\" ? "" : quote;
    else if (begins && (char === '"' || char === "'")) quote = char;
    else if (char === "#" && (at === 0 || /\s/.test(text[at - 1]))) return at;
  }
  return undefined;
}

/** Behind an anchor or a tag. */
export function afterProperties(text: string, start: number): number {
  const properties = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|(?=\s|$)))*/y;
  properties.lastIndex = start;
  return start + (properties.exec(text)?.[0].length ?? 0);
}

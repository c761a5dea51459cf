import type { Span } from "../../dsl/problem";
import { afterProperties, indentOf, isBlankFrom, lineEnd, unquoted } from "./line";

/** A flow map or list as far as it is typed. */
export interface Flow extends Span {
  readonly kind: "map" | "list";
  readonly entries: readonly FlowEntry[];
  readonly closed: boolean;
}

/** What stands between two commas: from its first character to the comma or bracket that ends it. */
export interface FlowEntry extends Span {
  readonly key?: Span & { readonly text: string; readonly colon?: number };
  readonly value?: FlowValue;
}

export type FlowValue = Flow | (Span & { readonly kind: "scalar" });

interface Reader {
  readonly text: string;
  /** Where a line that is indented too little ends whatever was not closed. */
  readonly end: number;
  at: number;
}

const OPENERS = "{[";
const CLOSERS = "}]";

/** Reads the flow collection that begins at an offset; its lines are indented deeper than `indent`. Never throws. */
export function readFlow(text: string, start: number, indent: number): Flow {
  return readCollection({ text, end: endOfIndented(text, start, indent), at: start });
}

/** The end of the lines that still belong to a value; one that begins with a closing bracket does. */
function endOfIndented(text: string, start: number, indent: number): number {
  let end = lineEnd(text, start);
  for (let next = text.indexOf("\n", end) + 1; next > 0; next = text.indexOf("\n", end) + 1) {
    const spaces = indentOf(text, next);
    const belongs = spaces > indent || isBlankFrom(text, next) || CLOSERS.includes(text[next + spaces]);
    if (!belongs) break;
    end = lineEnd(text, next);
  }
  return end;
}

function readCollection(reader: Reader): Flow {
  const { text } = reader;
  const start = reader.at++;
  const kind = text[start] === "{" ? "map" : "list";
  const closer = kind === "map" ? "}" : "]";
  const entries: FlowEntry[] = [];
  for (;;) {
    skipBlank(reader);
    const char = reader.at < reader.end ? text[reader.at] : "";
    const isUnclosed = CLOSERS.includes(char) || (kind === "map" && OPENERS.includes(char));
    if (char === closer) return { kind, start, end: ++reader.at, entries, closed: true };
    if (isUnclosed) return { kind, start, end: reader.at, entries, closed: false };
    if (char === ",") reader.at++;
    else entries.push(kind === "map" ? readPair(reader) : readItem(reader));
  }
}

function skipBlank(reader: Reader): void {
  const { text, end } = reader;
  while (reader.at < end) {
    const char = text[reader.at];
    if (/\s/.test(char)) reader.at++;
    else if (char === "#" && /\s/.test(text[reader.at - 1] ?? "\n"))
      reader.at = Math.min(lineEnd(text, reader.at), end);
    else return;
  }
}

function readItem(reader: Reader): FlowEntry {
  const start = reader.at;
  const value = readValue(reader);
  skipBlank(reader);
  return { start, end: reader.at, value };
}

function readPair(reader: Reader): FlowEntry {
  const { text } = reader;
  const { start, end } = readScalar(reader);
  const written = { start, end, text: unquoted(text.slice(start, end)) };
  skipSpaces(reader);
  if (text[reader.at] !== ":" || reader.at >= reader.end) return { start, end: reader.at, key: written };
  const key = { ...written, colon: ++reader.at };
  skipBlank(reader);
  const before = reader.at;
  const value = ",}]".includes(text[before] ?? ",") || before >= reader.end ? undefined : readValue(reader);
  skipBlank(reader);
  if (value?.kind !== "scalar" || text[reader.at] !== ":") return { start, end: reader.at, key, value };
  // What seemed the value is the next key, and a comma is missing.
  reader.at = before;
  return { start, end: before, key };
}

function skipSpaces(reader: Reader): void {
  while (reader.at < reader.end && /[ \t]/.test(reader.text[reader.at])) reader.at++;
}

function readValue(reader: Reader): FlowValue {
  reader.at = afterProperties(reader.text, reader.at);
  return OPENERS.includes(reader.text[reader.at]) ? readCollection(reader) : readScalar(reader);
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'/y;
/** A quote that is not closed says no more than plain text. */
const PLAIN = /(?:[^\s,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<=\S)#|[ \t]+(?=[^\s#,[\]{}:]|:(?![\s,[\]{}]|$)))+/y;

/** One scalar within a line; at least one character, so that reading goes on. */
function readScalar(reader: Reader): Span & { kind: "scalar" } {
  const start = reader.at;
  reader.at = matchEnd(QUOTED, reader) ?? matchEnd(PLAIN, reader) ?? start + 1;
  return { kind: "scalar", start, end: reader.at };
}

function matchEnd(pattern: RegExp, { text, at, end }: Reader): number | undefined {
  pattern.lastIndex = at;
  const length = pattern.exec(text)?.[0].length ?? 0;
  return length > 0 && at + length <= end ? at + length : undefined;
}

/** Whether a place is between the brackets. */
export function contains({ start, end, closed }: Flow, offset: number): boolean {
  return start < offset && (closed ? offset < end : offset <= end);
}

import { type CST, Parser } from "yaml";
import { STEP } from "./step";

/** A part of the text that formatting moves but never changes. */
export interface Piece {
  readonly type: CST.Token["type"] | "continued";
  readonly start: number;
  readonly end: number;
  /** Where it belongs when it is the first of its line. */
  readonly column: number;
  /** Whether an entry or an item of a block begins with it: what stands below is measured against it. */
  readonly beginsEntry: boolean;
  /** Whether it stands in brackets, where a comment has the column of what is around it. */
  readonly inFlow: boolean;
}

/** Where a value belongs: on a line of its own, and the entry around it. */
interface Place {
  readonly own: number;
  readonly outer: number;
  readonly inFlow: boolean;
}

interface Walk {
  readonly text: string;
  readonly pieces: Piece[];
}

/** Thrown for what risk files do not use and formatting does not know. */
class Unusual extends Error {}

/** The pieces of a text in their order; undefined when it is not one plain YAML document. */
export function piecesOf(text: string): Piece[] | undefined {
  const walk: Walk = { text, pieces: [] };
  try {
    for (const token of new Parser().parse(text)) addDocument(walk, token);
  } catch (error) {
    if (error instanceof Unusual || error instanceof RangeError) return undefined;
    throw error;
  }
  return walk.pieces;
}

function addDocument(walk: Walk, token: CST.Token): void {
  const top: Place = { own: 0, outer: 0, inFlow: false };
  if (token.type !== "document") {
    if (!isSource(token)) throw new Unusual();
    addSource(walk, token, top);
    return;
  }
  addAll(walk, token.start, top);
  if (token.value) addValue(walk, token.value, top);
  addAll(walk, token.end, top);
}

function addValue(walk: Walk, token: CST.Token, place: Place): void {
  switch (token.type) {
    case "block-map":
      for (const item of token.items) addEntry(walk, item, place);
      return;
    case "block-seq":
      for (const item of token.items) addItem(walk, item, place);
      return;
    case "flow-collection":
      addFlow(walk, token, place);
      return;
    case "block-scalar":
      addBlockScalar(walk, token, place);
      return;
    default:
      addScalar(walk, token, place);
  }
}

function addEntry(walk: Walk, item: CST.BlockMap["items"][number], { own }: Place): void {
  const isEmpty = !item.key && item.sep;
  if (isEmpty || ("explicitKey" in item && item.explicitKey)) throw new Unusual();
  const entry = { own, outer: own, inFlow: false };
  addAll(walk, item.start, entry, true);
  if (item.key) addScalar(walk, item.key, entry, true);
  addAll(walk, item.sep, { ...entry, own: own + STEP });
  if (item.value) addValue(walk, item.value, { ...entry, own: own + STEP });
}

function addItem(walk: Walk, item: CST.BlockSequence["items"][number], { own }: Place): void {
  const dash = { own, outer: own, inFlow: false };
  addAll(walk, item.start, dash, true);
  if (item.value) addValue(walk, item.value, { ...dash, own: own + STEP });
}

/** What is in brackets stands deeper than the bracket's line, and the closing bracket as deep as that line. */
function addFlow(walk: Walk, token: CST.FlowCollection, { own, outer, inFlow }: Place): void {
  const base = isFirstOfLine(walk.text, token.offset) ? own : outer;
  const inside = { own: base + STEP, outer: base + STEP, inFlow: true };
  addSource(walk, token.start, { own, outer, inFlow });
  for (const item of token.items) {
    if (item.start.some(({ type }) => type === "explicit-key-ind")) throw new Unusual();
    addAll(walk, item.start, inside);
    if (item.key) addScalar(walk, item.key, inside);
    addAll(walk, item.sep, inside);
    if (item.value) addValue(walk, item.value, item.sep ? { ...inside, own: inside.own + STEP } : inside);
  }
  addAll(walk, token.end, { own: base, outer: base, inFlow });
}

/** A value over several lines is read the same whatever its lines begin with. */
function addScalar(walk: Walk, token: CST.Token, place: Place, beginsEntry = false): void {
  if (!isFlowScalar(token)) throw new Unusual();
  const { type, offset, source } = token;
  let start = offset;
  for (const [index, line] of source.split("\n").entries()) {
    const from = index === 0 ? 0 : line.search(/\S|$/);
    const to = type === "scalar" ? line.trimEnd().length : line.replace(/\r$/, "").length;
    if (to > from) add(walk, index === 0 ? type : "continued", start + from, start + to, place, beginsEntry);
    start += line.length + 1;
  }
  addAll(walk, token.end, place);
}

const FLOW_SCALARS = new Set(["alias", "scalar", "single-quoted-scalar", "double-quoted-scalar"]);

function isFlowScalar(token: CST.Token): token is CST.FlowScalar {
  return FLOW_SCALARS.has(token.type);
}

/** The lines keep their spaces beyond the first line's; spaces at their ends belong to the value. */
function addBlockScalar(walk: Walk, token: CST.BlockScalar, place: Place): void {
  addAll(walk, token.props, place);
  const header = token.props.find(({ type }) => type === "block-scalar-header");
  const explicit = /\d/.exec(header && "source" in header ? header.source : "");
  const lines = token.source.split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const indent = explicit ? token.indent + Number(explicit[0]) : first.search(/\S|$/);
  const own = explicit ? place.own - STEP + Number(explicit[0]) : place.own;
  let start = token.offset + lengthOf(token.props);
  for (const line of lines) {
    const to = line.replace(/\r$/, "").length;
    if (to > indent) add(walk, "continued", start + indent, start + to, { ...place, own });
    start += line.length + 1;
  }
}

function lengthOf(tokens: readonly CST.Token[]): number {
  return tokens.reduce((length, token) => length + ("source" in token ? token.source.length : 0), 0);
}

function addAll(
  walk: Walk,
  tokens: readonly CST.Token[] | undefined,
  place: Place,
  beginsEntry = false,
): void {
  for (const token of tokens ?? []) {
    if (!isSource(token)) throw new Unusual();
    addSource(walk, token, place, beginsEntry);
  }
}

function isSource(token: CST.Token): token is CST.SourceToken {
  return "source" in token && token.type !== "error" && token.type !== "flow-error-end";
}

const BLANK: ReadonlySet<string> = new Set(["space", "newline", "byte-order-mark", "doc-mode"]);

function addSource(
  walk: Walk,
  { type, offset, source }: CST.SourceToken,
  place: Place,
  beginsEntry = false,
): void {
  const end = offset + source.trimEnd().length;
  if (!BLANK.has(type) && end > offset)
    add(walk, type, offset, end, place, beginsEntry && type !== "comment");
}

function add(
  { pieces }: Walk,
  type: Piece["type"],
  start: number,
  end: number,
  { own, inFlow }: Place,
  beginsEntry = false,
): void {
  pieces.push({ type, start, end, column: own, beginsEntry, inFlow });
}

/** Whether only spaces stand before an offset on its line. */
export function isFirstOfLine(text: string, offset: number): boolean {
  return text.slice(offset - columnOf(text, offset), offset).trim() === "";
}

/** Characters before an offset on its line. */
export function columnOf(text: string, offset: number): number {
  return offset - 1 - text.lastIndexOf("\n", offset - 1);
}

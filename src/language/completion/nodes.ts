import type { Span } from "../../dsl/problem";
import type { Entry, ListNode, MapNode, Node, Origin } from "../../dsl/tree";
import { holdersOf, linesAt, scalarSpan } from "./block";
import { type Flow, type FlowEntry, type FlowValue, readFlow } from "./flow";
import { afterProperties, contentLine, indentOf, isBlankFrom, type Line, lineAround, unquoted } from "./line";

/** The map that a file is, read line by line; a part is read when somebody asks for it. */
export function rootNode(text: string): Node {
  const flow = rootFlow(text);
  if (flow) return nodeOfFlow(text, flow);
  const line = firstLine(text);
  return mapAt(text, line, line.indent);
}

/** The flow collection that a whole file is. */
export function rootFlow(text: string): Flow | undefined {
  const { start, indent } = firstLine(text);
  return /[{[]/.test(text[start + indent] ?? "") ? readFlow(text, start + indent, -1) : undefined;
}

function firstLine(text: string): Line {
  return lineAround(text, isBlankFrom(text, 0) ? (contentLine(text, 0, 1) ?? 0) : 0);
}

/** The block map of a line at a column; `skip` is the start of a line that is left out. */
export function mapAt(text: string, line: Line, column: number, skip?: number): MapNode {
  let entries: Map<string, Entry> | undefined;
  return {
    kind: "map",
    block: true,
    span: { start: line.start, end: line.start },
    get entries() {
      entries ??= entriesOf(text, line, column, skip);
      return entries;
    },
  };
}

/** The block list of a line at a column. */
export function listAt(text: string, line: Line, column: number, skip?: number): ListNode {
  let items: Node[] | undefined;
  return {
    kind: "list",
    block: true,
    span: { start: line.start, end: line.start },
    get items() {
      items ??= itemsOf(text, line, column, skip);
      return items;
    },
  };
}

function entriesOf(text: string, from: Line, column: number, skip?: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of linesAt(text, from, column)) {
    const { key } = line;
    if (!key || line.start === skip || key.start - line.start !== column) continue;
    const value = nodeAt(text, line.value, line, column);
    entries.set(key.text, { key: key.text, keySpan: key, value });
  }
  return withMerged(entries);
}

function itemsOf(text: string, from: Line, column: number, skip?: number): Node[] {
  const lines = [...linesAt(text, from, column)].filter(({ start, indent, dashes }) => {
    return start !== skip && dashes.length > 0 && indent === column;
  });
  return lines.sort((a, b) => a.start - b.start).map((line) => itemAt(text, line, column));
}

function itemAt(text: string, line: Line, column: number): Node {
  return line.key ? mapAt(text, line, line.content - line.start) : nodeAt(text, line.value, line, column);
}

/** The value that begins at an offset of a line, or on the lines below it that are indented deeper than a column. */
function nodeAt(text: string, offset: number, line: Line, column: number): Node {
  const start = afterProperties(text, offset);
  if (isBlankFrom(text, start))
    return nodeBelow(text, line, column) ?? scalarNode(text, { start, end: start });
  if ("{[".includes(text[start])) return nodeOfFlow(text, readFlow(text, start, column));
  return aliasAt(text, start) ?? scalarNode(text, scalarSpan(text, start, line.end));
}

function nodeBelow(text: string, line: Line, column: number): Node | undefined {
  const start = contentLine(text, line.start, 1);
  if (start === undefined) return undefined;
  const indent = indentOf(text, start);
  const isList = text[start + indent] === "-";
  if (indent < column || (indent === column && !isList)) return undefined;
  const next = lineAround(text, start);
  if (next.dashes.length > 0) return listAt(text, next, indent);
  return next.key ? mapAt(text, next, indent) : nodeAt(text, next.content, next, column);
}

/** What an alias stands for: the value behind the nearest anchor of that name above. */
function aliasAt(text: string, start: number): Node | undefined {
  if (text[start] !== "*") return undefined;
  const name = /[^\s,[\]{}]+/y;
  name.lastIndex = start + 1;
  const anchor = name.exec(text)?.[0];
  return anchor === undefined ? undefined : anchoredNode(text, start, anchor);
}

/** The value behind the nearest anchor of a name above an offset; undefined where it would hold itself. */
export function anchoredNode(text: string, start: number, anchor: string): Node | undefined {
  const at = anchorBefore(text, start, `&${anchor}`);
  if (at < 0) return undefined;
  const line = lineAround(text, at);
  const user = lineAround(text, start);
  const isInside =
    line.start === user.start ||
    holdersOf(text, user, user.indent).some((holder) => holder.line.start === line.start);
  if (isInside) return undefined;
  const node = nodeAt(text, at, line, line.key ? line.key.start - line.start : line.indent);
  return aliased(node, { anchor, span: node.span });
}

function aliased(node: Node, origin: Origin): Node {
  if (node.kind === "scalar") return { ...node, origin };
  const { kind, block, span } = node;
  return kind === "map"
    ? {
        kind,
        block,
        span,
        origin,
        get entries() {
          return node.entries;
        },
      }
    : { ...node, origin };
}

function anchorBefore(text: string, offset: number, anchor: string): number {
  let at = text.lastIndexOf(anchor, offset - 1);
  while (at >= 0 && !/[\s,[\]{}]|^$/.test(text.charAt(at + anchor.length)))
    at = at === 0 ? -1 : text.lastIndexOf(anchor, at - 1);
  return at;
}

/** Own keys win over merged ones; a merged value has an origin. */
function withMerged(entries: Map<string, Entry>): Map<string, Entry> {
  const merged = entries.get("<<")?.value;
  if (!merged) return entries;
  for (const source of merged.kind === "list" ? merged.items : [merged]) {
    const { origin } = source;
    if (source.kind !== "map" || !origin) continue;
    for (const [key, entry] of source.entries)
      if (!entries.has(key)) entries.set(key, { ...entry, value: aliased(entry.value, origin) });
  }
  return entries;
}

/** A flow value as the tree has it. */
export function nodeOfFlow(text: string, value: FlowValue): Node {
  const span = { start: value.start, end: value.end };
  if (value.kind === "scalar") return aliasAt(text, span.start) ?? scalarNode(text, span);
  if (value.kind === "list") {
    const items = value.entries.map((entry) => nodeOfEntry(text, entry));
    return { kind: "list", items, block: false, span };
  }
  const entries = new Map<string, Entry>();
  for (const entry of value.entries) {
    const { key } = entry;
    if (key) entries.set(key.text, { key: key.text, keySpan: key, value: nodeOfEntry(text, entry) });
  }
  return { kind: "map", entries: withMerged(entries), block: false, span };
}

function nodeOfEntry(text: string, { value, end }: FlowEntry): Node {
  return value ? nodeOfFlow(text, value) : scalarNode(text, { start: end, end });
}

function scalarNode(text: string, span: Span): Node {
  const written = text.slice(span.start, span.end);
  const said = unquoted(written);
  return { kind: "scalar", value: written === "" ? null : said, text: said, quoted: said !== written, span };
}

import type { SelectionRange } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { firstFrom } from "../dsl/positions";
import type { Span } from "../dsl/problem";
import type { Source } from "../dsl/source";
import { lineAt } from "../dsl/syntax";
import { type Entry, isMerged, type ListNode, type MapNode, type Node } from "../dsl/tree";
import { rangeOf } from "./ranges";

/** What an ever larger selection holds, for a cursor at `offset`; the innermost has the others as its parents. */
export function selectionRange(source: Source, offset: number, document: TextDocument): SelectionRange {
  const spans = [{ start: 0, end: source.text.length }, ...around(source, offset)];
  return nested(spans).reduce<SelectionRange | undefined>(
    (parent, span) => ({ range: rangeOf(span, document), parent }),
    undefined,
  )!;
}

/** Each span is kept when it lies in the one before it and is smaller. */
function nested(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    const fits = !last || (span.start >= last.start && span.end <= last.end);
    const isSmaller = !last || span.end - span.start < last.end - last.start;
    if (fits && isSmaller) kept.push(span);
  }
  return kept;
}

/** What the cursor stands in, from the outside to the inside; its line where the text cannot be read. */
function around(source: Source, offset: number): Span[] {
  const { text, root } = source;
  const line = lineAt(text, offset);
  const found = root ? insideNode(root, offset, text) : [];
  const written = trimmed(line, text);
  if (isComment(line, text)) return [...found, commentBlock(line, text), written];
  return found.length > 0 ? found : [line, written];
}

function insideNode(node: Node, offset: number, text: string): Span[] {
  const span = { start: node.span.start, end: endOf(node) };
  if (!contains(span, offset)) return [];
  if (node.origin) return [span];
  if (node.kind === "scalar") return /["']/.test(text[span.start]) ? [span, within(span)] : [span];
  const inner = node.block ? [] : [trimmed(within(span), text)];
  return [span, ...inner, ...insideCollection(node, offset, text)];
}

function insideCollection(node: MapNode | ListNode, offset: number, text: string): Span[] {
  if (node.kind === "list") {
    const item = node.items[firstFrom(node.items, offset)];
    return item ? insideNode(item, offset, text) : [];
  }
  for (const entry of node.entries.values()) {
    const { keySpan, value } = entry;
    if (isMerged(entry) || offset < keySpan.start || offset > Math.max(keySpan.end, value.span.end)) continue;
    const pair = { start: keySpan.start, end: Math.max(keySpan.end, endOf(value)) };
    if (!contains(pair, offset)) return [];
    return [pair, ...(contains(keySpan, offset) ? [keySpan] : insideNode(value, offset, text))];
  }
  return [];
}

/** Where a node's last value ends: the span of a block goes on over the comments and blank lines that follow. */
function endOf(node: Node): number {
  if (node.kind === "scalar" || !node.block || node.origin) return node.span.end;
  if (node.kind === "list") return node.items.length > 0 ? endOf(node.items.at(-1)!) : node.span.end;
  let last: Entry | undefined;
  for (const entry of node.entries.values())
    if (!isMerged(entry) && entry.keySpan.start >= (last?.keySpan.start ?? 0)) last = entry;
  return last ? Math.max(last.keySpan.end, endOf(last.value)) : node.span.end;
}

/** What stands between brackets or quotes. */
function within({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

function trimmed({ start, end }: Span, text: string): Span {
  const inside = text.slice(start, end);
  const from = start + inside.search(/\S|$/);
  return { start: from, end: Math.max(from, start + inside.trimEnd().length) };
}

/** The comments on the lines above and below a comment, with it. */
function commentBlock(line: Span, text: string): Span {
  let [first, last] = [line, line];
  for (let above = lineAbove(first, text); isComment(above, text); above = lineAbove(first, text))
    first = above;
  for (let below = lineBelow(last, text); isComment(below, text); below = lineBelow(last, text)) last = below;
  return { start: trimmed(first, text).start, end: trimmed(last, text).end };
}

function lineAbove({ start }: Span, text: string): Span | undefined {
  return start > 0 ? lineAt(text, start - 1) : undefined;
}

function lineBelow({ end }: Span, text: string): Span | undefined {
  const lineFeed = text.indexOf("\n", end);
  return lineFeed < 0 ? undefined : lineAt(text, lineFeed + 1);
}

function isComment(line: Span | undefined, text: string): line is Span {
  return line !== undefined && text[trimmed(line, text).start] === "#";
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

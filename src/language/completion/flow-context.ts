import type { Path, Span } from "../../dsl/problem";
import type { ListNode, MapNode } from "../../dsl/tree";
import type { Holder } from "./block";
import type { CursorContext } from "./cursor-context";
import { contains, type Flow, type FlowEntry } from "./flow";
import { isBlankFrom, lineEnd } from "./line";
import { nodeOfFlow } from "./nodes";
import { surroundings } from "./surroundings";

/** The place of a cursor between the brackets of a flow collection. */
export function inFlow(
  text: string,
  offset: number,
  outer: Flow,
  holders: readonly Holder[],
): CursorContext | undefined {
  const { path, containers } = surroundings(text, holders);
  const steps: (string | number)[] = [...path];
  const nodes = [...containers];
  for (let flow = outer; ; ) {
    const entry = flow.entries.findLast(({ start, end }) => start <= offset && offset <= end);
    const step = entry && stepOf(flow, entry);
    const inner = entry?.value?.kind === "scalar" ? undefined : entry?.value;
    if (!inner || step === undefined || !contains(inner, offset))
      return placeIn(text, offset, flow, entry, { path: steps, nodes });
    nodes.push(nodeWithout(text, flow, entry));
    steps.push(step);
    flow = inner;
  }
}

interface Way {
  readonly path: Path;
  readonly nodes: readonly (MapNode | ListNode)[];
}

function stepOf(flow: Flow, entry: FlowEntry): string | number | undefined {
  return flow.kind === "map" ? entry.key?.text : flow.entries.indexOf(entry);
}

function nodeWithout(text: string, flow: Flow, entry: FlowEntry | undefined): MapNode | ListNode {
  const entries = flow.entries.filter((each) => each !== entry);
  return nodeOfFlow(text, { ...flow, entries }) as MapNode | ListNode;
}

function placeIn(
  text: string,
  offset: number,
  flow: Flow,
  entry: FlowEntry | undefined,
  { path, nodes }: Way,
): CursorContext | undefined {
  const isKey = flow.kind === "map" && (!entry || isInKey(entry, offset));
  const word = entry ? wordIn(text, entry, offset, isKey) : gap(text, flow, offset);
  if (!word) return undefined;
  const step =
    flow.kind === "map" ? entry?.key?.text : entry ? flow.entries.indexOf(entry) : countBefore(flow, offset);
  if (!isKey && step === undefined) return undefined;
  return {
    at: isKey ? "key" : "value",
    path: isKey ? path : [...path, step!],
    word,
    flow: true,
    column: 0,
    opens: false,
    before: !isKey && text[word.start - 1] === ":" ? " " : "",
    after: isKey && entry?.key?.colon !== undefined ? "" : commaAfter(text, flow, entry?.end ?? word.end),
    hasColon: isKey && entry?.key?.colon !== undefined,
    containers: [...nodes, nodeWithout(text, flow, entry)],
  };
}

function isInKey({ key }: FlowEntry, offset: number): boolean {
  return key !== undefined && (key.colon === undefined || offset < key.colon);
}

function countBefore(flow: Flow, offset: number): number {
  return flow.entries.filter(({ end }) => end < offset).length;
}

function wordIn(text: string, { key, value }: FlowEntry, offset: number, isKey: boolean): Span | undefined {
  if (isKey) return key && offset <= key.end ? { start: key.start, end: key.end } : undefined;
  if (!value) return { start: offset, end: offset };
  return value.kind === "scalar" ? wordAt(text, value, offset) : undefined;
}

/** The scalar that a cursor is in, or stands behind with nothing but spaces between. */
export function wordAt(text: string, { start, end }: Span, offset: number): Span | undefined {
  if (start <= offset && offset <= end) return { start, end };
  const isQuoted = /["']/.test(text[start]);
  const isBehind = offset > end && !isQuoted && /^[ \t]*$/.test(text.slice(end, offset));
  return isBehind ? { start, end: offset } : undefined;
}

/** Between two entries: only behind a bracket or a comma can another begin. */
function gap(text: string, flow: Flow, offset: number): Span | undefined {
  const before = text
    .slice(flow.start, offset)
    .replace(/(^|\s)#.*$/gm, "")
    .trimEnd();
  return /[{[,]$/.test(before) ? { start: offset, end: offset } : undefined;
}

function commaAfter(text: string, flow: Flow, from: number): "" | "," {
  let at = from;
  while (at < flow.end && isSpaceOrComment(text, at)) at = /\s/.test(text[at]) ? at + 1 : lineEnd(text, at);
  return at >= flow.end || /[,\]}]/.test(text[at]) ? "" : ",";
}

function isSpaceOrComment(text: string, at: number): boolean {
  return /\s/.test(text[at]) || (text[at] === "#" && isBlankFrom(text, at));
}

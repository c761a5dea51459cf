import type { Path, Place, Span } from "./problem";
import { child, entryAt, isMerged, type Node, nodeAt } from "./tree";

export interface TextPlace {
  readonly path: Path;
  readonly at: "key" | "value";
}

const NOWHERE: Span = { start: 0, end: 0 };

/** The span of a parameter's key or value; of its nearest existing ancestor's key when it is not written. */
export function spanOf(root: Node | undefined, { path, at }: Place): Span {
  const depth = writtenDepth(root, path);
  const existing = path.slice(0, depth);
  const node = nodeAt(root, existing);
  if (!node) return NOWHERE;
  const isWhole = depth === path.length && at !== "key" && !(node.kind !== "scalar" && node.block);
  return isWhole ? node.span : (entryAt(root, existing)?.keySpan ?? firstKey(node));
}

/** How many steps of a path exist in the text. */
function writtenDepth(root: Node | undefined, path: Path): number {
  let node = root;
  for (let depth = 0; depth < path.length; depth++) {
    node = child(node, path[depth]);
    if (!node) return depth;
  }
  return path.length;
}

function firstKey(node: Node): Span {
  if (node.kind === "map") for (const entry of node.entries.values()) return entry.keySpan;
  if (node.kind === "list" && node.items.length > 0) return firstKey(node.items[0]);
  return node.span;
}

/** The parameter at an offset: the key it is in, or the scalar (or alias) it is in. A block ends where the next key starts. */
export function pathAt(root: Node | undefined, offset: number): TextPlace | undefined {
  return root && search(root, [], offset);
}

function search(node: Node, path: Path, offset: number): TextPlace | undefined {
  if (node.kind === "scalar" || node.origin)
    return contains(node.span, offset) ? { path, at: "value" } : undefined;
  if (node.kind === "list") return searchItems(node.items, path, offset);
  for (const entry of node.entries.values()) {
    const { key, keySpan, value } = entry;
    if (isMerged(entry)) continue;
    if (contains(keySpan, offset)) return { path: [...path, key], at: "key" };
    const found = contains(value.span, offset) && search(value, [...path, key], offset);
    if (found) return found;
  }
  return undefined;
}

function searchItems(items: readonly Node[], path: Path, offset: number): TextPlace | undefined {
  const index = firstFrom(items, offset);
  const item = items[index];
  return item && contains(item.span, offset) ? search(item, [...path, index], offset) : undefined;
}

/** The index of the first item that ends at an offset or after it; the number of items when there is none. */
export function firstFrom(items: readonly Node[], offset: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].span.end < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

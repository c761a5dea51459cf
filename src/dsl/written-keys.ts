import type { Span } from "./problem";
import type { Entry, Node, Origin } from "./tree";

/** Where a key stands in the text, and where the merged one that it replaces. */
export type KeyWriter = (entry: Entry) => readonly Span[];

/** Keys that come through an alias or a merge are shown at the alias, and written at the anchor. */
export function keyWriter(root: Node): KeyWriter {
  let byValue: Map<number, Span> | undefined;
  const writtenAt = (origin: Origin | undefined): Span[] => {
    if (!origin || origin.base) return [];
    const value = origin.span;
    byValue ??= keysByValue(root, new Map());
    const written = byValue.get(value.start);
    return written ? [written] : [];
  };
  return ({ keySpan, value, overrides }) => {
    const own = isElsewhere(keySpan, value) ? writtenAt(value.origin) : [keySpan];
    return overrides ? [...own, ...writtenAt(overrides)] : own;
  };
}

function isElsewhere(keySpan: Span, value: Node): boolean {
  return keySpan.start === value.span.start;
}

function keysByValue(node: Node, found: Map<number, Span>): Map<number, Span> {
  if (node.kind === "list") for (const item of node.items) keysByValue(item, found);
  if (node.kind === "map") {
    for (const { keySpan, value } of node.entries.values()) {
      if (isElsewhere(keySpan, value)) continue;
      found.set(value.span.start, keySpan);
      keysByValue(value, found);
    }
  }
  return found;
}

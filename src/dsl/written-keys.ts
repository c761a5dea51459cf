import type { Span } from "./problem";
import type { Entry, Node } from "./tree";

/** Where a key stands in the text; undefined when that is not known. */
export type KeyWriter = (entry: Entry) => Span | undefined;

/** Keys that come through an alias or a merge are shown at the alias, and written at the anchor. */
export function keyWriter(root: Node): KeyWriter {
  let written: Map<number, Span> | undefined;
  return ({ keySpan, value }) => {
    if (!isElsewhere(keySpan, value)) return keySpan;
    written ??= keysByValue(root, new Map());
    return value.origin && written.get(value.origin.span.start);
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

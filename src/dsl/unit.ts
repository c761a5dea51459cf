import type { Schema } from "./schema";
import type { Entry, ListNode, MapNode, Node } from "./tree";
import type { UnitCheck } from "./unit-check";

/** A map or list of a block that was read on its own, counted from the block's start, and what was found in it. */
export interface Unit {
  readonly node: MapNode | ListNode;
  /** The entry whose value it is; absent for list items. */
  readonly entry?: Entry;
  /** By the schema it was checked against; of a part that the schema does not know, by undefined. */
  readonly checks: Map<Schema | undefined, UnitCheck>;
}

export function unitOf(node: Node, entry?: Entry): Unit | undefined {
  return node.kind === "scalar" ? undefined : { node, entry, checks: new Map() };
}

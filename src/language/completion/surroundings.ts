import type { Path } from "../../dsl/problem";
import type { ListNode, MapNode } from "../../dsl/tree";
import { type Holder, indexOf } from "./block";
import { listAt, mapAt } from "./nodes";

export interface Surroundings {
  readonly path: Path;
  /** The map or list that each step of the path leads out of. */
  readonly containers: readonly (MapNode | ListNode)[];
}

export function surroundings(text: string, holders: readonly Holder[]): Surroundings {
  return {
    path: holders.map((holder) => (holder.kind === "key" ? holder.line.key!.text : indexOf(text, holder))),
    containers: holders.map(({ kind, line, column }) =>
      kind === "key" ? mapAt(text, line, column) : listAt(text, line, column),
    ),
  };
}

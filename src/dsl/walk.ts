import { childSchema, rootSchema, type Schema } from "./schema";
import { schemaFor } from "./sites";
import type { Entry, MapNode, Node } from "./tree";

/** What is around a value. */
export interface Around {
  /** The first two keys on the way to it: `books` and the book's name. */
  readonly section?: string;
  readonly name?: string;
  /** The nearest map: what its siblings are looked up in. */
  readonly map: MapNode;
}

/** @param entry whose value the node is; absent for items of a list */
export type Visit = (node: Node, schema: Schema, around: Around, entry?: Entry) => void;

/** Visits every value that the schema knows and the file itself holds, parents first. Lighter than sites: no paths are made. */
export function walk(root: Node, visit: Visit): void {
  if (root.kind === "map") visitInside(root, rootSchema, { map: root }, visit);
}

function visitInside(node: Node, schema: Schema, around: Around, visit: Visit): void {
  if (node.kind === "map")
    for (const entry of node.entries.values())
      visitChild(entry.value, childSchema(schema, entry.key), around, visit, entry);
  if (node.kind === "list")
    for (let i = 0; i < node.items.length; i++)
      visitChild(node.items[i], childSchema(schema, i), around, visit);
}

function visitChild(
  node: Node,
  declared: Schema | undefined,
  around: Around,
  visit: Visit,
  entry?: Entry,
): void {
  if (!declared || node.origin?.base) return;
  const schema = schemaFor(declared, node);
  visit(node, schema, around, entry);
  if (node.kind !== "scalar") visitInside(node, schema, inside(node, around, entry?.key), visit);
}

function inside(node: Node, { section, name, map }: Around, key: string | undefined): Around {
  const isNamed = section !== undefined;
  return {
    section: section ?? key,
    name: isNamed ? (name ?? key) : undefined,
    map: node.kind === "map" ? node : map,
  };
}

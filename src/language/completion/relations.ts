import { SECTIONS } from "../../dsl/name-kinds";
import { childSchema, type Schema } from "../../dsl/schema";
import { child, type MapNode, type Node, textOf } from "../../dsl/tree";

/** Keys that cannot stand beside those that are there. */
export function excludedKeys(schema: Schema, map: MapNode): Set<string> {
  const excluded = new Set<string>();
  for (const group of schema.exclusiveProperties ?? []) {
    const present = group.find((key) => map.entries.has(key));
    for (const key of present === undefined ? [] : group) if (key !== present) excluded.add(key);
  }
  for (const [key, { with: other }] of Object.entries(schema.properties ?? {}))
    if (other !== undefined && excluded.has(other)) excluded.add(key);
  return excluded;
}

/** Whether a key acts beside what is there. */
export function isActive({ onlyFor }: Schema, parent: Schema, map: MapNode, root: Node): boolean {
  return Object.entries(onlyFor ?? {}).every(([sibling, allowed]) => {
    const value = textOf(child(map, sibling));
    return value === undefined || isOneOf(allowed, value, childSchema(parent, sibling), root);
  });
}

/** Whether the keys that are there would still act beside a value of another key. */
export function keepsActive(key: string, value: string, parent: Schema, map: MapNode, root: Node): boolean {
  return [...map.entries.keys()].every((other) => {
    const allowed = childSchema(parent, other)?.onlyFor?.[key];
    return !allowed || isOneOf(allowed, value, childSchema(parent, key), root);
  });
}

/** A value is one of those named; a name is one when what it names has one of the keys. */
function isOneOf(allowed: readonly string[], value: string, schema: Schema | undefined, root: Node): boolean {
  const section = schema?.references && SECTIONS.get(schema.references);
  if (!section) return allowed.includes(value);
  const named = child(child(root, section), value);
  return named?.kind !== "map" || allowed.some((key) => named.entries.has(key));
}

/** Whether a map may be of a branch of a union: it has no keys or constants of another. */
export function isOfBranch(branch: Schema, map: MapNode): boolean {
  return [...map.entries.values()].every(({ key, value }) => {
    const schema = childSchema(branch, key);
    const said = textOf(value);
    return (
      schema !== undefined &&
      (schema.const === undefined || said === undefined || String(schema.const) === said)
    );
  });
}

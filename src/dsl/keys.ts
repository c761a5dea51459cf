import type { Schema } from "./schema";
import { nearest } from "./suggest";
import type { MapNode } from "./tree";

/** The key that an unknown one was most likely meant to be; never one that is already there. */
export function meantKey(written: string, schema: Schema, map: MapNode): string | undefined {
  const known = Object.keys(schema.properties ?? {}).filter((key) => !map.entries.has(key));
  return nearest(written, known);
}

/** The keys of a map with misspelt ones read as what they were meant to be, so that one typo is one problem. */
export function meantKeys(schema: Schema, map: MapNode): Set<string> {
  const keys = new Set<string>();
  for (const key of map.entries.keys()) {
    const known =
      schema.properties === undefined ||
      schema.keys !== undefined ||
      Object.hasOwn(schema.properties, key) ||
      isFree(schema, key);
    keys.add(known ? key : (meantKey(key, schema, map) ?? key));
  }
  return keys;
}

/** Whether a key is nobody's: `x-assets` is not a misspelt `assets`. */
function isFree({ patternProperties = {} }: Schema, key: string): boolean {
  return Object.keys(patternProperties).some((pattern) => new RegExp(pattern).test(key));
}

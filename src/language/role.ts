import type { Draft } from "../dsl/parse";
import { type Role, resolved, type Schema } from "../dsl/schema";
import { enclosingMap, type Site } from "../dsl/sites";
import { valueAt } from "./draft";

/**
 * The value that has a role beside a value of the file: in the same map, else in the nearest map around it that has
 * such a key. The key's default where it is not written; undefined where it is invalid, or no key has the role.
 */
export function valueInRole(role: Role, site: Site, draft: Draft): number | undefined {
  const map = enclosingMap(site);
  if (!map) return undefined;
  const key = keyInRole(role, map.schema);
  if (key === undefined) return valueInRole(role, map, draft);
  const value = valueAt(draft, [...map.path, key]);
  if (typeof value === "number") return value;
  const isWritten = map.node.kind === "map" && map.node.entries.has(key);
  const fallback = resolved(map.schema.properties![key]).default;
  return !isWritten && typeof fallback === "number" ? fallback : undefined;
}

function keyInRole(role: Role, { properties = {} }: Schema): string | undefined {
  return Object.keys(properties).find((key) => resolved(properties[key]).role === role);
}

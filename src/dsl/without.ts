import type { Path } from "./problem";
import type { Flaw } from "./sites";

type Data = Record<string | number, unknown>;

/**
 * Data without the values at some paths; what stands in a list becomes a hole.
 * @param owned maps and lists that may be changed; all others are copied first, as other versions hold them too
 */
export function without(data: unknown, paths: readonly Path[], owned = new Set<unknown>()): unknown {
  if (paths.length === 0) return data;
  const holder: Data = { data };
  for (const path of paths) remove(holder, ["data", ...path], owned);
  return holder.data;
}

function remove(holder: Data, path: Path, owned: Set<unknown>): void {
  let parent = holder;
  for (const key of path.slice(0, -1)) {
    const child = parent[key];
    if (typeof child !== "object" || child === null) return;
    parent[key] = owned.has(child) ? child : copied(child, owned);
    parent = parent[key] as Data;
  }
  delete parent[path.at(-1)!];
}

function copied(data: object, owned: Set<unknown>): object {
  const copy = Array.isArray(data) ? data.slice() : Object.assign(Object.create(null), data);
  owned.add(copy);
  return copy;
}

export function dropsOf(flaws: readonly Flaw[]): Path[] {
  return flaws.flatMap(({ drops }) => drops ?? []);
}

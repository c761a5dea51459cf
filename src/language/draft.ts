import type { Path } from "../dsl/problem";

/** What is at a path of a draft, or of any other data; undefined where there is nothing. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce(
    (parent, key) => (parent as Record<string | number, unknown> | null | undefined)?.[key],
    data,
  );
}

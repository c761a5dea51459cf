import type { Samples } from "./samples";

/** Joins samples of consecutive path ranges, given in path order. */
export function concatSamples(parts: readonly Samples[]): Samples {
  if (parts.length === 1) return parts[0];
  const [head] = parts;
  parts.forEach((part, i) => {
    const previous = parts[i - 1];
    if (previous && previous.first + previous.count !== part.first)
      throw new Error("Samples are not of consecutive paths.");
  });
  const { trace, ...columns } = head;
  const joined = joinColumns(
    columns,
    parts.map(({ trace: _, ...part }) => part),
  ) as Omit<Samples, "trace">;
  const count = parts.reduce((total, part) => total + part.count, 0);
  return { ...joined, first: head.first, count, ...(trace && { trace }) };
}

/** The shape of the first with every array the concatenation of all. */
function joinColumns(shape: unknown, parts: readonly unknown[]): unknown {
  if (shape instanceof Float64Array) return join(parts as Float64Array[], (n) => new Float64Array(n));
  if (shape instanceof Uint8Array) return join(parts as Uint8Array[], (n) => new Uint8Array(n));
  if (Array.isArray(shape))
    return shape.map((item, i) =>
      joinColumns(
        item,
        parts.map((part) => (part as unknown[])[i]),
      ),
    );
  if (typeof shape !== "object" || shape === null) return shape;
  return Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [
      key,
      joinColumns(
        value,
        parts.map((part) => (part as Record<string, unknown>)[key]),
      ),
    ]),
  );
}

function join<A extends Float64Array | Uint8Array>(parts: readonly A[], make: (length: number) => A): A {
  const joined = make(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

import { concatSamples } from "../engine/concat";
import type { Samples } from "../engine/samples";

/** Samples of a job's chunks as they come in, in any order. */
export interface Prefix {
  /** Without a gap from the job's first path. */
  parts: Samples[];
  /** The path that comes next. */
  next: number;
  /** Those behind a gap, by first path. */
  readonly later: Map<number, Samples>;
}

export function emptyPrefix(first: number): Prefix {
  return { parts: [], next: first, later: new Map() };
}

export function addPart(prefix: Prefix, part: Samples): void {
  prefix.later.set(part.first, part);
  for (let found = prefix.later.get(prefix.next); found; found = prefix.later.get(prefix.next)) {
    prefix.later.delete(prefix.next);
    prefix.parts.push(found);
    prefix.next += found.count;
  }
}

/** All samples without a gap, joined; there must be some. */
export function joinPrefix(prefix: Prefix): Samples {
  if (prefix.parts.length > 1) prefix.parts = [concatSamples(prefix.parts)];
  return prefix.parts[0];
}

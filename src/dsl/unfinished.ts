import type { Problem } from "./problem";

/** What is missing or not declared may be what is being typed. */
const ABSENT = new Set(["missing-key", "incomplete-group", "unknown-name", "missing-price"]);

/** Until a key has its colon, what stands below it is read as part of something else. */
const MISPLACED = new Set(["unknown-key", "duplicate-key", "bad-indentation", "wrong-type"]);

/** Leaves out what a half-typed key may have caused. */
export function withoutConsequences(
  problems: readonly Problem[],
  syntax: readonly Problem[] = problems,
): readonly Problem[] {
  const keys = syntax.filter(({ rule }) => rule === "incomplete-key");
  if (keys.length === 0) return problems;
  const first = Math.min(...keys.map(({ span }) => span.start));
  return problems.filter(
    ({ rule, span }) => !ABSENT.has(rule) && !(MISPLACED.has(rule) && span.start >= first),
  );
}

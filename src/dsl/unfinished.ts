import type { Problem, Span } from "./problem";

/** What is missing or not declared may be what is being typed. */
const ABSENT = new Set([
  "missing-key",
  "incomplete-group",
  "unknown-name",
  "missing-price",
  "no-route",
  "nothing-to-simulate",
]);

/** Until a key has its colon, what stands below it is read as part of something else. */
const MISPLACED = new Set(["unknown-key", "duplicate-key", "bad-indentation", "wrong-type"]);

/** Whether a rule finds that something is not there. */
export function findsAbsence(rule: string): boolean {
  return ABSENT.has(rule);
}

/** A key that says nothing yet, that nobody knows or that stands elsewhere: first it is corrected, then it gets its value. */
const BAD_KEY = new Set(["incomplete-key", "unknown-name", "invalid-name", "bad-indentation"]);

/** Leaves out what a half-typed key may have caused. */
export function withoutConsequences(
  problems: readonly Problem[],
  syntax: readonly Problem[] = problems,
): readonly Problem[] {
  const keys = syntax.filter(({ rule }) => rule === "incomplete-key");
  if (keys.length === 0) return withoutEmpty(problems);
  const first = Math.min(...keys.map(({ span }) => span.start));
  return withoutEmpty(problems).filter(
    ({ rule, span }) => !findsAbsence(rule) && !(MISPLACED.has(rule) && span.start >= first),
  );
}

/** Leaves out that there is no value yet where the key is the mistake. */
function withoutEmpty(problems: readonly Problem[]): readonly Problem[] {
  const empty = problems.filter(({ rule }) => rule === "missing-value");
  if (empty.length === 0) return problems;
  const keys = problems.filter(({ rule }) => BAD_KEY.has(rule));
  const caused = new Set(empty.filter(({ span }) => keys.some((key) => isWithin(key.span, span))));
  return problems.filter((problem) => !caused.has(problem));
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

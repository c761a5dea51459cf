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

/** What cannot be a name is first written as one. */
const NO_TEXT = new Set(["wrong-type", "unquoted-address"]);

/** Leaves out what another mistake may have caused. */
export function withoutConsequences(
  problems: readonly Problem[],
  syntax: readonly Problem[] = problems,
): readonly Problem[] {
  if (problems.length === 0) return problems;
  return withoutParts(withoutEmpty(withoutUntyped(withoutAbsent(problems, syntax))));
}

/** Leaves out what a half-typed key may have caused, and of a file that ends too early what is missing. */
function withoutAbsent(problems: readonly Problem[], syntax: readonly Problem[]): readonly Problem[] {
  if (syntax.some(({ rule }) => rule === "several-documents"))
    return problems.filter(({ rule }) => !findsAbsence(rule) && rule !== "missing-value");
  const keys = syntax.filter(({ rule }) => rule === "incomplete-key");
  if (keys.length === 0) return problems;
  const first = Math.min(...keys.map(({ span }) => span.start));
  return problems.filter(
    ({ rule, span }) => !findsAbsence(rule) && !(MISPLACED.has(rule) && span.start >= first),
  );
}

/** A value that is neither text nor a name that anybody declares is an unknown name. */
function withoutUntyped(problems: readonly Problem[]): readonly Problem[] {
  const names = new Set(problems.filter(({ rule }) => rule === "unknown-name").map(({ span }) => span.start));
  if (names.size === 0) return problems;
  return problems.filter(({ rule, span }) => !(NO_TEXT.has(rule) && names.has(span.start)));
}

/** What was cut at a comma that is missing or too many: its parts stand in no place of their own. */
const CUT = new Set(["wrong-length", "invalid-quantity"]);

function withoutParts(problems: readonly Problem[]): readonly Problem[] {
  const wholes = problems.filter(({ rule }) => CUT.has(rule));
  if (wholes.length === 0) return problems;
  const isPart = ({ span }: Problem) =>
    wholes.some((whole) => whole.span !== span && isWithin(span, whole.span));
  return problems.filter((problem) => !isPart(problem));
}

/** Leaves out that there is no value yet where the key is the mistake, or stands a second time. */
function withoutEmpty(problems: readonly Problem[]): readonly Problem[] {
  const empty = problems.filter(({ rule }) => rule === "missing-value");
  if (empty.length === 0) return problems;
  const keys = problems.filter(({ rule }) => BAD_KEY.has(rule)).map(({ span }) => span);
  const twice = problems.filter(({ rule }) => rule === "duplicate-key");
  keys.push(...twice.flatMap(({ related = [] }) => related.map(({ span }) => span)));
  const caused = new Set(empty.filter(({ span }) => keys.some((key) => isWithin(key, span))));
  return problems.filter((problem) => !caused.has(problem));
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

import type { Problem, Span } from "../dsl/problem";
import type { Assessment } from "../insight/assess";
import type { LimitResult } from "../insight/limits";
import type { Estimate } from "../insight/statistics/estimate";
import type { ScenarioSummary } from "../insight/summary";
import type { FallCurveSeries } from "../protocol/messages";
import { hasError } from "./examine";
import { type Figure, figuresOf } from "./figures";
import type { Opened } from "./open";
import { lineStarts, type Range, rangeOf } from "./position";

/** Version of the shape below; it rises when a reader of the older one would be misled. */
const RESULT_VERSION = 1;

/** What a run came to. Without an assessment nothing was simulated, and the problems say why. */
export interface Outcome {
  readonly opened: Opened;
  /** All of them: of the text, the data files, the model and the simulation. */
  readonly problems: readonly Problem[];
  readonly assessment?: Assessment;
  readonly engineVersion: string;
  readonly threads: number;
  readonly seconds: number;
}

export type Verdict = "pass" | "undecided" | "fail" | "unusable";

/** The worst of what was found: unusable input, an error or a broken limit, an undecided limit. */
export function verdictOf({ opened, problems, assessment }: Outcome): Verdict {
  if (!opened.readable) return "unusable";
  const verdicts = assessment?.limits.map(({ verdict }) => verdict) ?? [];
  if (hasError(problems) || verdicts.includes("fail")) return "fail";
  return verdicts.includes("undecided") ? "undecided" : "pass";
}

/** The outcome as schemas/result.schema.json describes it. */
export function resultDocument(outcome: Outcome) {
  const { opened, problems, assessment, engineVersion, threads, seconds } = outcome;
  const starts = lineStarts(opened.text);
  return {
    version: RESULT_VERSION,
    engine: { name: "plimsoll", version: engineVersion },
    file: opened.path,
    inputs: opened.inputs,
    verdict: verdictOf(outcome),
    numeraire: opened.runnable?.model.numeraire ?? null,
    diagnostics: problems.map((problem) => diagnosticOf(problem, starts)),
    scenarios: (assessment?.scenarios ?? []).map(scenarioOf),
    limits: (assessment?.limits ?? []).map(limitOf),
    ...(assessment?.fallCurve && { fallCurve: curveOf(assessment.fallCurve) }),
    run: { paths: assessment?.done ?? 0, threads, seconds },
  };
}

function diagnosticOf({ rule, severity, message, span, related = [] }: Problem, starts: readonly number[]) {
  const at = (each: Span): Range => rangeOf(each, starts);
  return {
    rule,
    severity,
    message,
    range: at(span),
    related: related.map(({ message, span, base }) =>
      base
        ? { message, file: base.name, range: rangeOf(span, lineStarts(base.source?.text ?? "")) }
        : { message, range: at(span) },
    ),
  };
}

function scenarioOf(scenario: ScenarioSummary) {
  const { name, kind, paths, seed, flags } = scenario;
  return {
    name,
    kind,
    paths,
    seed: seed ?? null,
    metrics: figuresOf(scenario).map((figure) => metricOf(figure, paths)),
    flags,
  };
}

function metricOf({ metric, statistic, level, unit, estimate }: Figure, paths: number) {
  return { metric, statistic, ...(level !== undefined && { level }), unit, ...intervalOf(estimate), paths };
}

function limitOf({
  index,
  title,
  scenario,
  metric,
  estimate,
  bound,
  boundIs,
  verdict,
  morePaths,
}: LimitResult) {
  return {
    index,
    title,
    scenario,
    metric,
    ...intervalOf(estimate),
    bound: finite(bound),
    boundIs,
    verdict,
    ...(verdict === "undecided" && { morePaths: finite(morePaths) }),
  };
}

function intervalOf(estimate: Estimate | undefined) {
  return {
    estimate: finite(estimate?.value),
    lower: finite(estimate?.lower),
    upper: finite(estimate?.upper),
  };
}

function curveOf({ asset, falls, withFeedback, withoutFeedback }: FallCurveSeries) {
  const losses = ({ liquidatedValue, badDebt }: typeof withFeedback) => ({
    liquidatedValue: liquidatedValue.map(finite),
    badDebt: badDebt.map(finite),
  });
  return { asset, falls, withFeedback: losses(withFeedback), withoutFeedback: losses(withoutFeedback) };
}

/** JSON has neither NaN nor infinities: no number is `null`. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

import * as l10n from "@vscode/l10n";
import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";
import { whole } from "../model/text";
import type { Carrier } from "./carrier";
import type { Cause } from "./cause";
import { type Limit, type Metric, metricColumn } from "./metric";
import { ascending, type Estimate, exactly } from "./statistics/estimate";
import { mean } from "./statistics/mean";
import { hasTail, pathsForTail } from "./statistics/tail";
import { tailFigure } from "./tail-figure";
import { assetsOfVaults } from "./vaults";
import { inUnit, isMonteCarlo, measureName, scopeName, shareText, withInterval } from "./wording";

export type Verdict = "pass" | "fail" | "undecided";

/** A limit's outcome. The first four fields are a row of the panel. */
export interface LimitResult {
  readonly title: string;
  readonly verdict: Verdict;
  readonly measured: string;
  readonly limit: string;
  /** Position in the file's list. */
  readonly index: number;
  readonly scenario: string;
  readonly metric: Metric;
  /** In base units; absent when there are too few paths. */
  readonly estimate?: Estimate;
  readonly bound: number;
  readonly boundIs: "max" | "min";
  /** More paths that would decide an undecided limit; Infinity when no number does. */
  readonly morePaths?: number;
}

/** A limit's outcome, and through which thresholds its figure comes, largest share first. */
export interface JudgedLimit extends LimitResult {
  readonly causes: readonly Cause[];
  readonly carrier?: Carrier;
}

/** Most paths that a scenario may have. */
export const MOST_PATHS = 1_000_000;

/** What a limit comes to on the samples of its scenario. */
export function decideLimit(
  limit: Limit,
  index: number,
  model: Model,
  scenario: Scenario,
  samples: Samples,
): LimitResult {
  const bound = limit.max ?? limit.min ?? 0;
  const boundIs = limit.max === undefined ? "min" : "max";
  const column = metricColumn(model, samples, limit.metric, limit);
  const estimate = isMonteCarlo(scenario) ? estimateOf(limit, column) : exactly(column[0]);
  const verdict = estimate ? verdictOf(estimate, bound, boundIs, limit.decide ?? "point") : "undecided";
  const written = inUnit(bound, limit.metric, model.numeraire);
  return {
    title: l10n.t("{0} in {1}", measureName(limit.metric, limit) + scopeName(limit), limit.in),
    verdict,
    measured: estimate
      ? measuredText(estimate, limit, model)
      : l10n.t("needs {0} paths", whole(pathsForTail(limit.level ?? 0))),
    limit: boundIs === "max" ? l10n.t("at most {0}", written) : l10n.t("at least {0}", written),
    index,
    scenario: limit.in,
    metric: limit.metric,
    estimate,
    bound,
    boundIs,
    morePaths: verdict === "undecided" ? morePaths(limit, estimate, bound, samples.count) : undefined,
  };
}

/** A vault's loss is also told as a part of what it has. */
function measuredText(estimate: Estimate, limit: Limit, model: Model): string {
  const written = withInterval(estimate, limit.metric, model.numeraire);
  if (limit.metric !== "vault-loss" || estimate.value === 0) return written;
  const share = estimate.value / assetsOfVaults(limit, model);
  return l10n.t("{0}, {1} of what the vaults have", written, shareText(share));
}

/** The statistic of a limit over paths; undefined when too few of them are in the tail. */
export function estimateOf(limit: Limit, column: Float64Array): Estimate | undefined {
  const { statistic = "max", level = 0 } = limit;
  if (statistic === "mean") return mean(column);
  const sorted = ascending(column);
  if (statistic === "max") return exactly(sorted[sorted.length - 1]);
  if (!hasTail(sorted.length, level)) return undefined;
  return tailFigure(limit.metric, statistic, sorted, level);
}

/** `point` asks for the whole interval on one side of the bound, `upper-95` looks at its unfavourable end. */
export function verdictOf(
  { lower, upper }: Estimate,
  bound: number,
  boundIs: "max" | "min",
  decide: "point" | "upper-95",
): Verdict {
  const [good, bad] = boundIs === "max" ? [upper <= bound, lower > bound] : [lower >= bound, upper < bound];
  if (good) return "pass";
  return bad || decide === "upper-95" ? "fail" : "undecided";
}

/** The interval shrinks with the square root of the paths: as many as bring its near end to the bound. */
function morePaths(limit: Limit, estimate: Estimate | undefined, bound: number, paths: number): number {
  if (!estimate) return Math.max(1, pathsForTail(limit.level ?? 0) - paths);
  const { value, lower, upper } = estimate;
  const distance = Math.abs(value - bound);
  const margin = value > bound ? value - lower : upper - value;
  const needed = distance === 0 ? Number.POSITIVE_INFINITY : paths * (margin / distance) ** 2;
  return needed > MOST_PATHS ? Number.POSITIVE_INFINITY : roundUp(Math.max(1, needed - paths));
}

/** Up to two digits: the estimate is no better. */
function roundUp(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.ceil(n / unit) * unit;
}

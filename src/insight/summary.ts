import type { Model, Scenario } from "../engine/model";
import { Flag, type Samples } from "../engine/samples";
import { countFlag } from "./flag-findings";
import { METRICS, type Metric, type MetricUnit, metricColumn, unitOf } from "./metric";
import { ascending, type Estimate } from "./statistics/estimate";
import { mean } from "./statistics/mean";
import { proportion } from "./statistics/proportion";
import { hasTail } from "./statistics/tail";
import { tailFigure } from "./tail-figure";
import { isMonteCarlo } from "./wording";

/** What a scenario came to, over all markets together. */
export interface ScenarioSummary {
  readonly name: string;
  readonly kind: Scenario["kind"];
  readonly paths: number;
  readonly seed?: number;
  readonly metrics: readonly MetricSummary[];
  /** Number of paths with each flag. */
  readonly flags: Readonly<Record<keyof typeof Flag, number>>;
}

/** In the unit; a shock has `value`, a Monte Carlo the rest. Quantile figures are absent when the tail is too thin. */
export interface MetricSummary {
  readonly metric: Metric;
  readonly unit: MetricUnit;
  readonly value?: number;
  readonly mean?: Estimate;
  readonly max?: number;
  /** Of a value above zero. */
  readonly probability?: Estimate;
  readonly level?: number;
  readonly valueAtRisk?: Estimate;
  readonly expectedShortfall?: Estimate;
}

/** What a scenario is told by. Amplification is of one asset, and stands at the limits that ask for it. */
function summarised({ backstops, markets, vaults }: Model): Metric[] {
  const hasSurplus = markets.some(({ lending }) => lending.surplus !== undefined);
  return METRICS.filter((metric) => {
    if (metric === "uncovered-loss") return backstops.length > 0 || hasSurplus;
    if (metric === "backstop-used") return backstops.length > 0;
    if (metric === "vault-loss" || metric === "withdrawable") return vaults.length > 0;
    return metric !== "amplification";
  });
}

export function summaryOf(
  model: Model,
  scenario: Scenario,
  samples: Samples,
  level: number,
): ScenarioSummary {
  return {
    name: scenario.name,
    kind: scenario.kind,
    paths: samples.count,
    ...(isMonteCarlo(scenario) && { seed: scenario.seed }),
    metrics: summarised(model).map((metric) => {
      const column = metricColumn(model, samples, metric, {});
      const figures = isMonteCarlo(scenario) ? statisticsOf(metric, column, level) : { value: column[0] };
      return { metric, unit: unitOf(metric), ...figures };
    }),
    flags: {
      noFloor: countFlag(samples, Flag.noFloor),
      roundLimit: countFlag(samples, Flag.roundLimit),
      pending: countFlag(samples, Flag.pending),
      unfilled: countFlag(samples, Flag.unfilled),
    },
  };
}

function statisticsOf(
  metric: Metric,
  column: Float64Array,
  level: number,
): Omit<MetricSummary, "metric" | "unit"> {
  const sorted = ascending(column);
  const positive = sorted.filter((value) => value > 0).length;
  return {
    mean: mean(column),
    max: sorted[sorted.length - 1],
    probability: proportion(positive, sorted.length),
    level,
    ...(hasTail(sorted.length, level) && {
      valueAtRisk: tailFigure(metric, "var", sorted, level),
      expectedShortfall: tailFigure(metric, "es", sorted, level),
    }),
  };
}

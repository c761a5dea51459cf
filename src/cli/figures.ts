import type { Metric, MetricUnit } from "../insight/metric";
import type { Estimate } from "../insight/statistics/estimate";
import type { MetricSummary, ScenarioSummary } from "../insight/summary";

export type Statistic = "value" | "mean" | "probability" | "var" | "es" | "max";

/** One number of a scenario. */
export interface Figure {
  readonly metric: Metric;
  /** `value`: of a shock's only path. `probability`: of a value above zero. */
  readonly statistic: Statistic;
  /** Of var and es. */
  readonly level?: number;
  readonly unit: MetricUnit | "ratio";
  /** Without sampling error the ends are the value. Absent when the paths are too few for it. */
  readonly estimate?: Estimate;
}

/** A scenario's numbers, metric by metric. */
export function figuresOf(scenario: ScenarioSummary): Figure[] {
  return scenario.metrics.flatMap((summary) =>
    scenario.kind === "monte-carlo" ? statisticsOf(summary) : [onlyPath(summary)],
  );
}

function onlyPath({ metric, unit, value }: MetricSummary): Figure {
  return { metric, statistic: "value", unit, estimate: exactly(value) };
}

function statisticsOf(summary: MetricSummary): Figure[] {
  const { metric, unit, level } = summary;
  return [
    { metric, statistic: "probability", unit: "ratio", estimate: summary.probability },
    { metric, statistic: "mean", unit, estimate: summary.mean },
    { metric, statistic: "var", level, unit, estimate: summary.valueAtRisk },
    { metric, statistic: "es", level, unit, estimate: summary.expectedShortfall },
    { metric, statistic: "max", unit, estimate: exactly(summary.max) },
  ];
}

function exactly(value: number | undefined): Estimate | undefined {
  return value === undefined ? undefined : { value, lower: value, upper: value };
}

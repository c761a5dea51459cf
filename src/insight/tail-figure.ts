import { lessIsWorse, type Metric } from "./metric";
import type { Estimate } from "./statistics/estimate";
import { expectedShortfall, valueAtRisk } from "./statistics/tail";

/** Value at risk or expected shortfall of values in ascending order; where less is worse, of their low end. */
export function tailFigure(
  metric: Metric,
  statistic: "var" | "es",
  sorted: Float64Array,
  level: number,
): Estimate {
  const figure = statistic === "var" ? valueAtRisk : expectedShortfall;
  if (!lessIsWorse(metric)) return figure(sorted, level);
  const { value, lower, upper } = figure(sorted.map((each) => -each).reverse(), level);
  return { value: -value, lower: -upper, upper: -lower };
}

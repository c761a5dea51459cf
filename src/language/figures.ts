import { amount, count, estimate } from "../charts/format";
import { formatQuantity } from "../dsl/quantity";
import type { LimitResult, Verdict } from "../insight/limits";
import { type Metric, unitOf } from "../insight/metric";
import type { Estimate } from "../insight/statistics/estimate";

export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: "kept",
  fail: "broken",
  undecided: "undecided",
};

/** A figure of a metric, short, with its interval where it has one: `$3.42M (95% interval $3.10M to $3.74M)`. */
export function figureOf(figure: Estimate, metric: Metric, numeraire: string): string {
  const unit = unitOf(metric);
  if (unit === "numeraire") return estimate(figure, numeraire);
  const write = unit === "accounts" ? count : multiple;
  const { value, lower, upper } = figure;
  return lower === upper ? write(value) : `${write(value)} (95% interval ${write(lower)} to ${write(upper)})`;
}

/** A limit's figure, or what it takes to have one: `$14.9M`, `needs 5,000 paths`. */
export function measuredOf({ estimate: figure, metric, measured }: LimitResult, numeraire: string): string {
  return figure ? figureOf(figure, metric, numeraire) : measured;
}

/** `at most $5M`. */
export function boundOf({ bound, boundIs, metric }: LimitResult, numeraire: string): string {
  const exactly = { value: bound, lower: bound, upper: bound };
  return `${boundIs === "max" ? "at most" : "at least"} ${figureOf(exactly, metric, numeraire)}`;
}

/** `1.53x`. */
export function multiple(value: number): string {
  return formatQuantity(value, { dimension: "multiple" }, { digits: 3 });
}

/** `45.6K WETH`, worth `$168M`. */
export function holdingOf(units: number, asset: string, price: number, numeraire: string): [string, string] {
  return [amount(units, asset), amount(units * price, numeraire)];
}

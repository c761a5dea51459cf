import * as l10n from "@vscode/l10n";
import { amount, count, estimate } from "../charts/format";
import { formatQuantity } from "../dsl/format-quantity";
import type { LimitResult, Verdict } from "../insight/limits";
import { type Metric, unitOf } from "../insight/metric";
import type { Estimate } from "../insight/statistics/estimate";

/** Of a limit. */
export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case "pass":
      return l10n.t("kept");
    case "fail":
      return l10n.t("broken");
    case "undecided":
      return l10n.t("undecided");
  }
}

/** A figure of a metric, short, with its interval where it has one: `$3.42M (95% interval $3.10M to $3.74M)`. */
export function figureOf(figure: Estimate, metric: Metric, numeraire: string): string {
  const unit = unitOf(metric);
  if (unit === "numeraire") return estimate(figure, numeraire);
  const write = unit === "accounts" ? count : multiple;
  const { value, lower, upper } = figure;
  return lower === upper
    ? write(value)
    : l10n.t("{0} (95% interval {1} to {2})", write(value), write(lower), write(upper));
}

/** A limit's figure, or what it takes to have one: `$14.9M`, `needs 5,000 paths`. */
export function measuredOf({ estimate: figure, metric, measured }: LimitResult, numeraire: string): string {
  return figure ? figureOf(figure, metric, numeraire) : measured;
}

/** `at most $5M`. */
export function boundOf({ bound, boundIs, metric }: LimitResult, numeraire: string): string {
  const exactly = { value: bound, lower: bound, upper: bound };
  const figure = figureOf(exactly, metric, numeraire);
  return boundIs === "max" ? l10n.t("at most {0}", figure) : l10n.t("at least {0}", figure);
}

/** `1.53x`. */
export function multiple(value: number): string {
  return formatQuantity(value, { dimension: "multiple" }, { digits: 3 });
}

/** `45.6K WETH`, worth `$168M`. */
export function holdingOf(units: number, asset: string, price: number, numeraire: string): [string, string] {
  return [amount(units, asset), amount(units * price, numeraire)];
}

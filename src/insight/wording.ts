import type { MonteCarloScenario, Scenario } from "../engine/model";
import { count, percent } from "../model/text";
import { type Metric, type MetricUnit, unitOf } from "./metric";
import type { Estimate } from "./statistics/estimate";

export interface Statistic {
  readonly statistic?: "mean" | "var" | "es" | "max";
  readonly level?: number;
}

/** `bad debt`, `95% expected shortfall of bad debt`. */
export function measureName(metric: Metric, { statistic, level = 0 }: Statistic): string {
  const noun = metric.replace("-", " ");
  if (statistic === "var") return `${percent(level)} value at risk of ${noun}`;
  if (statistic === "es") return `${percent(level)} expected shortfall of ${noun}`;
  if (statistic === "mean") return `mean ${noun}`;
  return statistic === "max" ? `largest ${noun}` : noun;
}

/** ` in core, WETH`, or nothing for the whole model. */
export function scopeName({ market, asset }: { market?: string; asset?: string }): string {
  const parts = [market, asset].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** A figure of a metric with its unit: `1,234 USD`, `5` (accounts), `1.53x`. */
export function inUnit(value: number, metric: Metric, numeraire: string): string {
  return numberOf(value, unitOf(metric)) + suffixOf(unitOf(metric), numeraire);
}

/** `1,234 USD (95% interval 1,000 to 1,500 USD)`, or the figure alone where it has no sampling error. */
export function withInterval({ value, lower, upper }: Estimate, metric: Metric, numeraire: string): string {
  const written = inUnit(value, metric, numeraire);
  if (lower === upper) return written;
  return `${written} (95% interval ${numberOf(lower, unitOf(metric))} to ${inUnit(upper, metric, numeraire)})`;
}

function suffixOf(unit: MetricUnit, numeraire: string): string {
  if (unit === "accounts") return "";
  return unit === "multiple" ? "x" : ` ${numeraire}`;
}

/** Whole from 1,000 on, else with cents; multiples to four digits. More digits say nothing. */
function numberOf(value: number, unit: MetricUnit): string {
  if (unit === "multiple") return String(Number(value.toPrecision(4)));
  const digits = Math.abs(value) >= 1000 ? 0 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** What reproduces a figure: `2,000 paths, seed 7`. */
export function drawOf({ paths, seed }: MonteCarloScenario): string {
  return `${count(paths, "path")}, seed ${seed}`;
}

export function isMonteCarlo(scenario: Scenario): scenario is MonteCarloScenario {
  return scenario.kind === "monte-carlo";
}

import * as l10n from "@vscode/l10n";
import type { MonteCarloScenario, Scenario } from "../engine/model";
import { percent, whole } from "../model/text";
import { type Metric, type MetricUnit, type Scope, unitOf } from "./metric";
import type { Estimate } from "./statistics/estimate";

export interface Statistic {
  readonly statistic?: "mean" | "var" | "es" | "max";
  readonly level?: number;
}

/** `bad debt`, `95% expected shortfall of bad debt`. */
export function measureName(metric: Metric, { statistic, level = 0 }: Statistic): string {
  const noun = metricName(metric);
  if (statistic === "var") return l10n.t("{0} value at risk of {1}", percent(level), noun);
  if (statistic === "es") return l10n.t("{0} expected shortfall of {1}", percent(level), noun);
  if (statistic === "mean") return l10n.t("mean {0}", noun);
  return statistic === "max" ? l10n.t("largest {0}", noun) : noun;
}

export function metricName(metric: Metric): string {
  switch (metric) {
    case "bad-debt":
      return l10n.t("bad debt");
    case "uncovered-loss":
      return l10n.t("uncovered loss");
    case "backstop-used":
      return l10n.t("backstop used");
    case "liquidated-value":
      return l10n.t("liquidated value");
    case "liquidated-accounts":
      return l10n.t("liquidated accounts");
    case "liquidatable-accounts":
      return l10n.t("liquidatable accounts");
    case "shortfall":
      return l10n.t("shortfall");
    case "stalled-debt":
      return l10n.t("stalled debt");
    case "liquidator-gap":
      return l10n.t("liquidator gap");
    case "vault-loss":
      return l10n.t("vault loss");
    case "withdrawable":
      return l10n.t("withdrawable");
    case "amplification":
      return l10n.t("amplification");
  }
}

/** ` (core, WETH)`, or nothing for the whole model. */
export function scopeName({ market, asset, vault }: Scope): string {
  const parts = [market, asset, vault].filter((part) => part !== undefined);
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
  const [from, to] = [numberOf(lower, unitOf(metric)), inUnit(upper, metric, numeraire)];
  return l10n.t("{0} (95% interval {1} to {2})", written, from, to);
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

/** A part of something, to three digits. */
export function shareText(share: number): string {
  return percent(Number(share.toPrecision(3)));
}

/** What reproduces a figure: `2,000 paths, seed 7`. */
export function drawOf({ paths, seed }: MonteCarloScenario): string {
  return paths === 1 ? l10n.t("1 path, seed {0}", seed) : l10n.t("{0} paths, seed {1}", whole(paths), seed);
}

export function isMonteCarlo(scenario: Scenario): scenario is MonteCarloScenario {
  return scenario.kind === "monte-carlo";
}

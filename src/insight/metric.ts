import type { RiskFile } from "../dsl/parse";
import type { Model } from "../engine/model";
import type { MarketSamples, Samples } from "../engine/samples";

export const METRICS = [
  "bad-debt",
  "uncovered-loss",
  "backstop-used",
  "liquidated-value",
  "liquidated-accounts",
  "liquidatable-accounts",
  "shortfall",
  "stalled-debt",
  "liquidator-gap",
  "vault-loss",
  "withdrawable",
  "amplification",
] as const;

export type Metric = (typeof METRICS)[number];

export type Limit = NonNullable<RiskFile["limits"]>[number];

/** Whether one wants to have much of it: its bad tail is the low one. */
export function lessIsWorse(metric: Metric): boolean {
  return metric === "withdrawable";
}

/** Part of a model, by name; without a name, all of it. */
export interface Scope {
  readonly market?: string;
  readonly asset?: string;
  readonly vault?: string;
}

/** Base unit of a metric: the numeraire, a number of accounts, or a multiple. */
export type MetricUnit = "numeraire" | "accounts" | "multiple";

export function unitOf(metric: Metric): MetricUnit {
  if (metric === "amplification") return "multiple";
  return metric.endsWith("-accounts") ? "accounts" : "numeraire";
}

/** The metric on every path (docs/metrics.md has the formulas). An asset is ignored by metrics of whole markets. */
export function metricColumn(model: Model, samples: Samples, metric: Metric, scope: Scope): Float64Array {
  if (metric === "amplification") return amplification(model, samples, scope.asset);
  if (metric === "vault-loss" || metric === "withdrawable")
    return vaultColumn(model, samples, metric, scope.vault);
  const column = new Float64Array(samples.count);
  samples.markets.forEach((market, index) => {
    if (scope.market !== undefined && model.markets[index].name !== scope.market) return;
    addAll(column, columnsOf(model, market, index, metric, scope.asset));
  });
  return column;
}

function addAll(column: Float64Array, parts: readonly Float64Array[]): void {
  for (const part of parts) for (let path = 0; path < column.length; path++) column[path] += part[path];
}

/** Of one vault, or of all: together they can withdraw what a market has for them once. */
function vaultColumn(
  model: Model,
  samples: Samples,
  metric: "vault-loss" | "withdrawable",
  name: string | undefined,
): Float64Array {
  if (metric === "withdrawable" && name === undefined) return samples.withdrawable;
  const column = new Float64Array(samples.count);
  samples.vaults.forEach(({ idle, loss, withdrawable }, index) => {
    if (name !== undefined && model.vaults[index].name !== name) return;
    addAll(column, metric === "vault-loss" ? loss : [idle, ...withdrawable]);
  });
  return column;
}

function columnsOf(
  model: Model,
  samples: MarketSamples,
  index: number,
  metric: Exclude<Metric, "amplification" | "vault-loss" | "withdrawable">,
  asset: string | undefined,
): readonly Float64Array[] {
  const isOfAsset = (_: unknown, reserve: number) =>
    asset === undefined || slotAssets(model, index, reserve).includes(asset);
  switch (metric) {
    case "bad-debt":
      return asset === undefined
        ? [samples.badDebt]
        : samples.badDebtBy.filter((_, slot) => slotAssets(model, index, slot).includes(asset));
    case "uncovered-loss":
      return asset === undefined ? [samples.uncovered] : samples.uncoveredOf.filter(isOfAsset);
    case "backstop-used":
      return samples.coveredOf.filter(isOfAsset);
    case "liquidated-value":
      return samples.liquidatedValue.filter(isOfAsset);
    case "liquidated-accounts":
      return [samples.liquidatedAccounts];
    case "liquidatable-accounts":
      return [samples.liquidatableAccounts];
    case "shortfall":
      return [samples.shortfall];
    case "stalled-debt":
      return [samples.stalledDebt];
    case "liquidator-gap":
      return [samples.liquidatorGap];
  }
}

/** Assets of a slot: a reserve's own, or the collateral of an E-mode (slots reserves.length and up). */
export function slotAssets(model: Model, market: number, slot: number): string[] {
  const { reserves, emodes } = model.markets[market].lending;
  const members = slot < reserves.length ? [slot] : emodes[slot - reserves.length].collateral;
  return members.map((reserve) => model.assets[reserves[reserve].asset].name);
}

/** Exogenous moves below this are none: there is nothing to amplify, and the amplification is 1. */
const LEAST_MOVE = 0.001;

/** Total over exogenous move, in the direction in which the exogenous price went furthest. */
function amplification(model: Model, samples: Samples, name: string | undefined): Float64Array {
  const index = model.assets.findIndex((asset) => asset.name === name);
  const asset = samples.assets[index];
  const start = model.assets[index].price;
  return Float64Array.from({ length: samples.count }, (_, path) => {
    const fall = 1 - asset.exogenousLowest[path] / start;
    const rise = asset.exogenousHighest[path] / start - 1;
    if (Math.max(fall, rise) < LEAST_MOVE) return 1;
    return fall >= rise ? (1 - asset.lowest[path] / start) / fall : (asset.highest[path] / start - 1) / rise;
  });
}

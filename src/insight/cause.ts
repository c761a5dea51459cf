import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Path } from "../dsl/problem";
import type { Model } from "../engine/model";
import type { MarketSamples, Samples } from "../engine/samples";
import { listingsOf } from "../model/listings";
import { type Limit, lessIsWorse, type Metric, metricColumn, slotAssets } from "./metric";
import { ascending } from "./statistics/estimate";
import { quantileRank } from "./statistics/tail";
import { vaultShare } from "./vaults";

/** A parameter through which a part of a limit's figure comes. */
export interface Cause {
  readonly path: Path;
  /** `WETH of core`, `E-mode eth of core`. */
  readonly name: string;
  readonly threshold: number;
  /** Part of `of` that comes through it, on the paths that make the statistic. */
  readonly share: number;
  readonly of: "bad-debt" | "liquidated-value";
}

/** Metrics with no cause among the thresholds are caused by costs and depth, which no slot keeps apart. */
const CARRIED_BY: Readonly<Record<Metric, "badDebtBy" | "liquidatedBy" | undefined>> = {
  "bad-debt": "badDebtBy",
  "uncovered-loss": "badDebtBy",
  "backstop-used": "badDebtBy",
  "liquidated-value": "liquidatedBy",
  "liquidated-accounts": "liquidatedBy",
  "liquidatable-accounts": "liquidatedBy",
  shortfall: "liquidatedBy",
  amplification: "liquidatedBy",
  "stalled-debt": undefined,
  "liquidator-gap": undefined,
  "vault-loss": "badDebtBy",
  withdrawable: undefined,
};

/** Metrics whose asset is a collateral, which slots tell apart. */
const BY_COLLATERAL: readonly Metric[] = ["bad-debt", "liquidated-value"];

/** The thresholds through which the limit's figure comes, largest share first; none where no threshold carries it. */
export function causesOf(limit: Limit, file: RiskFile, model: Model, samples: Samples): Cause[] {
  const by = CARRIED_BY[limit.metric];
  if (!by) return [];
  const of = by === "badDebtBy" ? "bad-debt" : "liquidated-value";
  const paths = decidingPaths(limit, metricColumn(model, samples, limit.metric, limit));
  const carried = samples.markets.flatMap((market, index) => {
    const weight = weightOf(limit, model, index);
    if (weight === 0) return [];
    return carriedBy(market[by], paths, (slot) => isInScope(limit, model, index, slot)).map(
      ({ slot, amount }) => ({ slot, amount: amount * weight, market: index }),
    );
  });
  const total = carried.reduce((sum, { amount }) => sum + amount, 0);
  const largestFirst = carried.sort((a, b) => b.amount - a.amount);
  return largestFirst.flatMap(({ market, slot, amount }) => {
    const place = thresholdPlace(file, model, market, slot);
    return place ? [{ ...place, share: amount / total, of }] : [];
  });
}

/** How much of a market's figures counts. */
function weightOf(limit: Limit, model: Model, market: number): number {
  if (limit.metric === "vault-loss") return vaultShare(limit, model, market);
  return limit.market === undefined || model.markets[market].name === limit.market ? 1 : 0;
}

function isInScope({ metric, asset }: Limit, model: Model, market: number, slot: number): boolean {
  if (asset === undefined || !BY_COLLATERAL.includes(metric)) return true;
  return slotAssets(model, market, slot).includes(asset);
}

/** Amounts above zero by slot, summed over some paths. */
function carriedBy(
  columns: MarketSamples["badDebtBy"],
  paths: readonly number[],
  isIn: (slot: number) => boolean,
): { slot: number; amount: number }[] {
  return columns.flatMap((column, slot) => {
    const amount = isIn(slot) ? paths.reduce((sum, path) => sum + column[path], 0) : 0;
    return amount > 0 ? [{ slot, amount }] : [];
  });
}

/** The paths that make the statistic: its tail, the worst one, or all for the mean. */
export function decidingPaths({ metric, statistic, level = 0 }: Limit, column: Float64Array): number[] {
  const all = [...column.keys()];
  if (statistic === "mean" || column.length === 1) return all;
  const losses = lessIsWorse(metric) ? column.map((value) => -value) : column;
  const sorted = ascending(losses);
  const isQuantile = statistic === "var" || statistic === "es";
  const least = sorted[isQuantile ? quantileRank(sorted.length, level) - 1 : sorted.length - 1];
  return all.filter((path) => losses[path] >= least);
}

/** Where a slot's threshold is written. */
function thresholdPlace(
  file: RiskFile,
  model: Model,
  market: number,
  slot: number,
): Pick<Cause, "path" | "name" | "threshold"> | undefined {
  const { name, lending } = model.markets[market];
  const emode = lending.emodes[slot - lending.reserves.length];
  if (emode) {
    const path = ["markets", name, "emodes", emode.name, "liquidationThreshold"];
    return { path, name: l10n.t("E-mode {0} in {1}", emode.name, name), threshold: emode.threshold };
  }
  const { asset, threshold } = listingsOf(file.markets?.[name])[slot];
  if (!threshold) return undefined;
  const path = ["markets", name, ...threshold.path];
  return { path, name: l10n.t("{0} in {1}", asset, name), threshold: threshold.value };
}

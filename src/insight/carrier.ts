import * as l10n from "@vscode/l10n";
import type { Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Model } from "../engine/model";
import type { Samples } from "../engine/samples";
import { figure } from "../model/text";
import { decidingPaths } from "./cause";
import { type Limit, metricColumn } from "./metric";
import { assetsOfVaults, vaultsOf } from "./vaults";
import { inUnit, shareText } from "./wording";

/** The value of a backstop or a vault that a limit's figure comes from. */
export interface Carrier {
  readonly path: Path;
  /** What it has to do with it. */
  readonly message: string;
}

/** The backstop or the allocation that most of the figure comes from, on the paths that make it; of equals the last. */
export function carrierOf(limit: Limit, model: Model, samples: Samples): Carrier | undefined {
  const find = CARRIERS[limit.metric as keyof typeof CARRIERS];
  return find?.(
    limit,
    model,
    samples,
    decidingPaths(limit, metricColumn(model, samples, limit.metric, limit)),
  );
}

const CARRIERS = {
  "uncovered-loss": exhaustedBackstop,
  "vault-loss": lossyAllocation,
  withdrawable: lockedAllocation,
};

/** The backstop that is used up and leaves most. */
function exhaustedBackstop(limit: Limit, model: Model, samples: Samples, paths: readonly number[]) {
  const found = largest(model.backstops.map((_, index) => leftBy(index, limit, model, samples, paths)));
  if (!found) return undefined;
  const { asset, amount } = model.backstops[found.index];
  return {
    path: ["backstops", found.index, "amount"],
    message: l10n.t("The backstop of {0} {1} is used up.", figure(amount), model.assets[asset].name),
  };
}

/** What it is for and does not pay, on the paths on which it is used up. */
function leftBy(
  index: number,
  limit: Limit,
  model: Model,
  samples: Samples,
  paths: readonly number[],
): number {
  const { covers, market, amount } = model.backstops[index];
  const own = market === undefined ? limit.market : model.markets[market].name;
  const asset = model.assets[covers].name;
  if ((limit.market ?? own) !== own || (limit.asset ?? asset) !== asset) return 0;
  const left = metricColumn(model, samples, "uncovered-loss", { market: own, asset });
  const isUsedUp = (path: number) => samples.backstops[index][path] === amount;
  return paths.filter(isUsedUp).reduce((sum, path) => sum + Math.max(0, left[path]), 0);
}

/** The allocation that bears most. */
function lossyAllocation(limit: Limit, model: Model, samples: Samples, paths: readonly number[]) {
  const places = allocationsOf(limit, model);
  const losses = places.map(({ vault, index }) => meanOn(paths, samples.vaults[vault].loss[index]));
  const found = largest(losses);
  if (!found) return undefined;
  const all = losses.reduce((sum, loss) => sum + loss, 0);
  const { path, name } = places[found.index];
  return {
    path,
    message: sentences(
      l10n.t("That is {0} of what the vaults have.", shareText(all / assetsOfVaults(limit, model))),
      l10n.t("{0} of it comes through what is supplied to {1}.", shareText(found.value / all), name),
    ),
  };
}

/** The allocation of which most cannot be withdrawn. */
function lockedAllocation(limit: Limit, model: Model, samples: Samples, paths: readonly number[]) {
  const places = allocationsOf(limit, model);
  const free = places.map(({ vault, index }) => meanOn(paths, samples.vaults[vault].withdrawable[index]));
  const found = largest(places.map(({ worth }, i) => worth - free[i]));
  if (!found) return undefined;
  const { path, name, worth } = places[found.index];
  const [supplied, withdrawable] = [worth, free[found.index]].map((value) =>
    inUnit(value, limit.metric, model.numeraire),
  );
  return {
    path,
    message: l10n.t("Of {0} supplied to {1}, {2} can be withdrawn.", supplied, name, withdrawable),
  };
}

/** Where the allocations of a limit's vaults are written, and what they are worth at the start. */
function allocationsOf(limit: Limit, model: Model) {
  return vaultsOf(limit, model).flatMap(({ vault, at }) =>
    vault.allocations.map(({ market, supplied }, index) => {
      const { name } = model.markets[market];
      const path: Path = ["vaults", vault.name, "allocations", name, "supplied"];
      return { vault: at, index, name, path, worth: supplied * model.assets[vault.asset].price };
    }),
  );
}

function meanOn(paths: readonly number[], column: Float64Array): number {
  return paths.reduce((sum, path) => sum + column[path], 0) / paths.length;
}

/** The largest of some values, if it is above zero. */
function largest(values: readonly number[]): { index: number; value: number } | undefined {
  const value = Math.max(0, ...values);
  return value > 0 ? { index: values.lastIndexOf(value), value } : undefined;
}

import * as l10n from "@vscode/l10n";
import type { Path } from "../dsl/problem";
import type { Model } from "../engine/model";
import type { Samples } from "../engine/samples";
import { figure } from "../model/text";
import { decidingPaths } from "./cause";
import { type Limit, metricColumn } from "./metric";

/** A backstop that has nothing left while there is something that it is for. */
export interface Exhausted {
  readonly path: Path;
  /** `6,000 WETH`. */
  readonly name: string;
}

/** The backstop whose amount leaves most of a limit's uncovered loss, on the paths that make it; of equals the last. */
export function exhaustedBackstop(limit: Limit, model: Model, samples: Samples): Exhausted | undefined {
  if (limit.metric !== "uncovered-loss") return undefined;
  const paths = decidingPaths(limit, metricColumn(model, samples, limit.metric, limit));
  const leaves = model.backstops.map((_, index) => leftBy(index, limit, model, samples, paths));
  const most = Math.max(0, ...leaves);
  if (most === 0) return undefined;
  const index = leaves.lastIndexOf(most);
  const { asset, amount } = model.backstops[index];
  const name = l10n.t("{0} {1}", figure(amount), model.assets[asset].name);
  return { path: ["backstops", index, "amount"], name };
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

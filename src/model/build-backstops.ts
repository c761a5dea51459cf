import type { RiskFile } from "../dsl/parse";
import type { Backstop } from "../engine/model";

/** Backstops in order of the file, which is the order in which they pay. */
export function buildBackstops({ assets, markets = {}, backstops = [] }: RiskFile): Backstop[] {
  const [assetNames, marketNames] = [assets, markets].map((section) => Object.keys(section));
  return backstops.map(({ asset, amount, covers, market }) => ({
    asset: assetNames.indexOf(asset),
    amount,
    covers: assetNames.indexOf(covers),
    ...(market !== undefined && { market: marketNames.indexOf(market) }),
  }));
}

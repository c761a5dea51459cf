import type { RiskFile } from "../dsl/parse";
import type { Vault } from "../engine/model";

/** Vaults in order of the file. The static rules have made sure that their markets lend their asset. */
export function buildVaults({ assets, markets = {}, vaults = {} }: RiskFile): Vault[] {
  const [assetNames, marketNames] = [assets, markets].map((section) => Object.keys(section));
  return Object.entries(vaults).map(([name, { asset, idle = 0, allocations }]) => ({
    name,
    asset: assetNames.indexOf(asset),
    idle,
    allocations: Object.entries(allocations).map(([market, { supplied }]) => ({
      market: marketNames.indexOf(market),
      supplied,
    })),
  }));
}

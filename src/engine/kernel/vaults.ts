import type { Pool } from "../interest/pool";
import type { Allocation } from "../model";
import type { Samples } from "../samples";
import type { World } from "./world";

/** Records what suppliers of vaults bear and could withdraw; what the markets' suppliers bear must be there already. */
export function recordVaults(world: World, samples: Samples, path: number): void {
  const { model, prices } = world;
  const claims = model.markets.map(() => 0);
  let together = 0;
  model.vaults.forEach(({ asset, idle, allocations }, index) => {
    const price = prices.market[asset];
    const vault = samples.vaults[index];
    vault.idle[path] = idle * price;
    together += idle * price;
    allocations.forEach((allocation, i) => {
      const { market, supplied } = allocation;
      const pool = poolOf(world, allocation);
      const claim = supplied * pool.claim * price;
      claims[market] += claim;
      vault.loss[i][path] =
        (supplied / pool.terms.supplied) * Math.max(0, samples.markets[market].uncovered[path]);
      vault.withdrawable[i][path] = Math.min(claim, liquidity(pool) * price);
    });
  });
  samples.withdrawable[path] = claims.reduce((sum, claim, market) => {
    return claim > 0 ? sum + Math.min(claim, liquidityIn(world, market)) : sum;
  }, together);
}

/** What is supplied and not lent, in units: repaid debt and interest are in both. */
function liquidity({ supply, debt }: Pool): number {
  return Math.max(0, supply - debt);
}

/** In the numeraire. */
function liquidityIn({ markets }: World, market: number): number {
  const { marketPrice, pools } = markets[market];
  const [{ pool, reserve }] = pools;
  return liquidity(pool) * marketPrice[reserve];
}

/** An isolated market lends one asset. */
function poolOf({ markets }: World, { market }: Allocation): Pool {
  return markets[market].pools[0].pool;
}

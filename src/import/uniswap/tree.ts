import type { Pool, PricedToken } from "./pools";

/** A pool as a venue: it moves the price of `traded`. */
export interface TreePool {
  readonly pool: Pool;
  readonly traded: PricedToken;
  readonly against: PricedToken;
}

/**
 * A venue moves the price of one asset, and an asset's price is moved by one venue. So the deepest pools are taken that
 * lead from every token to every other without a circle, and each token is traded against the next on its way to the root.
 */
export function treeOf(pools: readonly Pool[]): TreePool[] {
  const kept: Pool[] = [];
  const group = new Map<string, string>();
  const groupOf = (name: string): string => {
    const next = group.get(name);
    return next === undefined ? name : groupOf(next);
  };
  for (const pool of [...pools].sort((a, b) => b.depth - a.depth)) {
    const [a, b] = pool.pair.map(({ name }) => groupOf(name));
    if (a === b) continue;
    group.set(a, b);
    kept.push(pool);
  }
  const tree: TreePool[] = [];
  const left = new Set(kept);
  while (left.size > 0) {
    let reached = [rootOf([...left])];
    while (reached.length > 0) {
      const next: PricedToken[] = [];
      for (const against of reached)
        for (const pool of left) {
          if (!pool.pair.includes(against)) continue;
          const traded = pool.pair[0] === against ? pool.pair[1] : pool.pair[0];
          tree.push({ pool, traded, against });
          left.delete(pool);
          next.push(traded);
        }
      reached = next;
    }
  }
  return tree;
}

/** How far a token's price may be from that of the numeraire to be taken for one that stays there. */
const NEAR = 0.05;

/** Of the tokens that are worth what the numeraire is, or else of all, the one with the deepest pools. */
function rootOf(pools: readonly Pool[]): PricedToken {
  const depth = new Map<PricedToken, number>();
  for (const pool of pools)
    for (const token of pool.pair) depth.set(token, (depth.get(token) ?? 0) + pool.depth);
  const isStable = ({ price }: PricedToken) => Math.abs(price - 1) <= NEAR;
  const [[root]] = [...depth].sort(
    ([a, own], [b, other]) => Number(isStable(b)) - Number(isStable(a)) || other - own,
  );
  return root;
}

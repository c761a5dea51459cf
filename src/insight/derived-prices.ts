import type { Draft } from "../dsl/parse";
import { startPrice } from "../model/prices";

/** Price of an asset at the start in a file that may be half written; undefined where it is not known yet. */
export function assetPrice({ assets }: Draft, asset: string): number | undefined {
  return assets && startPrice(assets, asset);
}

/** What an oracle shows at the start; undefined where it is not known yet, or oracles are based on each other in a circle. */
export function oraclePrice(
  draft: Draft,
  oracle: string,
  followed: readonly string[] = [],
): number | undefined {
  const { of, base, rate } = draft.oracles?.[oracle] ?? {};
  if (of !== undefined) return assetPrice(draft, of);
  if (base === undefined || rate === undefined || followed.includes(oracle)) return undefined;
  const price = oraclePrice(draft, base, [...followed, oracle]);
  return price === undefined ? undefined : price * rate;
}

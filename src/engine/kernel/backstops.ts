import type { Backstop, Model } from "../model";
import type { BadDebt } from "./bad-debt";

/** What backstops pay at the horizon. */
export interface Cover {
  /** By backstop: units of the asset that it is kept in. */
  readonly used: Float64Array;
  /** By market and reserve owed: units of bad debt that are paid. */
  readonly paid: readonly Float64Array[];
  /** The same, by the protocol's own surplus alone. */
  readonly bySurplus: readonly Float64Array[];
}

/** A part of the bad debt that a backstop is for, and the units of it that nobody has paid yet. */
interface Claim {
  readonly market: number;
  readonly reserve: number;
  readonly left: number;
}

/**
 * First a protocol's own surplus pays, then backstops in their order, each what it is worth at market prices and no more than is
 * missing. What does not go round is shared by the markets in proportion.
 * @param surplus by market and reserve owed: units that the protocol has
 */
export function coverOf(
  model: Model,
  price: Float64Array,
  badDebt: readonly BadDebt[],
  surplus: readonly Float64Array[],
): Cover {
  const bySurplus = badDebt.map(({ missing }, market) =>
    missing.map((units, reserve) => Math.max(0, Math.min(units, surplus[market][reserve]))),
  );
  const paid = bySurplus.map((units) => Float64Array.from(units));
  const used = Float64Array.from(model.backstops, (backstop) => {
    const claims = claimsOn(backstop, model, badDebt, paid);
    const total = claims.reduce((sum, { left }) => sum + left, 0);
    if (total === 0) return 0;
    const { asset, covers, amount } = backstop;
    const rate = asset === covers ? 1 : price[asset] / price[covers];
    const isEnough = amount * rate >= total;
    for (const { market, reserve, left } of claims) {
      paid[market][reserve] = isEnough
        ? badDebt[market].missing[reserve]
        : paid[market][reserve] + (left * amount * rate) / total;
    }
    return isEnough ? total / rate : amount;
  });
  return { used, paid, bySurplus };
}

function claimsOn(
  { covers, market: only }: Backstop,
  { markets }: Model,
  badDebt: readonly BadDebt[],
  paid: readonly Float64Array[],
): Claim[] {
  return markets.flatMap(({ lending }, market) => {
    if (only !== undefined && market !== only) return [];
    const { owed, missing } = badDebt[market];
    return lending.reserves.flatMap(({ asset }, reserve): Claim[] => {
      const left = missing[reserve] - paid[market][reserve];
      return asset === covers && left > 0 && owed[reserve] > 0 ? [{ market, reserve, left }] : [];
    });
  });
}

/** What is left of the bad debt of each reserve owed, in the numeraire. */
export function uncoveredOf({ owed, missing }: BadDebt, paid: Float64Array): Float64Array {
  return owed.map((value, reserve) => {
    if (paid[reserve] === 0) return value;
    return paid[reserve] < missing[reserve] ? value * (1 - paid[reserve] / missing[reserve]) : 0;
  });
}

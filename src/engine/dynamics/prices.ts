import type { Asset, Model } from "../model";
import { impactOf, type VenueState } from "../venues/venue-state";

/** Prices on one path, by asset, in the numeraire. */
export interface Prices {
  /** Price over the start price for free assets, the peg for the others. */
  readonly level: Float64Array;
  /** Where prices would be without any sale. */
  readonly exogenous: Float64Array;
  /** What the venues trade at. */
  readonly market: Float64Array;
}

export function pricesOf({ assets: { length: n } }: Pick<Model, "assets">): Prices {
  return { level: new Float64Array(n), exogenous: new Float64Array(n), market: new Float64Array(n) };
}

/** Asset indices with every base before what is pegged to it. */
export function pegOrder(assets: readonly Asset[]): number[] {
  const order: number[] = [];
  const visit = (index: number): void => {
    if (order.includes(index)) return;
    const asset = assets[index];
    if (asset.kind === "pegged") visit(asset.base);
    order.push(index);
  };
  assets.forEach((_, index) => {
    visit(index);
  });
  return order;
}

/** Exogenous and market prices from the levels and the venues' impacts. A pegged asset follows its base's market. */
export function reprice(
  prices: Prices,
  { assets }: Pick<Model, "assets">,
  order: readonly number[],
  venues: readonly VenueState[],
): void {
  const { level, exogenous, market } = prices;
  for (const index of order) {
    const asset = assets[index];
    exogenous[index] = baseOf(asset, exogenous) * level[index];
    market[index] = baseOf(asset, market) * level[index];
    for (const state of venues) if (state.venue.traded === index) market[index] *= impactOf(state);
  }
}

function baseOf(asset: Asset, prices: Float64Array): number {
  return asset.kind === "pegged" ? prices[asset.base] * asset.ratio : asset.price;
}

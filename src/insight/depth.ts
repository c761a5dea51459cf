import type { Model, Venue } from "../engine/model";
import { depthsOf, recentre } from "../engine/venues/depth";

/** What a venue takes until its price has moved by `impact`: in the numeraire at start prices, before fees. */
export interface DepthAt {
  readonly impact: number;
  /** Of the traded asset, sold until its price is down by the impact. */
  readonly sell: number;
  /** Of the quote asset, spent until the traded asset's price is up by the impact. */
  readonly buy: number;
}

export const IMPACTS = [0.01, 0.05, 0.1];

/** A venue's depth at rest. Quotes take no more than the largest of them. */
export function depthOf({ assets }: Model, { traded, quote, curve }: Venue): DepthAt[] {
  const depths = depthsOf(curve);
  recentre(depths, assets[traded].price / assets[quote].price);
  return IMPACTS.map((impact) => ({
    impact,
    sell: depths.sell.sizeAtPrice(1 - impact) * assets[traded].price,
    buy: depths.buy.sizeAtPrice(1 / (1 + impact)) * assets[quote].price,
  }));
}

import type { Bid, Bidding } from "../markets/house";
import type { Liquidator } from "../model";
import { quoteRoute } from "../venues/quote";
import { type Desk, gasCost } from "./orders";

/** What a group bids. */
export interface PlacedBid {
  readonly bidder: Liquidator;
  readonly bid: Bid;
}

/**
 * The bid that stands once the groups free to act have outbid each other as far as they would go: a step above the best
 * that the strongest group's rivals would offer, and above the standing bid. A group does not outbid itself: one that is alone
 * gets the lot for the least bid there is. Undefined where nobody would beat the standing bid.
 */
export function bidOn(desk: Desk, bidding: Bidding): PlacedBid | undefined {
  const { best, leader, next } = bidding;
  const least = next(best);
  const limits = desk.groups.flatMap((bidder) => limitOf(desk, bidder, bidding, least));
  const strongest = limits.reduce<PlacedBid | undefined>(
    (top, limit) => (top === undefined || beats(limit.bid, top.bid) ? limit : top),
    undefined,
  );
  if (!strongest) return undefined;
  const { bidder, bid: most } = strongest;
  const rivals = limits.filter((limit) => limit !== strongest);
  if (bidder === leader && rivals.length === 0) return undefined;
  const wanted = next(rivals.reduce((top, { bid }) => (beats(bid, top) ? bid : top), best));
  return { bidder, bid: beats(wanted, most) ? most : wanted };
}

/** More paid, or as much for less. */
function beats(a: Bid, b: Bid): boolean {
  return a.pays > b.pays || (a.pays === b.pays && a.gets < b.gets);
}

/** Halvings of the lot that is looked for. */
const HALVINGS = 40;

/**
 * The best that a group would offer: as much as the lot can be sold for now, less the gas of a bid and of the sale and the
 * group's least profit. None where that is not even the least bid.
 */
function limitOf(
  desk: Desk,
  bidder: Liquidator,
  { from, to, wanted, best }: Bidding,
  least: Bid,
): PlacedBid[] {
  const { market, routes, venues } = desk;
  const costs = (2 * gasCost(bidder, desk) + bidder.minProfit) / market[to];
  const worth = (gets: number) =>
    routes(from, to).reduce((most, route) => Math.max(most, quoteRoute(venues, route, gets).out), 0) - costs;
  if (worth(least.gets) < least.pays) return [];
  const whole = worth(best.gets);
  if (whole < wanted) return [{ bidder, bid: { pays: whole, gets: best.gets } }];
  let [low, high] = [0, best.gets];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (worth(middle) < wanted) low = middle;
    else high = middle;
  }
  return [{ bidder, bid: { pays: wanted, gets: high } }];
}

import type { Hop, Route } from "./routes";
import { type Fill, spotOf, tradeOn, type VenueState } from "./venue-state";

/** What a route would pay for an amount on its own, and the share of the amount that finds depth. */
export interface RouteQuote {
  out: number;
  filled: number;
}

const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };

/** Quotes `amount` along a route at the venues' present state, changing nothing. */
export function quoteRoute(states: readonly VenueState[], route: Route, amount: number): RouteQuote {
  let carried = amount;
  let filled = 1;
  for (const hop of route) {
    const input = carried * (1 - feeOf(states, hop));
    if (input <= 0) return { out: 0, filled };
    tradeOn(states[hop.venue], hop.selling, input, fill);
    filled *= 1 - fill.unfilled / input;
    carried = fill.out;
  }
  return { out: carried, filled };
}

export function feeOf(states: readonly VenueState[], hop: Hop): number {
  const { venue } = states[hop.venue];
  return hop.selling ? venue.sellFee : venue.buyFee;
}

/** Output per unit that a route pays for the smallest amounts: no amount is paid more. */
export function spotRate(states: readonly VenueState[], route: Route): number {
  return route.reduce((rate, hop) => {
    const spot = spotOf(states[hop.venue]);
    return rate * (1 - feeOf(states, hop)) * (hop.selling ? spot : 1 / spot);
  }, 1);
}

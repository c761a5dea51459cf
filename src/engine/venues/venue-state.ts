import { exp } from "../math/exp";
import { log } from "../math/log";
import { pow } from "../math/pow";
import type { Venue } from "../model";
import { type Depth, type Depths, depthsOf, recentre } from "./depth";

/** How much of a venue's depth is in use: traded units sold into it, or quote units spent in it; one of them is 0. */
export interface Position {
  sold: number;
  spent: number;
}

/** A venue on one path: how far its price is from the exogenous one, and the depth that is left. */
export interface VenueState extends Position {
  readonly venue: Venue;
  readonly depths: Depths;
  /** Log impact that recovers. It says where on the depth curves the venue is. */
  transient: number;
  /** Log impact that stays. It moves the mid price. */
  permanent: number;
  /** Quote units per traded unit at the mid: without the transient impact. */
  mid: number;
}

/** What a trade does: output received, input that finds no depth, and where it leaves the venue. */
export interface Fill extends Position {
  out: number;
  unfilled: number;
}

/** Keeps the log impact finite where a quoted curve ends at price 0. */
const deepest = 1e-9;

export function venueState(venue: Venue): VenueState {
  return { venue, depths: depthsOf(venue.curve), transient: 0, permanent: 0, mid: 1, sold: 0, spent: 0 };
}

export function resetVenue(state: VenueState): void {
  state.transient = 0;
  state.permanent = 0;
}

/** Liquidity leaves or comes back in proportion at every price: the price stays, and the next trade finds this share of the depth. */
export function setDepth({ depths }: VenueState, share: number): void {
  depths.sell.scale = share;
  depths.buy.scale = share;
}

/** The transient impact halves every `recovery` seconds. */
export function recoverVenue(state: VenueState, seconds: number): void {
  if (state.transient === 0 || state.venue.recovery === Number.POSITIVE_INFINITY) return;
  state.transient *= pow(0.5, seconds / state.venue.recovery);
}

export function impactOf(state: VenueState): number {
  return state.transient === 0 && state.permanent === 0 ? 1 : exp(state.transient + state.permanent);
}

/** Sets mid and position from current market prices, which include this venue's impact on its traded asset. */
export function centreVenue(state: VenueState, market: Float64Array): void {
  const spot = market[state.venue.traded] / market[state.venue.quote];
  state.mid = state.transient === 0 ? spot : spot / exp(state.transient);
  recentre(state.depths, state.mid);
  state.sold = state.transient < 0 ? state.depths.sell.sizeAtPrice(exp(state.transient)) : 0;
  state.spent = state.transient > 0 ? state.depths.buy.sizeAtPrice(exp(-state.transient)) : 0;
}

/** Quote units per traded unit for the next small trade, before fees. */
export function spotOf(state: VenueState): number {
  if (state.sold > 0) return state.mid * state.depths.sell.marginalPrice(state.sold);
  return state.spent > 0 ? state.mid / state.depths.buy.marginalPrice(state.spent) : state.mid;
}

/** Sells `amount` of the traded asset (net of fees), or buys it for `amount` of the quote asset; changes nothing. */
export function tradeOn(state: VenueState, selling: boolean, amount: number, fill: Fill): void {
  const { sell, buy } = state.depths;
  if (selling) {
    trade(sell, state.sold, buy, state.spent, state.mid, amount);
    fill.sold = traded.used;
    fill.spent = traded.back;
  } else {
    trade(buy, state.spent, sell, state.sold, 1 / state.mid, amount);
    fill.spent = traded.used;
    fill.sold = traded.back;
  }
  fill.out = traded.out;
  fill.unfilled = traded.unfilled;
}

/** Moves the venue to a position; `permanent` of the move stays. Its mid is stale until it is centred again. */
export function settleVenue(state: VenueState, { sold, spent }: Position): void {
  const { sell, buy } = state.depths;
  const transient = sold > 0 ? logPrice(sell, sold) : spent > 0 ? -logPrice(buy, spent) : 0;
  const moved = transient - state.transient;
  state.permanent += state.venue.permanent * moved;
  state.transient += (1 - state.venue.permanent) * moved;
}

const traded = { out: 0, unfilled: 0, used: 0, back: 0 };

/**
 * Trades in the direction of `ahead`, of which `used` is gone. What the opposite direction has used, `back`,
 * is unwound first: the same pool serves both. `rate` is output per input at the mid.
 */
function trade(ahead: Depth, used: number, behind: Depth, back: number, rate: number, amount: number): void {
  const unwound = back > 0 ? behind.received(back) : 0;
  traded.unfilled = 0;
  traded.used = 0;
  if (amount * rate < unwound) {
    traded.back = behind.sizeReceiving(unwound - amount * rate);
    traded.out = back - traded.back;
    return;
  }
  const rest = Math.max(0, amount - unwound / rate);
  const filled = Math.min(rest, Math.max(0, ahead.capacity() - used));
  traded.back = 0;
  traded.used = used + filled;
  traded.out = back + rate * (ahead.received(traded.used) - ahead.received(used));
  traded.unfilled = rest - filled;
}

function logPrice(depth: Depth, size: number): number {
  return log(Math.max(deepest, depth.marginalPrice(size)));
}

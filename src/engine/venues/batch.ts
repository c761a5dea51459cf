import { feeOf } from "./quote";
import type { Hop, Route } from "./routes";
import { type Fill, type Position, spotOf, tradeOn, type VenueState } from "./venue-state";

/** An amount on its way along a route. */
export interface Flow {
  readonly route: Route;
  readonly amount: number;
}

/** What a batch of flows came to; the venues are not changed until it is settled. */
export interface BatchFill {
  /** Output of each flow; 0 where its venues ran out of depth. */
  readonly out: Float64Array;
  /** False where a venue could not take the whole batch. */
  readonly filled: boolean;
  /** Where each venue passed is left. */
  readonly positions: ReadonlyMap<number, Position>;
  /** Units in and out of the venues by asset. */
  readonly venueIn: Float64Array;
  readonly venueOut: Float64Array;
}

/**
 * Executes flows as one batch. Each venue takes all its flows together: opposite ones are matched at its spot
 * price, the net goes to the curve, and each side shares its average price pro rata.
 */
export function fillBatch(
  states: readonly VenueState[],
  flows: readonly Flow[],
  assetCount: number,
): BatchFill {
  const carried = Float64Array.from(flows, (flow) => flow.amount);
  const passed = new Int32Array(flows.length);
  const positions = new Map<number, Position>();
  const batch = {
    out: carried,
    filled: true,
    positions,
    venueIn: new Float64Array(assetCount),
    venueOut: new Float64Array(assetCount),
  };
  const work = states.map((state) => ({ ...state }));
  for (const venue of venueOrder(flows)) {
    const here: number[] = [];
    flows.forEach((flow, i) => {
      if (flow.route[passed[i]]?.venue === venue) here.push(i);
    });
    if (here.length === 0) continue;
    batch.filled = passVenue(work, venue, flows, here, passed, carried, batch) && batch.filled;
    positions.set(venue, work[venue]);
  }
  return batch;
}

interface Side {
  flows: number[];
  gross: number;
  net: number;
}

function passVenue(
  states: VenueState[],
  venue: number,
  flows: readonly Flow[],
  here: readonly number[],
  passed: Int32Array,
  carried: Float64Array,
  batch: { venueIn: Float64Array; venueOut: Float64Array },
): boolean {
  const state = states[venue];
  const sides: { sell: Side; buy: Side } = { sell: emptySide(), buy: emptySide() };
  for (const i of here) {
    const hop = flows[i].route[passed[i]++];
    const side = hop.selling ? sides.sell : sides.buy;
    side.flows.push(i);
    side.gross += carried[i];
    side.net += carried[i] * (1 - feeOf(states, hop));
  }
  const { sold, bought, filled } = matchAndTrade(state, sides.sell.net, sides.buy.net);
  batch.venueIn[state.venue.traded] += sides.sell.gross;
  batch.venueIn[state.venue.quote] += sides.buy.gross;
  batch.venueOut[state.venue.quote] += sold;
  batch.venueOut[state.venue.traded] += bought;
  share(sides.sell, sold, carried);
  share(sides.buy, bought, carried);
  return filled;
}

function emptySide(): Side {
  return { flows: [], gross: 0, net: 0 };
}

function share(side: Side, out: number, carried: Float64Array): void {
  for (const i of side.flows) carried[i] = side.gross > 0 ? out * (carried[i] / side.gross) : 0;
}

const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };

/** Quote units paid to the sellers of `selling` traded units, traded units paid to those who spend `spending`. */
function matchAndTrade(
  state: VenueState,
  selling: number,
  spending: number,
): { sold: number; bought: number; filled: boolean } {
  const spot = spotOf(state);
  const matched = Math.min(selling, spending / spot);
  const restSelling = Math.max(0, selling - matched);
  const restSpending = Math.max(0, spending - matched * spot);
  let sold = matched * spot;
  let bought = matched;
  let filled = true;
  const netSelling = restSelling > 0 && matched < selling;
  if (netSelling || (restSpending > 0 && matched * spot < spending)) {
    tradeOn(state, netSelling, netSelling ? restSelling : restSpending, fill);
    if (netSelling) sold += fill.out;
    else bought += fill.out;
    filled = fill.unfilled === 0;
    state.sold = fill.sold;
    state.spent = fill.spent;
  }
  return { sold, bought, filled };
}

/**
 * An order in which every route passes its venues, so that each venue sees all its flows at once.
 * Where routes pass two venues both ways round, the one first met goes first and is met again.
 */
function venueOrder(flows: readonly Flow[]): number[] {
  const next = new Map<number, Set<number>>();
  for (const { route } of flows) {
    route.forEach((hop, i) => {
      link(next, hop, route[i + 1]);
    });
  }
  const order: number[] = [];
  const state = new Map<number, "open" | "done">();
  let cyclic = false;
  const visit = (venue: number): void => {
    if (state.get(venue) === "open") cyclic = true;
    if (state.has(venue)) return;
    state.set(venue, "open");
    for (const after of ascending(next.get(venue) ?? [])) visit(after);
    state.set(venue, "done");
    order.unshift(venue);
  };
  for (const venue of ascending(next.keys())) visit(venue);
  const longest = flows.reduce((most, flow) => Math.max(most, flow.route.length), 0);
  return cyclic ? Array.from({ length: longest }, () => order).flat() : order;
}

function link(next: Map<number, Set<number>>, hop: Hop, after: Hop | undefined): void {
  const followers = next.get(hop.venue) ?? new Set();
  if (after) followers.add(after.venue);
  next.set(hop.venue, followers);
}

function ascending(venues: Iterable<number>): number[] {
  return [...venues].sort((a, b) => a - b);
}

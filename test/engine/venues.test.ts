import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MarginalPrice, Venue } from "../../src/engine/model";
import { fillBatch } from "../../src/engine/venues/batch";
import { quoteRoute } from "../../src/engine/venues/quote";
import { connectedRoutes, routesBetween } from "../../src/engine/venues/routes";
import {
  centreVenue,
  type Fill,
  impactOf,
  recoverVenue,
  settleVenue,
  tradeOn,
  type VenueState,
  venueState,
} from "../../src/engine/venues/venue-state";
import { pool } from "./kit";

function at(venue: Venue, ...prices: number[]): VenueState {
  const state = venueState(venue);
  centreVenue(state, Float64Array.from(prices));
  return state;
}

/** Settles a fill and lets the venue's mid follow, as a step does. */
function settle(state: VenueState, fill: Fill): void {
  settleVenue(state, fill);
  centreVenue(state, Float64Array.of(state.mid * Math.exp(state.transient + state.permanent), 1));
}

const hop = { venue: 0, selling: true };
const sell = (state: VenueState, amount: number) => quoteRoute([state], [hop], amount).out;

describe("constant product", () => {
  it.each([
    [1, 1_993.801218],
    [10, 19_920.139621],
    [100, 197_431.606879],
    [1000, 1_813_221.78776],
  ])("10,000 ETH / 20M USD, fee 0.3%%: selling %d ETH pays %d", (amount, out) => {
    const state = at(pool(0, 1, [10_000, 20e6], { sellFee: 0.003 }), 2000, 1);
    expect(sell(state, amount)).toBeCloseTo(out, 5);
  });

  it.each([
    [0.01, 0.01970395, 0.00990099],
    [0.05, 0.09297052, 0.04761905],
    [0.1, 0.17355372, 0.09090909],
    [0.25, 0.36, 0.2],
    [0.5, 0.555556, 0.333333],
    [1, 0.75, 0.5],
  ])("selling %d of the reserve: the price falls by %d, the mean slippage is %d", (share, fall, slippage) => {
    const state = at(pool(0, 1, [1000, 1000]), 1, 1);
    const fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(state, true, 1000 * share, fill);
    settle(state, fill);
    expect(1 - impactOf(state)).toBeCloseTo(fall, 6);
    expect(1 - fill.out / (1000 * share)).toBeCloseTo(slippage, 6);
  });

  it("selling and buying back what was received restores the price: one pool serves both directions", () => {
    const state = at(pool(0, 1, [1000, 2e6]), 2000, 1);
    const fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(state, true, 150, fill);
    settle(state, fill);
    tradeOn(state, false, fill.out, fill);
    settle(state, fill);
    expect(fill.out).toBeCloseTo(150, 9);
    expect(state.transient).toBeCloseTo(0, 12);
  });
});

describe("quotes", () => {
  const falling = (...knots: [number, number][]): MarginalPrice => ({
    size: Float64Array.from(knots, ([size]) => size),
    price: Float64Array.from(knots, ([, price]) => price),
  });
  const curve = {
    model: "quotes",
    sell: falling([0, 1], [100, 0.9], [400, 0.6]),
    buy: falling([0, 1], [1e5, 0.8]),
  } as const;
  const state = (): VenueState => at(pool(0, 1, [1, 1], { curve }), 2000, 1);

  it("a sale receives the integral of the marginal price", () => {
    expect(sell(state(), 100)).toBeCloseTo(2000 * 95, 6);
    expect(sell(state(), 400)).toBeCloseTo(2000 * (95 + 225), 6);
  });

  it("beyond the last quote nothing fills, and that is said", () => {
    const quote = quoteRoute([state()], [hop], 500);
    expect(quote.out).toBeCloseTo(2000 * 320, 6);
    expect(quote.filled).toBeCloseTo(0.8, 12);
  });

  it("selling in two parts receives what one sale does", () => {
    const twice = state();
    const fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(twice, true, 150, fill);
    const first = fill.out;
    settle(twice, fill);
    tradeOn(twice, true, 200, fill);
    expect(first + fill.out).toBeCloseTo(sell(state(), 350), 6);
  });

  it("buying moves the price up along the other curve", () => {
    const bought = state();
    const fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(bought, false, 5e4, fill);
    settle(bought, fill);
    expect(fill.out).toBeCloseTo((5e4 * 0.95) / 2000, 9);
    expect(impactOf(bought)).toBeCloseTo(1 / 0.9, 12);
  });
});

describe("impact over time", () => {
  it("the transient part halves every recovery, the permanent part stays", () => {
    const state = at(pool(0, 1, [1000, 1000], { recovery: 1800, permanent: 0.3 }), 1, 1);
    settleVenue(state, { sold: 1000 * (Math.exp(0.1) - 1), spent: 0 });
    recoverVenue(state, 3600);
    expect(state.transient).toBeCloseTo(-0.2 * 0.7 * 0.25, 12);
    expect(state.permanent).toBeCloseTo(-0.06, 12);
  });
});

describe("routes", () => {
  const venues = [pool(0, 2, [1, 1]), pool(1, 0, [1, 1]), pool(3, 2, [1, 1])];

  it("go through every chain of venues, shortest first, without passing an asset twice", () => {
    expect(routesBetween(venues, 1, 0)).toEqual([[{ venue: 1, selling: true }]]);
    expect(routesBetween(venues, 1, 3)).toEqual([
      [
        { venue: 1, selling: true },
        { venue: 0, selling: true },
        { venue: 2, selling: false },
      ],
    ]);
    expect(routesBetween(venues, 0, 0)).toEqual([[]]);
    expect(routesBetween([venues[0]], 1, 2)).toEqual([]);
  });
});

describe("connected routes", () => {
  it("share a label with those they share a venue with, also through others", () => {
    const via = (...passed: number[]) => passed.map((venue) => ({ venue, selling: true }));
    const [a, b, c, d, e] = connectedRoutes([via(0), via(3), via(1, 2), via(2, 0), via()]);
    expect([a === c, a === d, a === b, a === e, b === e]).toEqual([true, true, false, false, false]);
  });
});

describe("batches", () => {
  const states = () => [at(pool(0, 1, [1000, 2e6]), 2000, 1)];
  const selling = (amount: number) => ({ route: [hop], amount });
  const buying = (amount: number) => ({ route: [{ venue: 0, selling: false }], amount });

  it("flows one way share the average price pro rata", () => {
    const [a, b] = fillBatch(states(), [selling(30), selling(70)], 2).out;
    expect(a / 30).toBeCloseTo(b / 70, 9);
    expect(a + b).toBeCloseTo(sell(states()[0], 100), 6);
  });

  it("opposite flows are matched at the spot price and leave the price where it was", () => {
    const batch = fillBatch(states(), [selling(50), buying(100_000)], 2);
    expect(batch.out[0]).toBeCloseTo(100_000, 6);
    expect(batch.out[1]).toBeCloseTo(50, 9);
    expect(batch.positions.get(0)?.sold).toBeCloseTo(0, 9);
  });

  it("a venue on several routes takes all its flows at once", () => {
    const two = [at(pool(0, 2, [1000, 2e6]), 2000, 2000, 1), at(pool(1, 0, [1000, 1000]), 2000, 2000, 1)];
    const long = { route: [{ venue: 1, selling: true }, hop], amount: 10 };
    const both = fillBatch(two, [selling(100), long], 3);
    expect(both.out[0] / 100).toBeCloseTo(both.out[1] / (10 * (1000 / 1010)), 6);
  });

  it("conserve units: what flows put in and take out is what the venues book", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ way: fc.boolean(), amount: fc.double({ min: 0.001, max: 500, noNaN: true }) }), {
          minLength: 1,
          maxLength: 8,
        }),
        (orders) => {
          const flows = orders.map(({ way, amount }) => (way ? selling(amount) : buying(amount * 2000)));
          const batch = fillBatch(states(), flows, 2);
          const out = [0, 0];
          orders.forEach(({ way }, i) => {
            out[way ? 1 : 0] += batch.out[i];
          });
          expect(out[0]).toBeCloseTo(batch.venueOut[0], 6);
          expect(out[1] / 2000).toBeCloseTo(batch.venueOut[1] / 2000, 6);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConcentratedCurve } from "../../src/engine/model";
import { quoteRoute, spotRate } from "../../src/engine/venues/quote";
import {
  centreVenue,
  type Fill,
  impactOf,
  settleVenue,
  spotOf,
  tradeOn,
  type VenueState,
  venueState,
} from "../../src/engine/venues/venue-state";
import { pool } from "./kit";

interface Range {
  readonly from: number;
  readonly to: number;
  readonly liquidity: number;
}

/** The curve of some ranges of prices. */
function curveOf(ranges: readonly Range[]): ConcentratedCurve {
  const ends = ranges.flatMap(({ from, to }) => [from, to]).filter((end) => end > 0 && end < Infinity);
  const bounds = [...new Set(ends)].sort((a, b) => a - b);
  const liquidity = [0, ...bounds].map((low, i) => {
    const inside = ranges.filter(({ from, to }) => from <= low && (bounds[i] ?? Infinity) <= to);
    return inside.reduce((sum, range) => sum + range.liquidity, 0);
  });
  return {
    model: "concentrated",
    root: Float64Array.from(bounds, Math.sqrt),
    liquidity: Float64Array.from(liquidity),
  };
}

function at(mid: number, ...ranges: Range[]): VenueState {
  const state = venueState(pool(0, 1, [1, 1], { curve: curveOf(ranges) }));
  centreVenue(state, Float64Array.of(mid, 1));
  return state;
}

const full = (liquidity: number): Range => ({ from: 0, to: Infinity, liquidity });
const nothing = (): Fill => ({ out: 0, unfilled: 0, sold: 0, spent: 0 });

/** Trades, and leaves the venue where that brings it; the exogenous price stays. */
function trade(state: VenueState, selling: boolean, amount: number): Fill {
  const exogenous = state.mid / Math.exp(state.permanent);
  const fill = nothing();
  tradeOn(state, selling, amount, fill);
  settleVenue(state, fill);
  centreVenue(state, Float64Array.of(exogenous * Math.exp(state.transient + state.permanent), 1));
  return fill;
}

const sell = (state: VenueState, amount: number) =>
  quoteRoute([state], [{ venue: 0, selling: true }], amount).out;

describe("one range over all prices", () => {
  it("is a constant product, whichever way one trades", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.array(fc.tuple(fc.boolean(), fc.double({ min: 1e-6, max: 3, noNaN: true })), { maxLength: 6 }),
        (price, trades) => {
          const [x, y] = [1000, 1000 * price];
          const product = venueState(pool(0, 1, [x, y]));
          centreVenue(product, Float64Array.of(price, 1));
          const range = at(price, full(Math.sqrt(x * y)));
          for (const [selling, share] of trades) {
            const amount = share * (selling ? x : y);
            const [a, b] = [trade(range, selling, amount), trade(product, selling, amount)];
            expect(a.unfilled).toBe(0);
            expect(Math.abs(a.out - b.out)).toBeLessThanOrEqual(1e-12 * b.out + 1e-14 * (selling ? y : x));
            expect(spotOf(range) / spotOf(product)).toBeCloseTo(1, 12);
          }
        },
      ),
    );
  });

  it.each([
    [1, 1_993.801218],
    [1000, 1_813_221.78776],
  ])("of 10,000 ETH and 20M USD, fee 0.3%%: selling %d ETH pays %d", (amount, out) => {
    expect(sell(at(2000, full(Math.sqrt(10_000 * 20e6))), amount * 0.997)).toBeCloseTo(out, 5);
  });
});

describe("a range", () => {
  const range = { from: 1600, to: 2500, liquidity: 1e5 };

  it("takes and pays what the white paper's formulas say up to its ends, and nothing beyond", () => {
    const [low, mid, high] = [1600, 2000, 2500].map(Math.sqrt);
    const sold = nothing();
    tradeOn(at(2000, range), true, 1e6, sold);
    expect(sold.sold).toBeCloseTo(1e5 * (1 / low - 1 / mid), 9);
    expect(sold.out).toBeCloseTo(1e5 * (mid - low), 6);
    expect(sold.unfilled).toBeCloseTo(1e6 - sold.sold, 6);
    const bought = nothing();
    tradeOn(at(2000, range), false, 1e9, bought);
    expect(bought.spent).toBeCloseTo(1e5 * (high - mid), 6);
    expect(bought.out).toBeCloseTo(1e5 * (1 / mid - 1 / high), 9);
  });

  it("leaves the price at its end when it is used up", () => {
    const state = at(2000, range);
    trade(state, true, 1e6);
    expect(impactOf(state)).toBeCloseTo(0.8, 12);
  });

  it("has no depth for sales once the market is below it, and is bought from its lower end", () => {
    const state = at(1000, range);
    expect(sell(state, 1)).toBe(0);
    const bought = nothing();
    tradeOn(state, false, 1, bought);
    expect(bought.out).toBeCloseTo(1 / 1600, 9);
  });

  it("stays where it is while the market moves: the closer its end, the less it takes", () => {
    const taken = [2400, 2000, 1700, 1600].map((price) => {
      const fill = nothing();
      tradeOn(at(price, range), true, 1e6, fill);
      return fill.sold;
    });
    expect(taken).toEqual(taken.toSorted((a, b) => b - a));
    expect(taken.at(-1)).toBe(0);
  });
});

describe("two ranges with a gap", () => {
  const state = () =>
    at(2000, { from: 1900, to: 2100, liquidity: 1e5 }, { from: 1000, to: 1500, liquidity: 1e5 });
  const first = 1e5 * (1 / Math.sqrt(1900) - 1 / Math.sqrt(2000));

  it("are one after the other for a sale that takes more than the first", () => {
    const fill = trade(state(), true, first + 10);
    const root = 1 / (1 / Math.sqrt(1500) + 10 / 1e5);
    expect(fill.out).toBeCloseTo(1e5 * (Math.sqrt(2000) - Math.sqrt(1900) + Math.sqrt(1500) - root), 6);
  });

  it("let nobody sell above the first price that is paid when the market stands in the gap", () => {
    const between = at(
      1700,
      { from: 1900, to: 2100, liquidity: 1e5 },
      { from: 1000, to: 1500, liquidity: 1e5 },
    );
    expect(sell(between, 1)).toBeLessThan(1500);
    expect(sell(between, 1)).toBeGreaterThan(1490);
  });
});

/** Ranges around 2000 that may overlap, touch and leave gaps, and a market price. */
const ranges = fc.array(
  fc
    .record({
      from: fc.integer({ min: 10, max: 29 }),
      width: fc.integer({ min: 1, max: 20 }),
      liquidity: fc.double({ min: 1, max: 1e4, noNaN: true }),
    })
    .map(({ from, width, liquidity }) => ({ from: from * 100, to: (from + width) * 100, liquidity })),
  { minLength: 1, maxLength: 6 },
);
const markets = fc.double({ min: 900, max: 5000, noNaN: true });
const amounts = fc.double({ min: 1e-2, max: 1e4, noNaN: true });

describe("any ranges", () => {
  it("are the same cut in two at any price", () => {
    fc.assert(
      fc.property(
        ranges,
        markets,
        fc.boolean(),
        amounts,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (all, mid, selling, size, share) => {
          const parts = all.flatMap(({ from, to, liquidity }) => {
            const cut = from + share * (to - from);
            return [
              { from, to: cut, liquidity },
              { from: cut, to, liquidity },
            ];
          });
          const amount = selling ? size : size * mid;
          const [whole, cut] = [nothing(), nothing()];
          tradeOn(at(mid, ...all), selling, amount, whole);
          tradeOn(at(mid, ...parts), selling, amount, cut);
          expect(Math.abs(whole.out - cut.out)).toBeLessThanOrEqual(1e-9 * whole.out);
          expect(Math.abs(whole.unfilled - cut.unfilled)).toBeLessThanOrEqual(1e-9 * amount);
        },
      ),
    );
  });

  it("pay more for more, at a price that never rises and never beats the spot rate", () => {
    fc.assert(
      fc.property(ranges, markets, fc.boolean(), amounts, amounts, (all, mid, selling, a, b) => {
        const state = at(mid, ...all);
        const unit = selling ? 1 : mid;
        const [less, more] = [Math.min(a, b) * unit, Math.max(a, b) * unit];
        const [small, large] = [nothing(), nothing()];
        tradeOn(state, selling, less, small);
        tradeOn(state, selling, more, large);
        const rate = spotRate([state], [{ venue: 0, selling }]);
        expect(large.out).toBeGreaterThanOrEqual(small.out * (1 - 1e-9));
        expect(large.out / more).toBeLessThanOrEqual((small.out / less) * (1 + 1e-9));
        expect(small.out / less).toBeLessThanOrEqual(rate * (1 + 1e-9));
      }),
    );
  });

  it("give back exactly what was put in: no trade and its reverse leave anybody richer or poorer", () => {
    fc.assert(
      fc.property(ranges, markets, fc.boolean(), amounts, (all, mid, selling, size) => {
        const state = at(mid, ...all);
        const amount = selling ? size : size * mid;
        const there = trade(state, selling, amount);
        fc.pre(there.out > 0);
        const back = trade(state, !selling, there.out);
        const put = amount - there.unfilled;
        expect(Math.abs(back.out - put)).toBeLessThanOrEqual(1e-9 * put + 1e-12 * (selling ? 1 : mid));
      }),
    );
  });

  it("pay the same in one trade as in two", () => {
    fc.assert(
      fc.property(ranges, markets, fc.boolean(), amounts, amounts, (all, mid, selling, a, b) => {
        const unit = selling ? 1 : mid;
        const [once, twice] = [at(mid, ...all), at(mid, ...all)];
        const whole = trade(once, selling, (a + b) * unit);
        const parts = [a, b].map((size) => trade(twice, selling, size * unit).out);
        expect(Math.abs(parts[0] + parts[1] - whole.out)).toBeLessThanOrEqual(1e-9 * whole.out);
      }),
    );
  });
});

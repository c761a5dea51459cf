import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueAt } from "../../src/engine/dynamics/path";
import { surroundingsOf } from "../../src/engine/dynamics/surroundings";
import type { Path, Surroundings, Venue } from "../../src/engine/model";
import { timeline } from "../../src/engine/timeline";
import {
  centreVenue,
  type Fill,
  impactOf,
  setDepth,
  settleVenue,
  tradeOn,
  venueState,
} from "../../src/engine/venues/venue-state";
import {
  feed,
  free,
  type Holding,
  market,
  model,
  monteCarlo,
  pool,
  reserve,
  run,
  searchers,
  shock,
} from "./kit";

const HOUR = 3600;
const DAY = 86_400;
const never = Number.POSITIVE_INFINITY;

function path(...anchors: readonly (readonly [time: number, value: number])[]): Path {
  return {
    time: Float64Array.from(anchors, ([time]) => time),
    value: Float64Array.from(anchors, ([, value]) => value),
  };
}

const around = (parts: Partial<Surroundings>): Surroundings => ({
  recover: never,
  oracles: [],
  ...parts,
});

describe("a path", () => {
  it("is log-linear between its anchors and constant outside of them", () => {
    const falling = path([0, 1], [HOUR, 0.25], [2 * HOUR, 0.5]);
    expect([-1, 0, HOUR / 2, HOUR, 1.5 * HOUR, 2 * HOUR, DAY].map((now) => valueAt(falling, now))).toEqual([
      1,
      1,
      expect.closeTo(0.5, 14),
      0.25,
      expect.closeTo(Math.sqrt(0.125), 14),
      0.5,
      0.5,
    ]);
  });
});

describe("depth", () => {
  const quotes: Venue = {
    ...pool(0, 1, [1000, 1e6]),
    curve: {
      model: "quotes",
      sell: { size: Float64Array.of(0, 100, 400), price: Float64Array.of(1, 0.9, 0.6) },
      buy: { size: Float64Array.of(0, 1e5, 4e5), price: Float64Array.of(1, 0.95, 0.7) },
    },
  };
  const venue = fc.constantFrom(pool(0, 1, [1000, 1e6]), quotes);

  /** What a sale or purchase pays, leaves unfilled and does to the price, at a share of the depth. */
  function trade(of: Venue, share: number, selling: boolean, amount: number) {
    const state = venueState(of);
    setDepth(state, share);
    centreVenue(state, Float64Array.of(1000, 1));
    const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(state, selling, amount, fill);
    settleVenue(state, fill);
    return { ...fill, impact: Math.abs(Math.log(impactOf(state))) };
  }

  it("at half of it, half the size has the same impact and price", () => {
    fc.assert(
      fc.property(venue, fc.double({ min: 1, max: 400, noNaN: true }), (of, amount) => {
        const whole = trade(of, 1, true, amount);
        const half = trade(of, 0.5, true, amount / 2);
        expect(half.impact).toBeCloseTo(whole.impact, 12);
        expect(half.out * 2).toBeCloseTo(whole.out, 6);
      }),
    );
  });

  it("less of it never lowers the impact of the same trade, and never pays more", () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        venue,
        fc.boolean(),
        fc.double({ min: 1e-3, max: 500, noNaN: true }),
        share,
        share,
        (...drawn) => {
          const [of, selling, size, one, other] = drawn;
          const amount = selling ? size : size * 1000;
          const [less, more] = [Math.min(one, other), Math.max(one, other)].map((each) =>
            trade(of, each, selling, amount),
          );
          expect(less.impact).toBeGreaterThanOrEqual(more.impact * (1 - 1e-12));
          expect(less.out).toBeLessThanOrEqual(more.out * (1 + 1e-12));
          expect(less.unfilled).toBeGreaterThanOrEqual(more.unfilled);
        },
      ),
    );
  });

  it("that leaves or comes back does not move the price, and an impact stays what it was", () => {
    const state = venueState(quotes);
    centreVenue(state, Float64Array.of(1000, 1));
    const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
    tradeOn(state, true, 200, fill);
    settleVenue(state, fill);
    const impact = impactOf(state);
    setDepth(state, 0.3);
    centreVenue(state, Float64Array.of(1000 * impact, 1));
    expect(impactOf(state)).toBe(impact);
    expect(state.sold).toBeCloseTo(0.3 * 200, 9);
    expect(state.mid).toBeCloseTo(1000, 9);
  });

  it("falls with the move, and what is missing halves every `recover`", () => {
    const fall = around({ depth: path([0, 1], [HOUR, 0.5]), recover: DAY });
    const crash = shock([-0.4], { over: HOUR, hold: 2 * DAY, surroundings: fall });
    const steps = timeline(model({ assets: [free("WETH", 1000)], markets: [] }), crash);
    const { depth } = surroundingsOf(crash, steps);
    let now = 0;
    steps.forEach((length, step) => {
      now += length;
      const expected = now <= HOUR ? 0.5 ** (now / HOUR) : 1 - 0.5 * 0.5 ** ((now - HOUR) / DAY);
      expect(depth[step]).toBeCloseTo(expected, 9);
    });
    expect(depth.at(-1)).toBeCloseTo(0.875, 9);
  });
});

describe("a scenario's surroundings", () => {
  const holdings: Holding[] = Array.from({ length: 40 }, (_, i) => ({
    account: `a${i}`,
    collateral: { 0: 10 },
    debt: { 1: 10 * (500 + 7 * i) },
  }));
  const from = model({
    assets: [free("WETH", 1000, 0.9), free("USDC", 1)],
    venues: [pool(0, 1, [2000, 2e6], { recovery: HOUR })],
    liquidators: [{ ...searchers, gasUnits: 5e5, gasPrice: 1e-8, gasAsset: 0 }],
    markets: [market("aave-v3.3", [reserve(0), reserve(1, { threshold: 0 })], holdings)],
  });
  const crash = shock([-0.3, 0], { over: HOUR, hold: 6 * HOUR });
  const tail = monteCarlo({ paths: 8 });

  it.each([crash, tail])("of all the depth and the usual gas change no bit ($kind)", (scenario) => {
    const usual = around({ gas: path([0, 1]), depth: path([0, 1], [HOUR, 1]) });
    expect(run(from, { ...scenario, surroundings: usual })).toEqual(run(from, scenario));
  });

  it.each([crash, tail])("of less depth make prices fall further ($kind)", (scenario) => {
    const lowest = (depth: number) =>
      Math.min(
        ...run(from, { ...scenario, surroundings: around({ depth: path([0, depth]) }) }).assets[0].lowest,
      );
    expect(lowest(0.5)).toBeLessThan(lowest(1));
    expect(lowest(0.2)).toBeLessThan(lowest(0.5));
  });

  it.each([crash, tail])("of dearer gas leave less to liquidators, and more undone ($kind)", (scenario) => {
    const [usual, dear, dearest] = [1, 2, 1e4].map((multiple) =>
      run(from, { ...scenario, surroundings: around({ gas: path([0, multiple]) }) }),
    );
    const total = (column: Float64Array) => column.reduce((sum, each) => sum + each, 0);
    expect(total(dear.assets[0].gas)).toBeGreaterThan(total(usual.assets[0].gas));
    expect(total(dearest.markets[0].liquidatedAccounts)).toBe(0);
    expect(total(dearest.markets[0].stalledDebt)).toBeGreaterThan(total(usual.markets[0].stalledDebt));
  });
});

describe("an oracle that is wrong", () => {
  /** Staked ether at a rate of 1.2 against ether, in loops of loan-to-value 90% to 95%; its oracle is a rate of ether's. */
  const loops: Holding[] = Array.from({ length: 26 }, (_, i) => ({
    account: `a${String(i).padStart(2, "0")}`,
    collateral: { 0: 100 },
    debt: { 1: 120 * (0.9 + 0.002 * i) },
  }));
  const staked = {
    ...free("wstETH", 2400),
    kind: "pegged",
    base: 1,
    ratio: 1.2,
    reversion: never,
  } as const;
  const from = model({
    assets: [staked, free("WETH", 2000), free("USDC", 1)],
    oracles: [{ name: "wsteth-usd", kind: "rate", base: 1, rate: 1.2 }, feed(1)],
    venues: [pool(0, 1, [50_000, 60_000]), pool(1, 2, [1e5, 2e8])],
    markets: [market("aave-v3.3", [reserve(0, { threshold: 0.955, bonus: 0.01 }), reserve(1)], loops)],
  });
  const wrong = (by: number, frozen = false): Surroundings =>
    around({ oracles: [{ oracle: 0, multiple: path([0, 1 + by]), frozen }] });

  it("by -2.85%, as Aave's cap of 10 March 2026, has healthy loops liquidated while no market moves", () => {
    const calm = run(from, shock([0, 0, 0]));
    const incident = run(from, shock([0, 0, 0], { surroundings: wrong(-0.0285) }));
    expect(calm.markets[0].liquidatedAccounts[0]).toBe(0);
    const broken = loops.filter(({ debt }) => debt[1] > 120 * (1 - 0.0285) * 0.955).length;
    expect(incident.markets[0].liquidatedAccounts[0]).toBe(broken);
    expect(incident.markets[0].badDebt[0]).toBe(0);
    expect(incident.assets[0].exogenousLowest[0]).toBe(2400);
  });

  it("by nothing changes no bit", () => {
    const fall = shock([-0.02, -0.3, 0], { over: HOUR });
    expect(run(from, { ...fall, surroundings: wrong(0) })).toEqual(run(from, fall));
  });

  it("or frozen, sees no depeg: nobody is liquidated, and there is bad debt", () => {
    const depeg = shock([-0.2, 0, 0], { over: HOUR });
    const market = model({ ...from, oracles: [feed(0), feed(1)] });
    expect(run(market, depeg).markets[0].liquidatedAccounts[0]).toBeGreaterThan(0);
    const blind = run(market, { ...depeg, surroundings: wrong(0, true) }).markets[0];
    expect(blind.liquidatedAccounts[0]).toBe(0);
    expect(blind.badDebt[0]).toBeGreaterThan(0);
  });

  it("and is a base takes what is based on it along; a feed shows its error after its delay", () => {
    const late = model({ ...from, oracles: [from.oracles[0], feed(1, { delay: 600 })] });
    const error = around({ oracles: [{ oracle: 1, multiple: path([0, 0.5]), frozen: false }] });
    const liquidated = (hold: number) =>
      run(late, shock([0, 0, 0], { hold, surroundings: error })).markets[0].shortfall[0];
    expect(liquidated(500)).toBe(0);
    expect(liquidated(HOUR)).toBe(0);
    const dollars = model({
      ...late,
      markets: [
        market(
          "aave-v3.3",
          [reserve(0), reserve(2, { oracle: -1 })],
          [{ account: "a", collateral: { 0: 1 }, debt: { 1: 1000 } }],
        ),
      ],
    });
    const shortfall = (hold: number) =>
      run(dollars, shock([0, 0, 0], { hold, surroundings: error })).markets[0].shortfall[0];
    expect(shortfall(500)).toBe(0);
    expect(shortfall(HOUR)).toBeCloseTo(1000 - 1200 * 0.8, 9);
  });
});

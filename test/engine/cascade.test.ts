import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatSamples } from "../../src/engine/concat";
import { Flag } from "../../src/engine/samples";
import { Cancelled, prepare, simulate } from "../../src/engine/simulate";
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

/** Accounts of 1 WETH (price 1000, threshold 80%) whose liquidation prices are spread evenly below 1000. */
function ladder(count: number, lowest: number, units = 1): Holding[] {
  return Array.from({ length: count }, (_, i) => {
    const price = 999 - ((999 - lowest) * i) / count;
    return {
      account: `a${String(i).padStart(4, "0")}`,
      collateral: { 0: units },
      debt: { 1: units * price * 0.8 },
    };
  });
}

const assets = [free("WETH", 1000, 0.8), free("USDC", 1)];
const reserves = [reserve(0), reserve(1, { threshold: 0 })];

function laddered(depth: number, options: Partial<Parameters<typeof model>[0]> = {}, count = 200) {
  return model({
    assets,
    venues: [pool(0, 1, [depth, depth * 1000])],
    markets: [market("compound-v2", reserves, ladder(count, 500))],
    ...options,
  });
}

describe("the loop from sale to price", () => {
  it("sales move the price below the exogenous fall, and put more accounts under water", () => {
    const crash = shock([-0.1, 0]);
    const withSales = run(laddered(2000), crash);
    const without = run(laddered(2000), { ...crash, feedback: false });
    expect(withSales.assets[0].lowest[0]).toBeLessThan(withSales.assets[0].exogenousLowest[0]);
    expect(without.assets[0].lowest[0]).toBe(without.assets[0].exogenousLowest[0]);
    expect(withSales.markets[0].liquidatedAccounts[0]).toBeGreaterThan(
      without.markets[0].liquidatedAccounts[0],
    );
  });

  it("a deeper venue never makes the fall larger", () => {
    const lows = [500, 1000, 2000, 4000, 8000].map(
      (depth) => run(laddered(depth), shock([-0.1, 0])).assets[0].lowest[0],
    );
    expect(lows).toEqual([...lows].sort((a, b) => a - b));
  });

  it("a larger shock never liquidates less", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.4, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (small, more) => {
          const value = (fall: number) =>
            run(laddered(4000), shock([-fall, 0])).markets[0].liquidatedAccounts[0];
          expect(value(small + more)).toBeGreaterThanOrEqual(value(small));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(["aave-v3.3", "compound-v2"])(
    "%s: a cascade without a floor within the book ends and says so",
    (rules) => {
      const flagOf = (depth: number) => {
        const from = laddered(depth, { markets: [market(rules, reserves, ladder(200, 500))] });
        return run(from, shock([-0.05, 0], { hold: 86400 })).flags[0] & Flag.noFloor;
      };
      expect([100, 200, 1000, 1e6].map(flagOf)).toEqual([Flag.noFloor, Flag.noFloor, 0, 0]);
    },
  );

  it("a small book that the shock alone wipes out has a floor: the exogenous price", () => {
    const { flags } = run(laddered(1e6, {}, 1), shock([-0.5, 0], { hold: 86400 }));
    expect(flags[0] & Flag.noFloor).toBe(0);
  });

  it("a short squeeze is a cascade upward: buying back the debt moves its price up", () => {
    const short = { account: "short", collateral: { 1: 3000 }, debt: { 0: 2.3 } };
    const squeezed = model({
      assets,
      venues: [pool(0, 1, [50, 50_000])],
      markets: [market("compound-v2", [reserve(0), reserve(1)], [short])],
    });
    const samples = run(squeezed, shock([0.1, 0]));
    expect(samples.assets[0].highest[0]).toBeGreaterThan(1100);
  });

  it("a dollar shock on an asset whose debt is the same asset changes no health factor", () => {
    const loop = { account: "loop", collateral: { 0: 1 }, debt: { 0: 0.79 } };
    const same = model({ assets, markets: [market("compound-v2", reserves, [loop])] });
    expect(run(same, shock([-0.9, 0])).markets[0].liquidatableAccounts[0]).toBe(0);
  });
});

describe("toxic liquidation: the sequential map of Warmuz, Chaudhary and Pinna (arXiv:2212.07306)", () => {
  const toxic = (debt: number, rounds: number) => {
    const terms = { threshold: 0.05, bonus: 0.045 };
    const from = model({
      assets: [free("COL", 1), free("USD", 1)],
      venues: [pool(0, 1, [1e15, 1e15])],
      markets: [
        market(
          "compound-v2",
          [reserve(0, terms), reserve(1, terms)],
          [{ account: "a", collateral: { 0: 100 }, debt: { 1: debt } }],
        ),
      ],
    });
    const [collateral, owed] = run(from, shock([0, 0], { hold: 12 * rounds })).markets[0].flows;
    return { collateral: collateral.collateralEnd[0], debt: owed.debtEnd[0] };
  };

  it.each([
    [90, [0.849457, 0.763683, 0.635369, 0.475561, 0.3164, 0.189534]],
    [96, [0.963082, 0.969305, 0.981997, 1.008403, 1.065719, 1.202405]],
    [95.69, [0.956862, 0.956787, 0.956635, 0.956333, 0.95573, 0.954525]],
  ])("close factor 50%%, bonus 4.5%%, collateral 100, debt $0", (debt, expected) => {
    const ltv = expected.map((_, i) => {
      const left = toxic(debt, i + 1);
      return left.debt / left.collateral;
    });
    ltv.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 6);
    });
  });

  it("above the frontier 1 / 1.045 six rounds leave collateral 1.2475 against debt 1.5", () => {
    const left = toxic(96, 6);
    expect(left.collateral).toBeCloseTo(1.2475, 4);
    expect(left.debt).toBeCloseTo(1.5, 4);
  });
});

describe("liquidators", () => {
  const lone = (group: Partial<typeof searchers>, depth = 1e6) =>
    laddered(depth, { liquidators: [{ ...searchers, ...group }] }, 1);

  it("leave open what does not pay after gas, and it is counted as stalled", () => {
    const { markets } = run(lone({ gasUnits: 500_000, gasPrice: 1e-7, gasAsset: 0 }), shock([-0.1, 0]));
    expect(markets[0].liquidatedAccounts[0]).toBe(0);
    expect(markets[0].stalledDebt[0]).toBeCloseTo(999 * 0.8, 6);
  });

  it("act when the profit reaches their minimum", () => {
    const profit = 999 * 0.8 * 0.5 * 0.05;
    expect(
      run(lone({ minProfit: profit - 0.5 }), shock([-0.01, 0], { hold: 12 })).markets[0]
        .liquidatedAccounts[0],
    ).toBe(1);
    expect(
      run(lone({ minProfit: profit + 0.5 }), shock([-0.01, 0], { hold: 12 })).markets[0]
        .liquidatedAccounts[0],
    ).toBe(0);
  });

  it("sell less where the whole sale would slip too much", () => {
    const whale = model({
      assets,
      venues: [pool(0, 1, [1000, 1e6])],
      markets: [
        market("compound-v2", reserves, [{ account: "w", collateral: { 0: 1000 }, debt: { 1: 799_000 } }]),
      ],
    });
    const { markets } = run(whale, shock([-0.01, 0], { hold: 12 }));
    const share = markets[0].flows[1].repaid[0] / 399_500;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.2);
    expect(markets[0].liquidatorProfit[0]).toBeGreaterThan(0);
  });

  it.each([1, 1e2, 1e4, 1e7])(
    "sell the size that earns most of an account %s times as large as the venue: it follows from the venue alone",
    (times) => {
      const depth = 1000;
      const account = { account: "a", collateral: { 0: times * depth }, debt: { 1: times * depth * 900 } };
      const from = laddered(depth, { markets: [market("aave-v3.3", reserves, [account])] });
      const { seized } = run(from, shock([0, 0], { hold: 12 })).markets[0].flows[0];
      expect(Math.abs(seized[0] / (depth * (Math.sqrt(1.05) - 1)) - 1)).toBeLessThan(1e-3);
    },
  );

  it("pay for what others do in the same round: the gap between quote and fill", () => {
    const crowd = run(laddered(4000), shock([-0.2, 0], { hold: 12 }));
    expect(crowd.markets[0].liquidatorGap[0]).toBeGreaterThan(0);
  });

  it("of another, dearer group do not slow those who act", () => {
    const idle = { ...searchers, name: "idle", minProfit: 1e12 };
    const two = laddered(3000, { liquidators: [idle, searchers] });
    const long = monteCarlo({ paths: 20, step: 7200, horizon: 14_400 });
    expect(run(two, long).markets[0].liquidatedValue).toEqual(
      run(laddered(3000), long).markets[0].liquidatedValue,
    );
  });

  it("are not slowed by an oracle that their market does not read", () => {
    const spare = laddered(3000, { oracles: [feed(0), feed(1), feed(0, { delay: 7200 })] });
    const { markets } = run(laddered(3000), shock([-0.2, 0]));
    expect(run(spare, shock([-0.2, 0])).markets[0].badDebt).toEqual(markets[0].badDebt);
    expect(run(spare, shock([-0.2, 0])).markets[0].liquidatedValue).toEqual(markets[0].liquidatedValue);
  });

  it("of one venue are not held up by an order that does not pay on another", () => {
    const assets = [free("WETH", 1000), free("USDC", 1), free("WBTC", 50_000)];
    const venues = [pool(0, 1, [2000, 2e6]), pool(2, 1, [1e5, 5e9])];
    const tiny = { account: "x", collateral: { 0: 0.26 }, debt: { 1: 200 } };
    const large = { account: "y", collateral: { 0: 260 }, debt: { 1: 200_000 } };
    const others = Array.from({ length: 20 }, (_, i) => ({
      account: `z${i}`,
      collateral: { 2: 1 },
      debt: { 1: 39_000 },
    }));
    const from = model({
      assets,
      venues,
      liquidators: [{ ...searchers, minProfit: 4, reaction: 7200 }],
      markets: [market("compound-v2", [reserve(0), reserve(1), reserve(2)], [tiny, large, ...others])],
    });
    expect(run(from, shock([-0.1, 0, -0.1])).markets[0].liquidatedAccounts[0]).toBeGreaterThanOrEqual(21);
  });

  it("take a part on a shallow venue rather than nothing on a dear deep one", () => {
    const venues = [pool(0, 1, [100, 1e5]), pool(0, 1, [1e9, 1e12], { sellFee: 0.1 })];
    const whale = market("compound-v2", reserves, [
      { account: "w", collateral: { 0: 1000 }, debt: { 1: 799_000 } },
    ]);
    const { markets } = run(model({ assets, venues, markets: [whale] }), shock([-0.01, 0], { hold: 12 }));
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
  });

  it("without a route to the debt nothing fills", () => {
    const { markets } = run(laddered(1, { venues: [] }), shock([-0.3, 0]));
    expect(markets[0].liquidatedAccounts[0]).toBe(0);
    expect(markets[0].stalledDebt[0]).toBeGreaterThan(0);
  });
});

describe("time within a step", () => {
  const slow = (delay: number, reaction = 0) =>
    laddered(3000, { oracles: [feed(0, { delay }), feed(1)], liquidators: [{ ...searchers, reaction }] });

  it("with a delay as long as the step there is no second round", () => {
    expect(
      run(slow(600), monteCarlo({ paths: 40, step: 600, horizon: 7200 })).rounds.every(
        (rounds) => rounds <= 1,
      ),
    ).toBe(true);
    expect(
      run(slow(0), monteCarlo({ paths: 40, step: 600, horizon: 7200 })).rounds.some((rounds) => rounds > 1),
    ).toBe(true);
  });

  it("a round costs the reaction: as many as fit in the step", () => {
    const many = run(slow(0), shock([-0.3, 0], { hold: 300 })).rounds[0];
    const few = run(slow(0, 150), shock([-0.3, 0], { hold: 300 })).rounds[0];
    expect(few).toBeLessThan(many);
  });

  it("who could be liquidated is looked at just before the first liquidation, not when the first account turns", () => {
    const nobody = laddered(3000, { liquidators: [] });
    const { markets } = run(nobody, shock([-0.2, 0], { over: 3600 }));
    const atOnce = run(nobody, shock([-0.2, 0])).markets[0];
    expect(markets[0].liquidatableAccounts[0]).toBe(atOnce.liquidatableAccounts[0]);
    expect(markets[0].shortfall[0]).toBeCloseTo(atOnce.shortfall[0], 6);
    expect(markets[0].stalledDebt[0]).toBeGreaterThan(0);
  });

  it("nothing is pending when nobody is left", () => {
    const slowest = [{ ...searchers, reaction: 7200 }];
    const one = { account: "a", collateral: { 0: 1 }, debt: { 1: 790 } };
    const from = laddered(1e6, { liquidators: slowest, markets: [market("aave-v3.3", reserves, [one])] });
    expect(run(from, shock([-0.1, 0], { hold: 600 })).flags[0]).toBe(0);
  });

  it("what had no time is pending", () => {
    const cut = run(slow(0, 3600), shock([-0.3, 0], { hold: 60 }));
    expect(cut.flags[0] & Flag.pending).toBe(Flag.pending);
  });

  it("results converge as the step shrinks", () => {
    const venues = [pool(0, 1, [3000, 3e6], { recovery: 3600 })];
    // The deviation of a feed whose asset never moves sets the step of a shock and nothing else.
    const value = (deviation: number) => {
      const from = laddered(3000, { venues, oracles: [feed(0), feed(1, { deviation })] });
      return run(from, shock([-0.2, 0], { over: 3600, hold: 3600 })).markets[0].liquidatedValue[0][0];
    };
    const finest = value(0.0008);
    const errors = [0.02, 0.01, 0.005, 0.002].map((deviation) => Math.abs(value(deviation) / finest - 1));
    expect(Math.max(...errors)).toBeLessThan(0.02);
    expect(errors.at(-1)).toBeLessThan(0.003);
  });
});

describe("paths", () => {
  const from = laddered(3000, { venues: [pool(0, 1, [3000, 3e6], { recovery: 1800 })] });
  const tail = monteCarlo({ paths: 12, horizon: 6 * 3600, step: 1800 });

  it("any split of the range gives the same bits", () => {
    const whole = run(from, tail);
    const parts = [
      { first: 0, count: 5 },
      { first: 5, count: 1 },
      { first: 6, count: 6 },
    ].map((range) => run(from, tail, range));
    expect(concatSamples(parts)).toEqual(whole);
  });

  it("another seed gives other paths, and every path is another", () => {
    const ranges = (seed: number) => {
      const { lowest, highest } = run(from, { ...tail, seed }).assets[0];
      return Array.from(lowest, (low, path) => highest[path] - low);
    };
    expect(new Set(ranges(7)).size).toBe(tail.paths);
    expect(ranges(8)).not.toEqual(ranges(7));
  });

  it("the terminal log price has the variance of the horizon, also when the last step is shorter", () => {
    const calm = model({ assets, markets: [] });
    const ends = Array.from({ length: 400 }, (_, path) => {
      const { trace } = simulate(
        calm,
        monteCarlo({ paths: 400, horizon: 86400, step: 7 * 3600 }),
        { first: path, count: 1 },
        { trace: true },
      );
      return Math.log((trace?.exogenous[0].at(-1) ?? 0) / 1000);
    });
    const variance = ends.reduce((sum, x) => sum + x * x, 0) / ends.length;
    expect(variance / (0.64 / 365)).toBeGreaterThan(1 - 3 * Math.sqrt(2 / 400));
    expect(variance / (0.64 / 365)).toBeLessThan(1 + 3 * Math.sqrt(2 / 400));
  });

  it("a cancelled run stops within one step, and the model can be run again", () => {
    const simulation = prepare(from);
    const range = { first: 0, count: 12 };
    let asked = 0;
    expect(() => simulation.run(tail, range, { cancelled: () => ++asked > 30 })).toThrow(Cancelled);
    expect(asked).toBe(31);
    expect(simulation.run(tail, range)).toEqual(run(from, tail));
  });
});

describe("the order of accounts", () => {
  it("changes nothing", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ladder(30, 500), { minLength: 30, maxLength: 30 }), (shuffled) => {
        const given = (holdings: readonly Holding[]) =>
          run(laddered(500, { markets: [market("aave-v3.3", reserves, holdings)] }), shock([-0.2, 0]));
        expect(given(shuffled)).toEqual(given(ladder(30, 500)));
      }),
      { numRuns: 20 },
    );
  });
});

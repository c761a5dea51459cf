import { describe, expect, it } from "vitest";
import { free, market, model, monteCarlo, pool, reserve, run } from "./kit";

/** Errors of published risk simulators in how often something happens, beside the probabilities in closed form. */

const YEAR = 365 * 86_400;
const WEEK = 7 * 86_400;
const VOLATILITY = 0.8;
const LOWEST = 950;

/** One account of ether at 1000 that can be liquidated below `LOWEST`, and sales that move no price. */
function one(threshold = 0.8) {
  const account = { account: "a", collateral: { 0: 1 }, debt: { 1: 0.8 * LOWEST } };
  return model({
    assets: [free("WETH", 1000, VOLATILITY), free("USDC", 1)],
    venues: [pool(0, 1, [1e9, 1e12])],
    markets: [market("aave-v3.3", [reserve(0, { threshold }), reserve(1)], [account])],
  });
}

/** The normal distribution function, by Simpson's rule over its density: to more than eight decimals. */
function normal(x: number): number {
  const parts = 400;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < parts; i++) sum += density((x * i) / parts) * (i % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * x) / parts / 3;
}

const drift = -0.5 * VOLATILITY * VOLATILITY;

/** That the price ends below a level of the start price after `years`. */
function endsBelow(level: number, years: number): number {
  return normal((Math.log(level) - drift * years) / (VOLATILITY * Math.sqrt(years)));
}

/**
 * A barrier that is looked at once a step is hit as often as one that is looked at always and is this many deviations
 * of a step further: Broadie, Glasserman and Kou, "A continuity correction for discrete barrier options" (1997).
 */
const FURTHER = 0.5826;

/** That the price has been below a level at some time of `years`: the reflection principle with a drift. */
function hasBeenBelow(level: number, years: number): number {
  const reflected = (Math.log(level) + drift * years) / (VOLATILITY * Math.sqrt(years));
  return endsBelow(level, years) + level ** ((2 * drift) / VOLATILITY ** 2) * normal(reflected);
}

function shareLiquidated(step: number, paths: number): number {
  const { liquidatedAccounts } = run(one(), monteCarlo({ horizon: WEEK, step, paths })).markets[0];
  return liquidatedAccounts.reduce((sum, count) => sum + count, 0) / paths;
}

const errorOf = (probability: number, paths: number) => Math.sqrt((probability * (1 - probability)) / paths);

describe("the probability of being liquidated", () => {
  it("is that of a health factor below 1: in one step, of ending below the liquidation price", () => {
    const paths = 10_000;
    const expected = endsBelow(LOWEST / 1000, WEEK / YEAR);
    const share = shareLiquidated(WEEK, paths);
    expect(Math.abs(share - expected)).toBeLessThan(3 * errorOf(expected, paths));
  });

  it.each([
    ["hourly", 3600],
    ["daily", 86_400],
  ])(
    "seen %s misses what a price does in between: as with a barrier further by 0.5826 deviations of a step",
    (_, step) => {
      const paths = 6000;
      const further = Math.exp(-FURTHER * VOLATILITY * Math.sqrt(step / YEAR));
      const expected = hasBeenBelow((LOWEST / 1000) * further, WEEK / YEAR);
      const share = shareLiquidated(step, paths);
      expect(Math.abs(share - expected)).toBeLessThan(3 * errorOf(expected, paths));
      expect(share).toBeLessThan(hasBeenBelow(LOWEST / 1000, WEEK / YEAR));
    },
  );
});

describe("two variants of a parameter", () => {
  it("meet the same prices: path for path, who is safer is never worse off", () => {
    const tail = monteCarlo({ horizon: WEEK, step: 3600 * 6, paths: 200 });
    const [tight, loose] = [0.8, 0.82].map((threshold) => run(one(threshold), tail));
    expect(loose.assets[0].exogenousLowest).toEqual(tight.assets[0].exogenousLowest);
    const count = (samples: typeof tight) => [...samples.markets[0].liquidatedAccounts];
    expect(count(loose).every((liquidated, path) => liquidated <= count(tight)[path])).toBe(true);
    expect(count(loose)).not.toEqual(count(tight));
  });

  it("meet the same prices of what both have, also where one has an asset more", () => {
    const tail = monteCarlo({ horizon: WEEK, step: 3600 * 6, paths: 20 });
    const { assets, markets, venues } = one();
    const more = model({ assets: [...assets, free("WBTC", 50_000, 0.7)], markets, venues });
    expect(run(more, tail).assets[0].exogenousLowest).toEqual(run(one(), tail).assets[0].exogenousLowest);
  });
});

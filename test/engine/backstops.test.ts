import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Backstop, Market, Model } from "../../src/engine/model";
import { free, market, model, monteCarlo, pool, reserve, run, shock } from "./kit";

const WETH = 0;
const USDC = 1;
const WBTC = 2;

/** One account of 10 WETH that owes dollars: at 1,000 it is sound, at 500 it lacks what it owes above 5,000. */
function owing(dollars: number, name = "core"): Market {
  const holdings = [{ account: name, collateral: { 0: 10 }, debt: { 1: dollars } }];
  return { ...market("aave-v2", [reserve(WETH), reserve(USDC)], holdings), name };
}

/** No venue: nothing is liquidated, and what is missing at the horizon is known by hand. */
function stranded(backstops: readonly Backstop[], markets: readonly Market[] = [owing(5100)]): Model {
  return model({ assets: [free("WETH", 1000), free("USDC", 1), free("WBTC", 50_000)], markets, backstops });
}

const dollars = (amount: number, more: Partial<Backstop> = {}): Backstop => ({
  asset: USDC,
  amount,
  covers: USDC,
  ...more,
});

const HALVED = shock([-0.5, 0, 0]);

function outcome(from: Model, scenario = HALVED) {
  const { backstops, markets } = run(from, scenario);
  const at = (column: Float64Array) => column[0];
  return {
    badDebt: markets.map(({ badDebt }) => badDebt[0]),
    uncovered: markets.map(({ uncovered }) => uncovered[0]),
    covered: markets.map(({ coveredOf }) => coveredOf.map(at)),
    used: backstops.map(at),
  };
}

describe("a backstop", () => {
  it("leaves 40 of a bad debt of 100 when it has 60", () => {
    expect(outcome(stranded([dollars(60)]))).toEqual({
      badDebt: [100],
      uncovered: [expect.closeTo(40, 9)],
      covered: [[0, 60]],
      used: [60],
    });
  });

  it("pays what is missing and keeps the rest: nothing is left to the last cent", () => {
    expect(outcome(stranded([dollars(150)]))).toMatchObject({
      uncovered: [0],
      used: [expect.closeTo(100, 9)],
    });
  });

  it("is worth what its asset is at the horizon", () => {
    const ether = dollars(0.1, { asset: WETH });
    expect(outcome(stranded([ether]))).toMatchObject({ uncovered: [expect.closeTo(50, 9)], used: [0.1] });
    const bitcoin = dollars(0.01, { asset: WBTC });
    expect(outcome(stranded([bitcoin]), shock([-0.5, 0, -0.96]))).toMatchObject({
      uncovered: [expect.closeTo(80, 9)],
      used: [0.01],
    });
    expect(outcome(stranded([bitcoin]))).toMatchObject({
      uncovered: [0],
      used: [expect.closeTo(100 / 50_000, 12)],
    });
  });

  it("pays before those after it", () => {
    expect(outcome(stranded([dollars(70), dollars(60)]))).toMatchObject({
      uncovered: [0],
      used: [70, expect.closeTo(30, 9)],
    });
    expect(outcome(stranded([dollars(60), dollars(70)]))).toMatchObject({
      uncovered: [0],
      used: [60, expect.closeTo(40, 9)],
    });
  });

  it("does not pay what is owed in another asset", () => {
    expect(outcome(stranded([{ asset: WETH, amount: 6000, covers: WETH }]))).toEqual({
      badDebt: [100],
      uncovered: [100],
      covered: [[0, 0]],
      used: [0],
    });
  });

  it("pays for its market alone, or in proportion for all", () => {
    const two = [owing(5100), owing(5300, "other")];
    expect(outcome(stranded([dollars(80)], two))).toMatchObject({
      uncovered: [expect.closeTo(80, 9), expect.closeTo(240, 9)],
      covered: [
        [0, expect.closeTo(20, 9)],
        [0, expect.closeTo(60, 9)],
      ],
    });
    expect(outcome(stranded([dollars(80, { market: 1 })], two))).toMatchObject({
      uncovered: [100, expect.closeTo(220, 9)],
      used: [80],
    });
  });

  it("pays its part of what an account lacks that owes two assets", () => {
    const holdings = [{ account: "a", collateral: { 0: 10 }, debt: { 1: 3000, 2: 0.06 } }];
    const both = market("aave-v2", [reserve(WETH), reserve(USDC), reserve(WBTC)], holdings);
    const from = stranded([dollars(1e6)], [both]);
    // At half the price 1,000 of 6,000 are missing: half of it in dollars, half in bitcoin.
    expect(outcome(from)).toMatchObject({
      badDebt: [1000],
      uncovered: [expect.closeTo(500, 9)],
      used: [expect.closeTo(500, 9)],
    });
  });

  it("pays units of what was written off, whatever they were worth then", () => {
    // A short of 20 WETH against dollars: WETH doubles, the collateral goes and the rest is written off.
    const holdings = [{ account: "a", collateral: { 1: 30_000 }, debt: { 0: 20 } }];
    const short = market("morpho-blue", [reserve(WETH), reserve(USDC)], holdings);
    const from = model({
      assets: [free("WETH", 1000), free("USDC", 1)],
      markets: [short],
      venues: [pool(WETH, USDC, [1e6, 1e9])],
      backstops: [{ asset: WETH, amount: 1, covers: WETH }],
    });
    const samples = run(from, shock([1, 0]));
    const [{ flows, badDebt, uncovered }] = samples.markets;
    const writtenOff = flows[0].writtenOff[0];
    expect(writtenOff).toBeGreaterThan(5);
    expect(uncovered[0]).toBeCloseTo(badDebt[0] * (1 - 1 / writtenOff), 6);
  });
});

describe("backstops on random paths", () => {
  const tail = monteCarlo({ paths: 16, step: 14_400 });
  const lossy = (backstops: readonly Backstop[]) =>
    model({
      assets: [free("WETH", 1000, 2), free("USDC", 1), free("WBTC", 50_000, 1)],
      markets: [owing(7900), owing(7500, "other")],
      venues: [pool(WETH, USDC, [3, 3000])],
      backstops,
    });
  const backstop = fc.record({
    asset: fc.constantFrom(USDC, WETH, WBTC),
    amount: fc.double({ min: 0, max: 3, noNaN: true }),
    covers: fc.constantFrom(USDC, USDC, WETH),
    market: fc.constantFrom(undefined, 0, 1),
  });
  const sum = (columns: readonly Float64Array[], path: number) =>
    columns.reduce((total, column) => total + column[path], 0);

  it("leave no more than there is, and pay what they take away", () => {
    fc.assert(
      fc.property(fc.array(backstop, { maxLength: 4 }), (backstops) => {
        const { markets, count } = run(lossy(backstops), tail);
        for (let path = 0; path < count; path++) {
          for (const { badDebt, uncovered, coveredOf } of markets) {
            const [lost, left, paid] = [badDebt[path], uncovered[path], sum(coveredOf, path)];
            expect(left).toBeLessThanOrEqual(lost + 1e-9);
            expect(Math.abs(lost - left - paid)).toBeLessThanOrEqual(1e-9 * Math.max(1, lost));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it("leave less the more they have", () => {
    fc.assert(
      fc.property(
        fc.array(backstop, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (backstops, times) => {
          const [first, ...rest] = backstops;
          const [less, more] = [first, { ...first, amount: first.amount * times }].map((each) =>
            run(lossy([each, ...rest]), tail),
          );
          for (let path = 0; path < less.count; path++) {
            const left = ({ markets }: typeof less) =>
              sum(
                markets.map(({ uncovered }) => uncovered),
                path,
              );
            expect(left(more)).toBeLessThanOrEqual(left(less) + 1e-9);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it("of nothing are none, to the bit", () => {
    const without = run(lossy([]), tail).markets;
    expect(without.some(({ badDebt }) => badDebt.some((loss) => loss > 0))).toBe(true);
    expect(run(lossy([dollars(0), dollars(0, { asset: WBTC })]), tail).markets).toEqual(without);
    for (const { badDebt, uncovered } of without) expect(uncovered).toEqual(badDebt);
  });
});

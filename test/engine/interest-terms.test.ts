import { describe, expect, it } from "vitest";
import { accrue, poolOf } from "../../src/engine/interest/pool";
import { kinkedRate } from "../../src/engine/interest/rate-curve";
import { compoundV2 } from "../../src/engine/markets/compound-v2";
import { compoundV3 } from "../../src/engine/markets/compound-v3";
import { crvusd } from "../../src/engine/markets/crvusd";
import { eulerV2 } from "../../src/engine/markets/euler-v2";
import { maker } from "../../src/engine/markets/maker";
import { morphoBlue } from "../../src/engine/markets/morpho-blue";
import type { RuleSet } from "../../src/engine/markets/rule-set";
import { YEAR } from "../../src/engine/year";
import { free, type Holding, market, model, pool, run, shock } from "./kit";

const names = {
  asset: (name: string) => ["WETH", "USDC"].indexOf(name),
  oracle: (name: string) => Number(name),
};
const MONTH = 30 * 86_400;

/** A month in which no price moves, of a market entry as a file would have it. */
function month(rules: RuleSet, entry: object, ...holdings: readonly Holding[]) {
  const { reserves, ...terms } = rules.terms(entry as never, names);
  const from = model({
    assets: [free("WETH", 1000), free("USDC", 1, 0, 6)],
    venues: [pool(0, 1, [1e5, 1e8])],
    markets: [market(rules.id, reserves, holdings, terms)],
  });
  return run(from, shock([0, 0], { hold: MONTH })).markets[0].flows;
}

const loan: Holding = { account: "a", collateral: { 0: 10 }, debt: { 1: 5000 } };

describe("a Morpho market with its totals and a rate at target", () => {
  const entry = { collateral: "WETH", loan: "USDC", lltv: 0.86, oracle: "0", supplied: 1e6 };

  it("charges the rate at target while 90% is lent; the interest itself lifts utilisation and rate a little", () => {
    const [, usdc] = month(morphoBlue, { ...entry, borrowed: 9e5, rateAtTarget: 0.04 }, loan);
    const above = usdc.debtInterest[0] / (5000 * (Math.exp((0.04 * 30) / 365) - 1)) - 1;
    expect(above).toBeGreaterThan(0);
    expect(above).toBeLessThan(0.01);
  });

  it("charges more and more while all is lent: the rate doubles in five days", () => {
    const [, usdc] = month(morphoBlue, { ...entry, borrowed: 1e6, rateAtTarget: 0.04 }, loan);
    const rateAfter = 0.16 * Math.exp((50 * 30) / 365);
    const average = (rateAfter - 0.16) / ((50 * 30) / 365);
    expect(usdc.debtInterest[0] / (5000 * (Math.exp((average * 30) / 365) - 1))).toBeCloseTo(1, 1);
  });

  it("charges nothing without", () => {
    expect(month(morphoBlue, entry, loan)[1].debtInterest[0]).toBe(0);
  });
});

describe("a Compound v2 market with its totals and a jump rate", () => {
  const rate = { kink: 0.8, base: 0.02, multiplier: 0.1, jumpMultiplier: 2 };
  const lent = (borrowed: number) => ({ oracle: "1", supplied: 1e6, borrowed, reserveFactor: 0.1, rate });
  const entry = (borrowed: number) => ({
    closeFactor: 0.5,
    liquidationIncentive: 0.08,
    reserves: { WETH: { oracle: "0", collateralFactor: 0.75 }, USDC: lent(borrowed) },
  });

  it.each([
    [4e5, 0.06],
    [8e5, 0.1],
    [9e5, 0.3],
  ])("with %d of a million lent charges %d a year", (borrowed, yearly) => {
    const [, usdc] = month(compoundV2, entry(borrowed), loan);
    expect(usdc.debtInterest[0] / (5000 * (Math.exp((yearly * 30) / 365) - 1))).toBeCloseTo(1, 1);
  });

  it("pays suppliers what is charged less the reserves' part", () => {
    const supplier: Holding = { account: "a", collateral: { 0: 10, 1: 1e5 }, debt: { 1: 5000 } };
    const [, flows] = month(compoundV2, entry(8e5), supplier);
    const perDebt = flows.debtInterest[0] / 5000;
    expect(flows.collateralInterest[0] / 1e5 / (perDebt * 0.8 * 0.9)).toBeCloseTo(1, 9);
  });
});

describe("a Comet with its totals and its two curves", () => {
  const supplyRate = { kink: 0.8, base: 0, slopeLow: 0.05, slopeHigh: 0.5 };
  const borrowRate = { kink: 0.8, base: 0.02, slopeLow: 0.05, slopeHigh: 1 };
  const entry = (borrowed: number) => ({
    base: "USDC",
    oracle: "1",
    reserves: 2e5,
    supplied: 1e6,
    borrowed,
    supplyRate,
    borrowRate,
    collaterals: { WETH: { oracle: "0", liquidateFactor: 0.85, liquidationFactor: 0.95 } },
  });

  it.each([
    [4e5, 0.04],
    [8e5, 0.06],
    [9e5, 0.16],
  ])("with %d of a million lent charges %d a year", (borrowed, yearly) => {
    const [, usdc] = month(compoundV3, entry(borrowed), loan);
    expect(usdc.debtInterest[0] / (5000 * (Math.exp((yearly * 30) / 365) - 1))).toBeCloseTo(1, 1);
  });

  it("charges by a utilisation above 1 where it lends its reserves", () => {
    const [, usdc] = month(compoundV3, entry(1.1e6), loan);
    expect(usdc.debtInterest[0]).toBeGreaterThan(5000 * (Math.exp((0.35 * 30) / 365) - 1));
  });

  it.each([
    [2e5, 1.2e6, []],
    [2e5, 1.2e6 + 1, ["borrowed-above-supplied"]],
    [-2e5, 8e5, []],
    [-2e5, 8e5 + 1, ["borrowed-above-supplied"]],
  ])("with reserves of %d can have lent %d: %j", (reserves, borrowed, rules) => {
    expect(compoundV3.check({ ...entry(borrowed), reserves }).map(({ rule }) => rule)).toEqual(rules);
  });

  it("leaves the reserves what debts are charged and suppliers do not earn", () => {
    const terms = compoundV3.terms(entry(8e5) as never, names).reserves[1].interest!;
    const pool = poolOf(terms);
    const growth = { debt: 1, supply: 1 };
    const kept = accrue(pool, YEAR, growth);
    expect(growth).toEqual({ debt: 1.06, supply: 1.04 });
    expect(kept).toBeCloseTo(8e5 * 0.06 - 1e6 * 0.04, 6);
    expect(pool.debt - pool.supply).toBeCloseTo(8e5 - 1e6 + kept, 6);
  });
});

describe("an Euler vault with its totals and a linear kink", () => {
  const rate = { kink: 0.8, base: 0.02, slope1: 0.1, slope2: 2 };
  const entry = (borrowed: number, of: object = rate) => ({
    asset: "USDC",
    oracle: "1",
    maxDiscount: 0.15,
    supplied: 1e6,
    borrowed,
    rate: of,
    collaterals: { WETH: { oracle: "0", liquidationLtv: 0.85 } },
  });

  it.each([
    [4e5, 0.06],
    [8e5, 0.1],
    [9e5, 0.3],
  ])("with %d of a million lent charges %d a year", (borrowed, yearly) => {
    const [, usdc] = month(eulerV2, entry(borrowed), loan);
    expect(usdc.debtInterest[0] / (5000 * (Math.exp((yearly * 30) / 365) - 1))).toBeCloseTo(1, 1);
  });

  it.each([
    [0.5, 0.1],
    [1, 3],
  ])("of the kit's own tests: at a utilisation of %d it is %d a year, compounded", (utilisation, yearly) => {
    const yearOfKit = 365.2425 * 86_400;
    const [slope1, slope2] = [1_406_417_851, 19_050_045_013].map(
      (spy) => ((spy * 2 ** 32) / 1e27) * yearOfKit,
    );
    const terms = eulerV2.terms(entry(8e5, { kink: 0.5, base: 0, slope1, slope2 }) as never, names);
    const { curve } = terms.reserves[1].interest!;
    if (curve.kind !== "kinked") throw new Error("A curve of two slopes.");
    expect(Math.expm1(kinkedRate(curve, utilisation))).toBeCloseTo(yearly, 6);
  });

  it("compounds every second, as rpow(1 + rate a second, seconds)", () => {
    const flat = { kink: 0.8, base: 0.5, slope1: 0, slope2: 0 };
    const [, usdc] = month(eulerV2, entry(8e5, flat), loan);
    const everySecond = Math.expm1(MONTH * Math.log1p(0.5 / YEAR));
    expect(usdc.debtInterest[0] / (5000 * everySecond)).toBeCloseTo(1, 7);
  });
});

describe("a Maker market with stability fees", () => {
  const ilk = (asset: string, oracle: string, duty?: number) => ({
    asset,
    oracle,
    mat: 1.5,
    ...(duty === undefined ? {} : { duty }),
    ...{ chop: 0.13, dust: 0, buf: 1.2, tail: 7200, cusp: 0.4, chip: 0, tip: 0 },
    calc: { exponential: { cut: 0.9999 } },
  });
  const two = (duty?: number) => ({
    debt: "USDC",
    ilks: { A: ilk("WETH", "0", duty), B: ilk("USDC", "1", 0) },
  });

  it("adds the fee of a year to a debt in a year, every second of it: 1.05^(30 / 365) in a month", () => {
    const [, , dai] = month(maker, two(0.05), { account: "a", collateral: { 0: 10 }, debt: { 2: 5000 } });
    expect(dai.debtEnd[0] / (5000 * 1.05 ** (30 / 365))).toBeCloseTo(1, 12);
  });

  it("charges an ilk's own fee, whatever the others'", () => {
    const holdings: Holding[] = [
      { account: "a", collateral: { 0: 10 }, debt: { 2: 5000 } },
      { account: "b", collateral: { 1: 10_000 }, debt: { 2: 3000 } },
    ];
    const [, , dai] = month(maker, two(0.05), ...holdings);
    expect(dai.debtInterest[0] / (5000 * (1.05 ** (30 / 365) - 1))).toBeCloseTo(1, 9);
    expect(month(maker, two(0), ...holdings)).toEqual(month(maker, two(), ...holdings));
  });

  it("makes a vault unsafe by time alone, and does not charge what has been taken over", () => {
    const near = { account: "a", collateral: { 0: 10 }, debt: { 2: 6640 } };
    const [weth, , dai] = month(maker, two(0.05), near);
    expect(weth.collateralEnd[0]).toBe(0);
    expect(dai.debtInterest[0]).toBeGreaterThan(10_000 / 1.5 - 6640);
    expect(dai.debtInterest[0]).toBeLessThan(10_000 / 1.5 - 6640 + 0.1);
    expect(dai.absorbed[0] - dai.debtInterest[0]).toBeCloseTo(6640, 9);
  });
});

describe("a crvUSD market with a rate", () => {
  const entry = (rate?: number) => ({ collateral: "WETH", debt: "USDC", oracle: "0", basePrice: 1000, rate });

  it("charges the rate all the time: e^(7% x 30 / 365) in a month", () => {
    const [, stable] = month(crvusd, entry(0.07), loan);
    expect(stable.debtEnd[0] / (5000 * Math.exp((0.07 * 30) / 365))).toBeCloseTo(1, 12);
  });

  it("charges nothing without", () => {
    expect(month(crvusd, entry(0), loan)).toEqual(month(crvusd, entry(), loan));
  });
});

import { describe, expect, it } from "vitest";
import { compoundV2 } from "../../src/engine/markets/compound-v2";
import { morphoBlue } from "../../src/engine/markets/morpho-blue";
import type { RuleSet } from "../../src/engine/markets/rule-set";
import { free, type Holding, market, model, pool, run, shock } from "./kit";

const names = {
  asset: (name: string) => ["WETH", "USDC"].indexOf(name),
  oracle: (name: string) => Number(name),
};
const MONTH = 30 * 86_400;

/** A month in which no price moves, of a market entry as a file would have it. */
function month(rules: RuleSet, entry: object, holding: Holding) {
  const { reserves, ...terms } = rules.terms(entry as never, names);
  const from = model({
    assets: [free("WETH", 1000), free("USDC", 1, 0, 6)],
    venues: [pool(0, 1, [1e5, 1e8])],
    markets: [market(rules.id, reserves, [holding], terms)],
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

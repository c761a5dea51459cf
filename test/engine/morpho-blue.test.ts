import { describe, expect, it } from "vitest";
import { isUnderWater } from "../../src/engine/book/health";
import { incentiveOf, morphoBlue } from "../../src/engine/markets/morpho-blue";
import type { Model } from "../../src/engine/model";
import fixture from "../fixtures/morpho-blue.json";
import { bookOf, feed, free, model, pool, reserve, run, shock } from "./kit";
import { accountOf, expectUnits, liquidate, pairOf } from "./liquidation";

interface Isolated {
  readonly lltv: number;
  readonly collateral: number;
  readonly debt: number;
  /** Of the collateral in the loan, and of the loan in the numeraire. */
  readonly prices: readonly [number, number];
  readonly loanDecimals?: number;
}

/** One account in a market of WETH against a loan. */
function isolated({ lltv, collateral, debt, prices, loanDecimals = 6 }: Isolated): Model {
  const lending = {
    unit: 1,
    emodes: [],
    reserves: [
      reserve(0, { threshold: lltv, bonus: incentiveOf(lltv) }),
      reserve(1, { oracle: -1, threshold: 0, bonus: 0 }),
    ],
  };
  const book = bookOf([{ account: "a", collateral: { 0: collateral }, debt: { 1: debt } }]);
  return model({
    assets: [free("WETH", prices[0] * prices[1]), free("LOAN", prices[1], 0, loanDecimals)],
    oracles: [feed(0, { quote: 1 })],
    venues: [pool(0, 1, [1e9, 1e9 * prices[0]])],
    markets: [{ name: "weth-loan", rules: "morpho-blue", lending, book }],
  });
}

const accountIn = (terms: Isolated) => accountOf(isolated(terms), [terms.prices[0], 1]);
const legs = { collateral: 0, debt: 1 };
const units = (text: string, decimals: number) => Number(text) / 10 ** decimals;

describe("Morpho Blue as recorded from the contract", () => {
  /** A double cannot hold ten ether less one wei, which the contract takes for collateral that is left. */
  const BEYOND_DOUBLES = "M9-almost-all-seized-leaves-1wei-no-baddebt";
  const cases = fixture.cases.filter((each) => each.in && each.id !== BEYOND_DOUBLES);

  it.each(cases.map((each) => [each.id, each] as const))(
    "%s",
    (_, { in: input, lif, before, out, after }) => {
      if (!input || !before || !out || !after) throw new Error("The case is incomplete.");
      const lltv = units(input.lltv, 18);
      const [collateral, debt] = [units(before.collateral, 18), units(before.totalBorrowAssets, 6)];
      const account = accountIn({ lltv, collateral, debt, prices: [input.price1, 1] });
      expectUnits(1 + incentiveOf(lltv), lif, 18, "incentive factor");
      const all = input.amount === "all";
      const outcome = liquidate(morphoBlue, account, legs, all ? Infinity : units(out.repaidAssets, 6));
      if (!outcome) throw new Error("The position is healthy.");
      expectUnits(outcome.repaid, out.repaidAssets, 6, "repaid");
      expectUnits(outcome.received, out.seizedAssets, 18, "seized", 1e-6 / input.price1);
      expectUnits(outcome.deficit.get(1) ?? 0, out.badDebtAssets, 6, "bad debt");
      expectUnits(account.amount[0], after.collateral, 18, "collateral left", 1e-6 / input.price1);
      expectUnits(account.amount[1], after.totalBorrowAssets, 6, "debt left");
    },
  );
});

describe("Morpho Blue's liquidation incentive (ConstantsLib.sol: cursor 0.3, at most 1.15)", () => {
  it.each([
    [0.625, 1.126761, 0.8875, 0.29578],
    [0.77, 1.074114, 0.931, 0.17293],
    [0.86, 1.043841, 0.958, 0.1023],
    [0.915, 1.026167, 0.9745, 0.06106],
    [0.945, 1.016777, 0.9835, 0.03915],
    [0.965, 1.010611, 0.9895, 0.02476],
    [0.98, 1.006036, 0.994, 0.01408],
  ])(
    "at an LLTV of %d the factor is %d, the toxic frontier %d, the buffer %d",
    (lltv, factor, frontier, buffer) => {
      const own = 1 + incentiveOf(lltv);
      expect(own).toBeCloseTo(factor, 6);
      expect(1 / own).toBeCloseTo(frontier, 6);
      expect(Math.abs(1 - lltv * own - buffer)).toBeLessThan(1e-5);
    },
  );

  it("is capped at 15% up to an LLTV of 56.52%", () => {
    expect(incentiveOf(0.5652)).toBeCloseTo(0.15, 6);
    expect(incentiveOf(0.5652)).toBe(0.15);
    expect(incentiveOf(0.5653)).toBeLessThan(0.15);
  });
});

describe("Gauntlet's examples of insolvency (gauntlet-xyz, README of the Morpho insolvency study)", () => {
  /** With the study's own round incentives. */
  const insolvent = (incentive: number, collateral: number, debt: number, price: number) => {
    const from = isolated({ lltv: 0.8, collateral, debt, prices: [price, 1] });
    const { reserves } = from.markets[0].lending;
    const lending = {
      ...from.markets[0].lending,
      reserves: [{ ...reserves[0], bonus: incentive }, reserves[1]],
    };
    const account = accountOf({ ...from, markets: [{ ...from.markets[0], lending }] }, [price, 1]);
    return liquidate(morphoBlue, account, pairOf(account, 0, 1));
  };

  it("97 owed on 98.5 of collateral, incentive 2%: 96.57 repaid, 0.43 of bad debt", () => {
    const outcome = insolvent(0.02, 1, 97, 98.5);
    expect(outcome?.repaid).toBeCloseTo(96.57, 2);
    expect(outcome?.deficit.get(1)).toBeCloseTo(0.43, 2);
  });

  it("160 owed on 165 of collateral, incentive 10%: 150 repaid, 165 claimed, 10 of bad debt", () => {
    const outcome = insolvent(0.1, 1, 160, 165);
    expect(outcome?.repaid).toBeCloseTo(150, 12);
    expect(outcome?.received).toBe(1);
    expect(outcome?.deficit.get(1)).toBeCloseTo(10, 12);
  });
});

describe("Morpho Blue: a position on the boundary", () => {
  it.each([
    ["is healthy when it owes what its collateral carries", 1591.0, false],
    ["can be liquidated when it owes a unit more", 1591.000001, true],
    ["is healthy when it owes a unit less", 1590.999999, false],
  ])("%s", (_, debt, expected) => {
    expect(isUnderWater(accountIn({ lltv: 0.86, collateral: 1, debt, prices: [1850, 1] }), morphoBlue)).toBe(
      expected,
    );
  });

  it("is cut to whole units of the loan: 0.1 x 1234.56789 x 86% carries 106.172838 of six decimals", () => {
    const owing = (debt: number) => accountIn({ lltv: 0.86, collateral: 0.1, debt, prices: [1234.56789, 1] });
    expect(isUnderWater(owing(106.172838), morphoBlue)).toBe(false);
    expect(isUnderWater(owing(106.172839), morphoBlue)).toBe(true);
  });
});

describe("Morpho Blue in a simulation", () => {
  it("socialises what the collateral does not pay, at once", () => {
    const from = isolated({ lltv: 0.86, collateral: 10, debt: 16_000, prices: [2000, 1] });
    const { markets } = run(from, shock([-0.25, 0]));
    const [collateral, loan] = markets[0].flows;
    expect(collateral.collateralEnd[0]).toBe(0);
    expect(loan.debtEnd[0]).toBe(0);
    expect(loan.writtenOff[0]).toBeCloseTo(16_000 - 15_000 / (1 + incentiveOf(0.86)), 3);
    expect(markets[0].badDebt[0]).toBeCloseTo(loan.writtenOff[0], 6);
  });

  it("reports what is owed in another asset than the numeraire in the numeraire", () => {
    const stuck = { lltv: 0.945, collateral: 100, debt: 100, prices: [1.1, 3000] as const, loanDecimals: 18 };
    const { markets } = run({ ...isolated(stuck), liquidators: [] }, shock([-0.1, 0]));
    expect(markets[0].shortfall[0]).toBeCloseTo((100 - 99 * 0.945) * 3000, 6);
    expect(markets[0].stalledDebt[0]).toBeCloseTo(100 * 3000, 6);
  });

  it("does not care when both legs move together", () => {
    const loop = { lltv: 0.945, collateral: 100, debt: 103, prices: [1.1, 3000] as const, loanDecimals: 18 };
    const { markets } = run(isolated(loop), shock([-0.5, -0.5]));
    expect(markets[0].liquidatableAccounts[0]).toBe(0);
  });
});

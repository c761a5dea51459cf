import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accrue,
  cancel,
  type InterestTerms,
  payBack,
  poolOf,
  utilisationOf,
  withdraw,
} from "../../src/engine/interest/pool";
import type { PeggedAsset } from "../../src/engine/model";
import { YEAR } from "../../src/engine/year";
import { feed, free, type Holding, market, model, pool, reserve, run, shock } from "./kit";

/**
 * Errors that an audit of a published risk simulator ("Mathematical + Protocol Fidelity Issues") and runs of others
 * found, each as the figure that is right: one that made the error would have another.
 *
 * By its numbers, here: 2, 3 prices; 4, 5, 13 interest and what is seized; 1, 6, 10, 17, 19 utilisation; 22 E-modes; 23, 25, 33
 * bad debt, in traps-protocols where a protocol sells. 7 traps-correlation; 8, 18, 28, 30 traps-odds; 12 traps-inputs;
 * 21, 26, 27 cascade; 24 venues.
 */

const DAY = 86_400;
const deep = pool(0, 1, [1e9, 1e12]);

/** Accounts of ether at 1000 against dollars; sales move no price. */
function lent(rules: string, holdings: readonly Holding[], bonus = 0.05) {
  return model({
    assets: [free("WETH", 1000), free("USDC", 1)],
    venues: [deep],
    markets: [market(rules, [reserve(0, { bonus }), reserve(1, { bonus })], holdings)],
  });
}

const owing = (debt: number, collateral = 10): Holding => ({
  account: "a",
  collateral: { 0: collateral },
  debt: { 1: debt },
});

describe("a price", () => {
  const staked: PeggedAsset = {
    name: "wstETH",
    kind: "pegged",
    base: 0,
    ratio: 1.2,
    price: 1200,
    decimals: 18,
    volatility: 0,
    reversion: Number.POSITIVE_INFINITY,
  };
  /** Staked ether against dollars (reserve 1) or ether (reserve 2), nobody to liquidate, the oracle by its index. */
  const against = (oracle: number, debt: Holding["debt"]) =>
    model({
      assets: [free("WETH", 1000), staked, free("USDC", 1)],
      oracles: [feed(0), feed(1), feed(2), { name: "rate", kind: "rate", base: 0, rate: 1.2 }],
      liquidators: [],
      markets: [
        market(
          "aave-v3.3",
          [reserve(1, { oracle }), reserve(2), reserve(0)],
          [{ account: "a", collateral: { 0: 1 }, debt }],
        ),
      ],
    });

  it("takes the peg once: not in the market and again in the oracle", () => {
    const { shortfall } = run(against(1, { 1: 900 }), shock([0, -0.1, 0])).markets[0];
    expect(shortfall[0]).toBeCloseTo(900 - 0.8 * 1200 * 0.9, 9);
    const both = run(against(1, { 1: 900 }), shock([-0.2, -0.1, 0])).markets[0];
    expect(both.shortfall[0]).toBeCloseTo(900 - 0.8 * 1200 * 0.8 * 0.9, 9);
  });

  it("has no peg at all in an oracle that takes a rate for it, and all of it in the market", () => {
    const { shortfall, badDebt } = run(against(3, { 1: 950 }), shock([0, -0.3, 0])).markets[0];
    expect(shortfall[0]).toBe(0);
    expect(badDebt[0]).toBeCloseTo(950 - 1200 * 0.7, 9);
  });

  it("in dollars moves both legs of a loan of ether against staked ether: a fall changes no health factor", () => {
    for (const oracle of [1, 3]) {
      const { liquidatableAccounts, badDebt } = run(against(oracle, { 2: 0.95 }), shock([-0.9, 0, 0]))
        .markets[0];
      expect([liquidatableAccounts[0], badDebt[0]]).toEqual([0, 0]);
    }
    expect(run(against(1, { 2: 0.97 }), shock([0, 0, 0])).markets[0].shortfall[0]).toBeCloseTo(10, 9);
  });
});

describe("an E-mode", () => {
  it("is what its accounts are judged by and sold at, and nobody else", () => {
    const emodes = [{ name: "eth", collateral: [0], threshold: 0.93, bonus: 0.01 }];
    const inside = { account: "a", collateral: { 0: 100 }, debt: { 1: 92_000 }, emode: 0 };
    const outside = { account: "b", collateral: { 0: 100 }, debt: { 1: 78_000 } };
    const from = model({
      assets: [free("WETH", 1000), free("USDC", 1)],
      venues: [deep],
      markets: [market("aave-v3.0", [reserve(0), reserve(1)], [inside, outside], { emodes })],
    });
    expect(run(from, shock([-0.01, 0])).markets[0].liquidatedAccounts[0]).toBe(0);
    const { flows, liquidatedAccounts } = run(from, shock([-0.015, 0], { hold: 12 })).markets[0];
    expect(liquidatedAccounts[0]).toBe(1);
    expect(flows[1].repaid[0]).toBeCloseTo(46_000, 9);
    expect(flows[0].seized[0] / ((46_000 * 1.01) / 985)).toBeCloseTo(1, 12);
  });
});

describe("what a liquidation repays and seizes", () => {
  const linear = (slope: number, supplied: number, borrowed: number): InterestTerms => ({
    supplied,
    borrowed,
    curve: { kind: "kinked", kink: 0.9, base: 0, below: slope, above: slope },
    reserveFactor: 0,
    lendsReserves: true,
    growth: "simple",
    socialises: false,
  });

  it("leaves the debt's pool and the collateral's, each its own: interest follows both, and ends with the debt", () => {
    const [ether, dollars] = [linear(1, 2000, 1000), linear(2, 1e6, 5e5)];
    const taken = { account: "a", collateral: { 0: 110 }, debt: { 1: 1e5 } };
    const stays = { account: "b", collateral: { 0: 1000 }, debt: { 1: 1e5 } };
    const from = model({
      blockTime: DAY,
      assets: [free("WETH", 1000), free("USDC", 1)],
      venues: [deep],
      markets: [
        market(
          "aave-v3.3",
          [reserve(0, { interest: ether }), reserve(1, { interest: dollars })],
          [taken, stays],
        ),
      ],
    });
    const { flows } = run(from, shock([0, 0], { hold: 2 * DAY })).markets[0];

    const growth = (slope: number, utilisation: number) => 1 + (slope * utilisation) / 365;
    const owed = growth(2, 0.5);
    const supply = 1e6 + 5e5 * (owed - 1);
    const then = growth(2, (5e5 * owed - 1e5 * owed) / supply);
    expect(flows[1].repaid[0] / (1e5 * owed)).toBeCloseTo(1, 12);
    expect(flows[1].debtInterest[0] / (1e5 * (owed - 1) + 1e5 * (owed * then - 1))).toBeCloseTo(1, 9);

    const seized = (1e5 * owed * 1.05) / 1000;
    const lentOut = 1000 * growth(1, 0.5);
    const left = 2000 + (lentOut - 1000) - seized;
    const earned = 1 + (lentOut * (growth(1, lentOut / left) - 1)) / left;
    const [before, first] = [1110, 1 + (lentOut - 1000) / 2000];
    expect(flows[0].seized[0] / seized).toBeCloseTo(1, 12);
    const interest = before * (first - 1) + (before * first - seized) * (earned - 1);
    expect(flows[0].collateralInterest[0] / interest).toBeCloseTo(1, 9);
  });

  it("keeps utilisation between 0 and 100%, and the rate below the curve's end, whatever is taken out", () => {
    const changes = fc.array(
      fc.tuple(fc.constantFrom(payBack, withdraw, cancel), fc.integer({ min: 0, max: 60 })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(changes, fc.boolean(), (all, socialises) => {
        const terms = { ...linear(2, 100, 80), socialises };
        const lentOut = poolOf(terms);
        for (const [change, amount] of all) change(lentOut, amount);
        const utilisation = utilisationOf(lentOut);
        expect(utilisation).toBeGreaterThanOrEqual(0);
        expect(utilisation).toBeLessThanOrEqual(1);
        expect(lentOut.supply).toBeGreaterThanOrEqual(0);
        const { debt, supply } = lentOut;
        const growth = { debt: 1, supply: 1 };
        accrue(lentOut, YEAR, growth);
        expect(growth.debt).toBeCloseTo(1 + 2 * utilisation, 12);
        const earned = supply > 0 ? debt * (growth.debt - 1) : 0;
        expect(supply * (growth.supply - 1)).toBeCloseTo(earned, 9);
      }),
    );
  });
});

describe("bad debt", () => {
  const lending = ["aave-v2", "aave-v3.0", "aave-v3.3", "compound-v2", "morpho-blue"];

  it.each(lending)("of %s is what a fall adds: none without one, whatever was owed before", (rules) => {
    const hollow = { ...lent(rules, [owing(12_000)]), liquidators: [] };
    expect(run(hollow, shock([0, 0])).markets[0].badDebt[0]).toBe(0);
    expect(run(hollow, shock([-0.1, 0])).markets[0].badDebt[0]).toBeCloseTo(1000, 9);
  });

  it.each(lending)(
    "of %s begins where debt x (1 + bonus) is above the collateral, not at LLTV / (1 + bonus)",
    (rules) => {
      const badDebtAt = (loanToValue: number) =>
        run(lent(rules, [owing(loanToValue * 10_000)], 0.1), shock([0, 0])).markets[0].badDebt[0];
      expect(badDebtAt(0.9999 / 1.1)).toBe(0);
      expect(badDebtAt(1.001 / 1.1)).toBeGreaterThan(0);
    },
  );

  it.each(lending)(
    "of %s is counted once: what is repaid, what the rest is worth and the loss are the debt",
    (rules) => {
      const amount = fc.double({ min: 5, max: 100, noNaN: true });
      fc.assert(
        fc.property(
          amount,
          fc.double({ min: 0.5, max: 0.79, noNaN: true }),
          fc.integer({ min: 0, max: 90 }),
          (collateral, loanToValue, percent) => {
            const fall = percent / 100;
            const debt = collateral * 1000 * loanToValue;
            const { flows, badDebt } = run(lent(rules, [owing(debt, collateral)]), shock([-fall, 0]))
              .markets[0];
            const rest = Math.min(flows[1].debtEnd[0], flows[0].collateralEnd[0] * 1000 * (1 - fall));
            expect((flows[1].repaid[0] + rest + badDebt[0]) / debt).toBeCloseTo(1, 9);
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});

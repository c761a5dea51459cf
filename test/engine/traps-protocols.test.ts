import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleSetOf } from "../../src/engine/markets/rule-sets";
import type { Liquidator } from "../../src/engine/model";
import { bookOf, feed, free, model, pool, run, searchers, shock } from "./kit";

/** What the audit found of bad debt, where the protocol discounts by health, takes positions over or auctions them off. */

const collateral = (of: object) => ({ "0": { oracle: "0", ...of } });

/** Compound v3's liquidation factor: what of an absorbed collateral its owner is credited with. */
const CREDIT = 0.93;

/** Of each rule set a market of ether at 1000 that owes dollars, at the constants of its page. */
const entries: Readonly<Record<string, object>> = {
  "euler-v2": {
    asset: "1",
    oracle: "1",
    maxDiscount: 0.15,
    collaterals: collateral({ liquidationLtv: 0.8 }),
  },
  "compound-v3": {
    base: "1",
    oracle: "1",
    storeFrontFactor: 0.5,
    targetReserves: 1e9,
    collaterals: collateral({ liquidateFactor: 0.8, liquidationFactor: CREDIT }),
  },
  maker: {
    debt: "1",
    ilks: {
      "ETH-A": {
        asset: "0",
        oracle: "0",
        mat: 1.5,
        chop: 0.13,
        buf: 1.2,
        tail: 86_400,
        calc: { linear: { tau: 86_400 } },
      },
    },
  },
  "maker-flip": {
    debt: "1",
    ilks: {
      "ETH-A": { asset: "0", oracle: "0", mat: 1.5, chop: 0.13, lump: 1e6, beg: 0.03, ttl: 600, tau: 21_600 },
    },
  },
  "liquity-v1": { collateral: "0", debt: "1", oracle: "0", stabilityPool: 1e6 },
  crvusd: { collateral: "0", debt: "1", oracle: "0", basePrice: 1000 },
};

const all = Object.keys(entries);
const twoKeepers = ["a", "b"].map((name): Liquidator => ({ ...searchers, name }));

interface Setup {
  readonly collateral?: number;
  readonly fall?: number;
  readonly liquidators?: readonly Liquidator[];
  readonly entry?: object;
}

/** An account that stays healthy, and that Liquity's debt can be spread over. */
const OTHER = { ether: 1e4, debt: 100 };

/** One account of ether beside the other after a fall; sales move no price. */
function afterFall(rules: string, debt: number, setup: Setup = {}) {
  const { collateral = 10, fall = 0, liquidators = twoKeepers, entry } = setup;
  const lending = ruleSetOf(rules).terms({ ...entries[rules], ...entry } as never, {
    asset: Number,
    oracle: Number,
  });
  const book = bookOf([
    { account: "a", collateral: { 0: collateral }, debt: { 1: debt } },
    { account: "b", collateral: { 0: OTHER.ether }, debt: { 1: OTHER.debt } },
  ]);
  const from = model({
    assets: [free("WETH", 1000), free("USD", 1)],
    // So deep that no sale moves the price by a billionth.
    venues: [pool(0, 1, [1e11, 1e14])],
    oracles: [feed(0), feed(1)],
    markets: [{ name: "core", rules, lending, book }],
    liquidators,
  });
  return run(from, shock([-fall, 0], { hold: 2 * 86_400 })).markets[0];
}

describe("bad debt where a protocol sells", () => {
  it.each(all)("of %s is what a fall adds: none without one, whatever was owed before", (rules) => {
    const hollow = (fall: number) => afterFall(rules, 12_000, { fall, liquidators: [] }).badDebt[0];
    expect([hollow(0), hollow(0.1)]).toEqual([expect.closeTo(0, 6), expect.closeTo(1000, 6)]);
  });

  it.each([
    [
      "euler-v2",
      "the discount, 1 - health, takes what is missing: the root of the LTV",
      Math.sqrt(0.8),
      1e-6,
    ],
    ["compound-v3", "the store front's price is reached, not the credit", 1 - 0.5 * (1 - CREDIT), 1e-6],
    ["liquity-v1", "the keeper's part is missing", 0.995, 1e-6],
    ["maker", "an auction raises less than the debt: its penalty is no loss", 1, 2e-4],
    ["maker-flip", "the bids end within a bid of the price", 1 / 1.015, 0.016],
  ])("of %s begins where %s", (rules, _, loanToValue, within) => {
    const badDebtAt = (of: number) => afterFall(rules, of * 10_000).badDebt[0];
    expect(badDebtAt(loanToValue - within)).toBeCloseTo(0, 6);
    expect(badDebtAt(loanToValue + within)).toBeGreaterThan(0);
  });

  it.each(all)("of %s is counted once: with what was paid and what is left it is the debt", (rules) => {
    const part = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const someFall = fc.integer({ min: 0, max: 90 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(part(5, 100), part(0.5, 0.66), someFall, fc.boolean(), (held, loanToValue, fall, less) => {
        const debt = held * 1000 * loanToValue;
        const entry = less ? { targetReserves: 0, stabilityPool: debt / 2 } : {};
        const { flows, badDebt } = afterFall(rules, debt, { collateral: held, fall, entry });
        const [ether, dollars] = flows;
        const price = 1000 * (1 - fall);
        const holds = (ether.collateralEnd[0] - OTHER.ether) * price + dollars.collateralEnd[0];
        const owes = dollars.debtEnd[0] - OTHER.debt;
        const left = rules === "liquity-v1" ? owes : Math.min(owes, holds);
        const paid = dollars.repaid[0] + dollars.bought[0] + ether.unsold[0] * price;
        const credit = rules === "compound-v3" && ether.seized[0] > 0 ? CREDIT * held * price : 0;
        const lost = Math.max(debt, credit) - paid - left;
        expect(badDebt[0] / debt).toBeCloseTo(Math.max(0, lost) / debt, 9);
      }),
      { numRuns: 30 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnderWater } from "../../src/engine/book/health";
import { eulerV2 } from "../../src/engine/markets/euler-v2";
import { toUnits } from "../../src/engine/markets/integer-units";
import type { Model } from "../../src/engine/model";
import { bookOf, feed, free, model, pool, run, shock } from "./kit";
import { accountOf, expectUnits, liquidate } from "./liquidation";

interface Vault {
  readonly amounts: readonly number[];
  readonly prices: readonly number[];
  readonly ltvs: readonly number[];
  readonly debt: number;
  readonly maxDiscount: number;
}

const DEBT_DECIMALS = 6;

/** One account with some collaterals, owing a vault of USDC. */
function vault({ amounts, prices, ltvs, debt, maxDiscount }: Vault): Model {
  const base = amounts.length;
  const collaterals = ltvs.map((liquidationLtv, i) => [String(i), { oracle: String(i), liquidationLtv }]);
  const entry = {
    asset: String(base),
    oracle: String(base),
    maxDiscount,
    collaterals: Object.fromEntries(collaterals),
  };
  const lending = eulerV2.terms(entry as never, { asset: Number, oracle: Number });
  const all = [...prices, 1];
  return model({
    assets: all.map((price, i) => free(String(i), price, 0, i === base ? DEBT_DECIMALS : 18)),
    venues: prices.map((price, i) => pool(i, base, [1e7, 1e7 * price])),
    oracles: all.map((_, i) => feed(i)),
    markets: [
      {
        name: "usdc",
        rules: "euler-v2",
        lending,
        book: bookOf([
          { account: "a", collateral: Object.fromEntries(amounts.entries()), debt: { [base]: debt } },
        ]),
      },
    ],
  });
}

const accountIn = (terms: Vault) => accountOf(vault(terms), [...terms.prices, 1]);
const single = (health: number, maxDiscount = 0.15): Vault => ({
  amounts: [1],
  prices: [10_000],
  ltvs: [0.8],
  debt: Number((8000 / health).toFixed(DEBT_DECIMALS)),
  maxDiscount,
});
const pair = { collateral: 0, debt: 1 };

describe("Euler v2 (Liquidation.sol of euler-vault-kit)", () => {
  it.each([
    ["above 1", 7_999.999999, false],
    ["at 1", 8000, true],
    ["below 1", 8_000.000001, true],
  ])("an account with a health %s", (_, debt, expected) => {
    expect(isUnderWater(accountIn({ ...single(1), debt }), eulerV2)).toBe(expected);
  });

  it.each([
    [0.99, 0.01],
    [0.95, 0.05],
    [0.86, 0.14],
    [0.8, 0.15],
  ])("at a health of %d the discount is %d", (health, discount) => {
    const account = accountIn(single(health));
    const outcome = liquidate(eulerV2, account, pair, 1000);
    expect(outcome?.received).toBeCloseTo(0.1 / (1 - discount), 6);
  });

  it("sells all of a collateral that is worth less than the debt, for its value less the discount", () => {
    const terms = {
      amounts: [1, 10_000],
      prices: [1000, 1],
      ltvs: [0.8, 0.9],
      debt: 10_000,
      maxDiscount: 0.15,
    };
    const account = accountIn(terms);
    const outcome = liquidate(eulerV2, account, { collateral: 0, debt: 2 });
    expect(outcome?.received).toBe(1);
    expect(outcome?.repaid).toBeCloseTo(1000 * 0.98, 9);
    expect(outcome?.deficit.size).toBe(0);
  });

  /** calculateMaxLiquidation and the part for a wanted repayment, in the contract's integers. */
  function inContract({ amounts, prices, ltvs, debt, maxDiscount }: Vault, chosen: number) {
    const wad = 10n ** 18n;
    const worth = amounts.map((amount, i) => (toUnits(amount, 18) * toUnits(prices[i], 18)) / wad);
    const carried = worth.reduce((sum, value, i) => sum + (value * toUnits(ltvs[i], 4)) / 10_000n, 0n);
    const liability = toUnits(debt, DEBT_DECIMALS);
    const liabilityValue = liability * 10n ** 12n;
    if (carried > liabilityValue) return undefined;
    const least = wad - (wad * toUnits(maxDiscount, 4)) / 10_000n;
    const health = (carried * wad) / liabilityValue;
    const factor = health < least ? least : health;
    const wanted = (liabilityValue * wad) / factor;
    const isShort = worth[chosen] < wanted;
    const repayValue = isShort ? (worth[chosen] * factor) / wad : liabilityValue;
    const yieldValue = isShort ? worth[chosen] : wanted;
    return {
      repay: (repayValue * liability) / liabilityValue,
      seized: (yieldValue * toUnits(amounts[chosen], 18)) / worth[chosen],
    };
  }

  const amount = fc.double({ min: 0.01, max: 1000, noNaN: true }).map((value) => Number(value.toFixed(6)));
  const price = fc.double({ min: 0.5, max: 5000, noNaN: true }).map((value) => Number(value.toFixed(6)));
  const ltv = fc.integer({ min: 4000, max: 9500 }).map((bps) => bps / 1e4);
  const position = fc
    .record({
      parts: fc.array(fc.tuple(amount, price, ltv), { minLength: 1, maxLength: 3 }),
      health: fc.oneof(fc.double({ min: 0.6, max: 1.1, noNaN: true }), fc.constant(1)),
      maxDiscount: fc.integer({ min: 0, max: 3000 }).map((bps) => bps / 1e4),
      choice: fc.nat(2),
    })
    .map(({ parts, health, maxDiscount, choice }) => {
      const capacity = parts.reduce((sum, [own, at, share]) => sum + own * at * share, 0);
      const terms: Vault = {
        amounts: parts.map(([own]) => own),
        prices: parts.map(([, at]) => at),
        ltvs: parts.map(([, , share]) => share),
        debt: Math.max(1, Number((capacity / health).toFixed(DEBT_DECIMALS))),
        maxDiscount,
      };
      return { terms, chosen: choice % parts.length };
    });

  it("decides and sells as the contract's integers do", () => {
    fc.assert(
      fc.property(position, ({ terms, chosen }) => {
        const expected = inContract(terms, chosen);
        const outcome = liquidate(eulerV2, accountIn(terms), {
          collateral: chosen,
          debt: terms.amounts.length,
        });
        expect(outcome === undefined).toBe(expected === undefined);
        if (!outcome || !expected) return;
        expectUnits(outcome.repaid, expected.repay, DEBT_DECIMALS, "repaid");
        expectUnits(outcome.received, expected.seized, 18, "seized");
      }),
      { numRuns: 500 },
    );
  });

  it("socialises what is owed when no collateral is left", () => {
    const from = vault({ amounts: [10], prices: [2000], ltvs: [0.85], debt: 16_000, maxDiscount: 0.15 });
    const { markets } = run(from, shock([-0.3, 0]));
    const [collateral, debt] = markets[0].flows;
    expect(collateral.collateralEnd[0]).toBe(0);
    expect(debt.debtEnd[0]).toBe(0);
    expect(debt.writtenOff[0]).toBeCloseTo(16_000 - 14_000 * 0.85, 3);
  });

  it("waits until the discount pays for gas", () => {
    const costly = { name: "slow", gasUnits: 1, gasPrice: 100, gasAsset: 1, minProfit: 0, reaction: 0 };
    const from = {
      ...vault({ amounts: [10], prices: [2000], ltvs: [0.85], debt: 16_000, maxDiscount: 0.15 }),
      liquidators: [costly],
    };
    const fall = (to: number) => run(from, shock([to / 2000 - 1, 0])).markets[0].liquidatedAccounts[0];
    expect(fall(1881)).toBe(0);
    expect(fall(1860)).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { standingOf } from "../../src/engine/book/account";
import { isUnderWater } from "../../src/engine/book/health";
import { aaveV2 } from "../../src/engine/markets/aave-v2";
import { aaveV33 } from "../../src/engine/markets/aave-v3.3";
import { compoundV2 } from "../../src/engine/markets/compound-v2";
import type { RuleSet } from "../../src/engine/markets/rule-set";
import type { Reserve } from "../../src/engine/model";
import { free, type Holding, market, model, reserve } from "./kit";
import { accountOf, liquidate, pairOf } from "./liquidation";

/** One account at prices by reserve; each reserve's terms as given. */
function position(
  rules: RuleSet,
  prices: readonly number[],
  holding: Omit<Holding, "account">,
  terms: readonly Partial<Reserve>[] = [],
) {
  const assets = prices.map((price, i) => free(`A${i}`, price));
  const reserves = prices.map((_, i) => reserve(i, terms[i]));
  const markets = [market(rules.id, reserves, [{ account: "a", ...holding }])];
  return accountOf(model({ assets, markets }), prices);
}

const ltvOf = (amount: Float64Array) => amount[1] / amount[0];

describe("Aave documentation, liquidations", () => {
  it("10 ETH, debt worth 5 ETH, bonus 5%: repaying 2.5 ETH takes 2.5 + 0.125 ETH", () => {
    const account = position(aaveV2, [1, 1], { collateral: { 0: 10 }, debt: { 1: 5 } }, [{ threshold: 0.4 }]);
    const outcome = liquidate(aaveV2, account, pairOf(account, 0, 1));
    expect(outcome?.repaid).toBe(2.5);
    expect(outcome?.received).toBeCloseTo(2.5 + 0.125, 12);
  });

  it("5 ETH and YFI worth 4 ETH, debt worth 5 ETH, bonus 15%: repaying 2.5 ETH takes YFI worth 2.5 + 0.375 ETH", () => {
    const holding = { collateral: { 0: 5, 1: 0.4 }, debt: { 2: 5 } };
    const terms = [{ threshold: 0.5 }, { threshold: 0.4, bonus: 0.15 }];
    const account = position(aaveV2, [1, 10, 1], holding, terms);
    const outcome = liquidate(aaveV2, account, pairOf(account, 1, 2));
    expect(outcome?.repaid).toBe(2.5);
    expect((outcome?.received ?? 0) * 10).toBeCloseTo(2.5 + 0.375, 12);
  });

  it.each([
    ["at a health factor of 0.95 the whole debt", 0.95, 5000, 5000],
    ["at 0.9501 half of the total debt", 0.9501, 5000, 2500],
    ["with a leg of $1,999 the whole debt", 0.9501, 1999, 1999],
  ])("Aave v3.3: %s", (_, health, debt, most) => {
    const account = position(aaveV33, [1, 1], {
      collateral: { 0: (debt * health) / 0.8 },
      debt: { 1: debt },
    });
    expect(liquidate(aaveV33, account, pairOf(account, 0, 1))?.repaid).toBeCloseTo(most, 9);
  });

  it("Aave v3.3: a partial liquidation that leaves $999 is refused, $1,000 is allowed", () => {
    const open = () => position(aaveV33, [1, 1], { collateral: { 0: 5500 }, debt: { 1: 5000 } });
    const first = open();
    expect(liquidate(aaveV33, first, pairOf(first, 0, 1), 4001)).toBeUndefined();
    const second = open();
    expect(liquidate(aaveV33, second, pairOf(second, 0, 1), 4000)?.repaid).toBe(4000);
  });
});

describe("Qin et al. 2021, arXiv:2106.06389 section 5: 0x909b on Compound v2 at block 11,333,036", () => {
  const account = (price: number) =>
    position(
      compoundV2,
      [1, price],
      { collateral: { 0: 12_900_140.903963 / 0.75 }, debt: { 1: 11_834_090.464372 } },
      [{ threshold: 0.75, bonus: 0.08 }],
    );

  it.each([
    [1.0, 1_066_050.4396],
    [1.05, 474_345.9164],
    [1.08, 119_323.2024],
    [1.095299, -61_726.5476],
    [1.1, -117_358.6068],
    [1.2, -1_300_767.6533],
    [1.3, -2_484_176.6997],
  ])("at a DAI price of %d its liquidity is %d", (price, liquidity) => {
    const { capacity, debt } = standingOf(account(price), { capacity: 0, debt: 0 });
    expect(Math.abs(capacity - debt - liquidity)).toBeLessThan(1e-3);
    expect(isUnderWater(account(price), compoundV2)).toBe(liquidity < 0);
  });

  it("turns at 1.090083006", () => {
    expect(isUnderWater(account(1.090083006 * (1 - 1e-9)), compoundV2)).toBe(false);
    expect(isUnderWater(account(1.090083006 * (1 + 1e-9)), compoundV2)).toBe(true);
  });

  it("repays up to the close factor 46.61M DAI, for 3.7288M of profit", () => {
    const terms = [{ threshold: 0.75, bonus: 0.08 }];
    const whole = position(
      compoundV2,
      [1.095299],
      { collateral: { 0: 108.51e6 }, debt: { 0: 93.22e6 } },
      terms,
    );
    const outcome = liquidate(compoundV2, whole, pairOf(whole, 0, 0));
    expect(outcome?.repaid).toBeCloseTo(46.61e6, 3);
    expect((outcome?.received ?? 0) - (outcome?.repaid ?? 0)).toBeCloseTo(3.7288e6, 3);
  });
});

describe("Warmuz, Chaudhary and Pinna, arXiv:2212.07306: toxic liquidation", () => {
  /** 100 of collateral, close factor 50%; the threshold is low enough to be liquidated all the way. */
  const spiral = (debt: number, bonus = 0.045) =>
    position(aaveV2, [1, 1], { collateral: { 0: 100 }, debt: { 1: debt } }, [{ threshold: 0.1, bonus }]);

  it.each([
    [90, [0.849457, 0.763683, 0.635369, 0.475561, 0.3164, 0.189534]],
    [96, [0.963082, 0.969305, 0.981997, 1.008403, 1.065719, 1.202405]],
    [95.69, [0.956862, 0.956787, 0.956635, 0.956333, 0.95573, 0.954525]],
  ])("a debt of %d on 100 has these loan-to-values after each liquidation", (debt, expected) => {
    const account = spiral(debt);
    for (const ltv of expected) {
      expect(liquidate(aaveV2, account, pairOf(account, 0, 1))).toBeDefined();
      expect(ltvOf(account.amount)).toBeCloseTo(ltv, 6);
    }
  });

  it("above the frontier liquidations make bad debt at an unchanged price: 1.5 owed on 1.2475", () => {
    const account = spiral(96);
    for (let i = 0; i < 6; i++) liquidate(aaveV2, account, pairOf(account, 0, 1));
    expect(account.amount[0]).toBeCloseTo(1.2475, 10);
    expect(account.amount[1]).toBeCloseTo(1.5, 12);
  });

  it.each([
    [0.045, 0.956938],
    [0.05, 0.952381],
    [0.08, 0.925926],
    [0.1, 0.909091],
    [0.15, 0.869565],
  ])("with a bonus of %d the frontier is a loan-to-value of %d", (bonus, frontier) => {
    const liquidated = (ltv: number) => {
      const account = spiral(100 * ltv, bonus);
      liquidate(aaveV2, account, pairOf(account, 0, 1));
      return ltvOf(account.amount);
    };
    expect(liquidated(frontier - 1e-5)).toBeLessThan(frontier - 1e-5);
    expect(liquidated(frontier + 1e-5)).toBeGreaterThan(frontier + 1e-5);
  });
});

describe("Egorov's position of 2023 on Aave v2 (press: CRV liquidation price $0.3767)", () => {
  it("305M CRV against 63.2M USDT at a threshold of 55% can be liquidated below 0.37675", () => {
    const at = (price: number) =>
      position(aaveV2, [price, 1], { collateral: { 0: 305e6 }, debt: { 1: 63.2e6 } }, [{ threshold: 0.55 }]);
    const critical = 63.2 / (305 * 0.55);
    expect(critical).toBeCloseTo(0.37675, 5);
    expect(isUnderWater(at(0.37676), aaveV2)).toBe(false);
    expect(isUnderWater(at(0.37675), aaveV2)).toBe(true);
  });
});

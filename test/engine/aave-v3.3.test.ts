import { describe, expect, it } from "vitest";
import type { Account } from "../../src/engine/book/account";
import { isUnderWater } from "../../src/engine/book/health";
import { layoutOf } from "../../src/engine/book/layout";
import { aaveV33 } from "../../src/engine/markets/aave-v3.3";
import { free, type Holding, market, model, pool, reserve, run, shock } from "./kit";

/** An account of one collateral (reserve 0) and one debt (reserve 1), at given prices. */
function account(
  holding: Omit<Holding, "account">,
  prices: readonly number[],
  terms = { threshold: 0.8, bonus: 0.05 },
): Account {
  const assets = [free("WETH", prices[0]), free("USDC", prices[1], 0, 6), free("DAI", prices[2] ?? 1)];
  const reserves = [reserve(0, terms), reserve(1), reserve(2)];
  const from = model({ assets, markets: [market("aave-v3.3", reserves, [{ account: "a", ...holding }])] });
  const layout = layoutOf(from, 0);
  return {
    layout,
    index: 0,
    amount: Float64Array.from(from.markets[0].book.amount),
    price: Float64Array.of(prices[0], prices[1], prices[2] ?? 1),
  };
}

const pair = { collateral: 0, debt: 1 };
const worth = (health: number, debt = 5000) =>
  account({ collateral: { 0: (debt * health) / 0.8 }, debt: { 1: debt } }, [1, 1]);

describe("Aave v3.3: how much of a debt may be repaid (LiquidationLogic.sol)", () => {
  it("all of it at a health factor of exactly 0.95", () => {
    expect(aaveV33.maxRepay(worth(0.95), pair)).toBeCloseTo(5000, 9);
  });

  it("half of the total debt just above 0.95", () => {
    expect(aaveV33.maxRepay(worth(0.9501), pair)).toBeCloseTo(2500, 9);
  });

  it("half of the total debt, not of the reserve's", () => {
    const two = account({ collateral: { 0: (10_000 * 0.98) / 0.8 }, debt: { 1: 6000, 2: 4000 } }, [1, 1, 1]);
    expect(aaveV33.maxRepay(two, pair)).toBeCloseTo(5000, 9);
    expect(aaveV33.maxRepay(two, { collateral: 0, debt: 2 })).toBeCloseTo(4000, 9);
  });

  it.each([
    ["debt of $1,999", 1999, 1999],
    ["debt of $2,000", 2000, 1000],
  ])("a %s leg: %d owed, %d repayable", (_, debt, most) => {
    expect(aaveV33.maxRepay(worth(0.98, debt), pair)).toBeCloseTo(most, 9);
  });

  it("a collateral leg under $2,000 lifts the close factor", () => {
    const small = account({ collateral: { 0: 1999, 2: 3000 }, debt: { 1: 4000 } }, [1, 1, 1]);
    expect(aaveV33.maxRepay(small, { collateral: 0, debt: 2 })).toBeCloseTo(1999 / 1.05, 9);
  });
});

describe("Aave v3.3: no leftovers under $1,000", () => {
  it("a partial repayment must leave $1,000 of debt", () => {
    expect(aaveV33.allowedRepay(worth(0.9, 5000), pair, 4500)).toBeCloseTo(4000, 9);
  });

  it("a partial repayment must leave $1,000 of collateral", () => {
    const thin = account({ collateral: { 0: 5400 }, debt: { 1: 9000 } }, [1, 1]);
    expect(aaveV33.allowedRepay(thin, pair, 5000)).toBeCloseTo(4400 / 1.05, 9);
  });

  it("clearing the whole debt or the whole collateral is always allowed", () => {
    expect(aaveV33.allowedRepay(worth(0.9, 1500), pair, 1500)).toBe(1500);
    const thin = account({ collateral: { 0: 1050 }, debt: { 1: 9000 } }, [1, 1]);
    expect(aaveV33.allowedRepay(thin, pair, 1000)).toBeCloseTo(1000, 9);
  });
});

describe("Aave v3.3: what is seized", () => {
  it("10 ETH, debt worth 5 ETH, bonus 5%: repaying 2.5 ETH takes 2.625 ETH (Aave documentation)", () => {
    const into = { seized: 0, fee: 0 };
    aaveV33.seize(account({ collateral: { 0: 10 }, debt: { 1: 10_000 } }, [2000, 1]), pair, 5000, into);
    expect(into.seized).toBeCloseTo(2.625, 12);
  });

  it("the protocol fee is a share of the bonus part only", () => {
    const assets = [free("WETH", 2000), free("USDC", 1)];
    const from = model({
      assets,
      markets: [
        market(
          "aave-v3.3",
          [reserve(0, { bonus: 0.05, protocolFee: 0.1 }), reserve(1)],
          [{ account: "a", collateral: { 0: 10 }, debt: { 1: 17_000 } }],
        ),
      ],
    });
    const into = { seized: 0, fee: 0 };
    aaveV33.seize(
      {
        layout: layoutOf(from, 0),
        index: 0,
        amount: from.markets[0].book.amount,
        price: Float64Array.of(2000, 1),
      },
      pair,
      2000,
      into,
    );
    expect(into.seized).toBeCloseTo(1.05, 12);
    expect(into.fee).toBeCloseTo(0.005, 12);
  });
});

describe("Aave v3.3: decisions on a boundary are made in integers", () => {
  it.each([
    [0.1, 0.83, 0.0249],
    [1, 0.81, 2591.99],
    [3, 0.785, 0.1],
    [7, 0.83, 1234.5678],
  ])(
    "%d WETH at threshold %d: an account at exactly health factor 1 is not liquidatable",
    (collateral, threshold, price) => {
      const debt = Number((collateral * price * threshold).toFixed(6));
      const exact = account({ collateral: { 0: collateral }, debt: { 1: debt } }, [price, 1], {
        threshold,
        bonus: 0.05,
      });
      const owed = BigInt(Math.round(debt * 1e6));
      const capacity =
        (BigInt(Math.round(collateral * 1e6)) *
          BigInt(Math.round(price * 1e8)) *
          BigInt(Math.round(threshold * 1e4))) /
        10n ** 12n;
      expect(isUnderWater(exact, aaveV33)).toBe(capacity < owed);
    },
  );
});

describe("Aave v3.3: bad debt", () => {
  const deep = [pool(0, 1, [1e9, 1e12])];
  const crash = (collateral: number) =>
    model({
      assets: [free("WETH", 1000), free("USDC", 1)],
      venues: deep,
      markets: [
        market(
          "aave-v3.3",
          [reserve(0), reserve(1)],
          [{ account: "a", collateral: { 0: collateral }, debt: { 1: 7000 } }],
        ),
      ],
    });

  it("when the collateral is gone the remaining debt is cancelled as a deficit at once", () => {
    const { markets } = run(crash(10), shock([-0.4, 0]));
    const [flows, debt] = markets[0].flows;
    expect(flows.collateralEnd[0]).toBe(0);
    expect(debt.debtEnd[0]).toBe(0);
    expect(debt.writtenOff[0]).toBeCloseTo(7000 - 6000 / 1.05, 4);
    expect(markets[0].badDebt[0]).toBeCloseTo(7000 - 6000 / 1.05, 4);
  });

  it("collateral that does not count as such does not keep a deficit from being booked", () => {
    const reserves = [reserve(0), reserve(1), reserve(2, { threshold: 0 })];
    const holding = { account: "a", collateral: { 0: 10, 2: 500 }, debt: { 1: 15_000 } };
    const from = model({
      assets: [free("WETH", 2000), free("USDC", 1), free("GOV", 10)],
      venues: [pool(0, 1, [1e9, 2e12])],
      markets: [market("aave-v3.3", reserves, [holding])],
    });
    const { markets } = run(from, shock([-0.5, 0, 0]));
    expect(markets[0].flows[1].writtenOff[0]).toBeCloseTo(15_000 - 10_000 / 1.05, 3);
    expect(markets[0].stalledDebt[0]).toBe(0);
  });

  it("a fall that leaves room for the bonus makes none", () => {
    const { markets } = run(crash(10), shock([-0.2, 0]));
    expect(markets[0].badDebt[0]).toBe(0);
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { bestOrder } from "../../src/engine/agents/orders";
import { isUnderWater } from "../../src/engine/book/health";
import { accrueInterest } from "../../src/engine/kernel/accrual";
import { settleTaking } from "../../src/engine/kernel/settlement";
import { resetWorld, worldOf } from "../../src/engine/kernel/world";
import { compoundV3 } from "../../src/engine/markets/compound-v3";
import { seizeAtBonus } from "../../src/engine/markets/pair-values";
import { type StoreFront, storeFront } from "../../src/engine/markets/store-front";
import type { Market, Model } from "../../src/engine/model";
import fixture from "../fixtures/compound-v3.json";
import { bookOf, feed, free, type Holding, model, pool, run, shock } from "./kit";
import { accountOf, expectUnits } from "./liquidation";

interface Collateral {
  readonly price: number;
  readonly liquidateFactor?: number;
  readonly liquidationFactor?: number;
}

interface Terms {
  readonly collaterals: readonly Collateral[];
  readonly storeFrontFactor?: number;
  readonly reserves?: number;
  readonly targetReserves?: number;
  readonly supplied?: number;
  readonly borrowed?: number;
  readonly supplyRate?: object;
  readonly borrowRate?: object;
}

/** A Comet of USDC whose collaterals are the assets before it, as its rule set makes it of an entry. */
function comet(terms: Terms, holdings: readonly Omit<Holding, "account">[]): Model {
  const { collaterals, ...own } = terms;
  const base = collaterals.length;
  const entry = {
    base: String(base),
    oracle: String(base),
    storeFrontFactor: 0.5,
    targetReserves: 1e6,
    ...own,
    collaterals: Object.fromEntries(
      collaterals.map(({ liquidateFactor = 0.895, liquidationFactor = 0.95 }, i) => [
        String(i),
        { oracle: String(i), liquidateFactor, liquidationFactor },
      ]),
    ),
  };
  const lending = compoundV3.terms(entry as never, { asset: Number, oracle: Number });
  const book = bookOf(holdings.map((each, i) => ({ account: String(i), ...each })));
  const market: Market = { name: "usdc", rules: "compound-v3", lending, book };
  const prices = [...collaterals.map(({ price }) => price), 1];
  return model({
    assets: prices.map((price, i) => free(String(i), price, 0, i === base ? 6 : 18)),
    venues: collaterals.map(({ price }, i) => pool(i, base, [1e6, 1e6 * price])),
    oracles: prices.map((_, i) => feed(i)),
    markets: [market],
  });
}

function open(terms: Terms, holdings: readonly Omit<Holding, "account">[]) {
  const from = comet(terms, holdings);
  const prices = [...terms.collaterals.map(({ price }) => price), 1];
  const account = accountOf(from, prices);
  return { from, account, store: storeFront(account.layout, account.price) };
}

/** Whether the store offers anything to buyers who pay nothing for gas. */
function isForSale(from: Model, store: StoreFront): boolean {
  const world = worldOf(from);
  resetWorld(world);
  const desk = {
    model: from,
    venues: world.venues,
    market: world.prices.market,
    gas: 1,
    routes: world.routes,
    bestRates: new Map(),
    groups: from.liquidators,
  };
  return store.lots(0).some(({ account, offer }) => bestOrder(desk, offer, account));
}

const seizure = { seized: 0, fee: 0 };

function quote(store: StoreFront, reserve: number, base: number): number {
  seizeAtBonus(
    { ...store.shelves, index: reserve },
    { collateral: 2 * reserve, debt: 2 * reserve + 1 },
    base,
    seizure,
  );
  return seizure.seized;
}

describe("Compound v3 as recorded from Comet", () => {
  const cases = fixture.cases.filter((each) => each.in);

  it.each(cases.map((each) => [each.id, each] as const))("%s", (_, recorded) => {
    const { in: input, reservesBefore, basePaidOut, after, buys } = recorded;
    if (!input || !after || !buys || !reservesBefore || !basePaidOut) throw new Error("Incomplete.");
    const { price, liquidateFactor, liquidationFactor, storeFrontFactor } = input;
    const { from, account, store } = open(
      {
        collaterals: [{ price, liquidateFactor, liquidationFactor }],
        storeFrontFactor,
        reserves: Number(reservesBefore) / 1e6,
        targetReserves: 20_000,
      },
      [{ collateral: { 0: Number(input.deposit) / 1e18 }, debt: { 1: Number(input.borrow) / 1e6 } }],
    );
    expect(isUnderWater(account, compoundV3)).toBe(true);
    const { paidOut, surplus } = store.absorb(account, 0);
    expectUnits(paidOut, basePaidOut, 6, "paid out");
    expectUnits(surplus, after.supplied, 6, "surplus");
    expect(Math.abs(store.reserves * 1e6 - Number(after.reserves))).toBeLessThan(1);
    for (const { base, quote: quoted, got, reservesAfter, collLeft } of buys) {
      const repay = Number(base) / 1e6;
      const seized = quote(store, 0, repay);
      expectUnits(seized, quoted, 18, "quoted");
      expect(isForSale(from, store)).toBe(got !== "refused");
      if (got === "refused") continue;
      store.sell(store.lots(0)[0], seized, repay);
      expect(Math.abs(store.reserves * 1e6 - Number(reservesAfter))).toBeLessThan(1);
      expectUnits(store.shelves.amount[0], collLeft, 18, "collateral left");
    }
  });

  it.each([
    ["what it carries", 16_000, false],
    ["a unit more", 16_000.000001, true],
  ])("20,000 at 80%%, owing %s", (_, debt, expected) => {
    const { account } = open({ collaterals: [{ price: 1, liquidateFactor: 0.8 }] }, [
      { collateral: { 0: 20_000 }, debt: { 1: debt } },
    ]);
    expect(isUnderWater(account, compoundV3)).toBe(expected);
  });
});

describe("Compound v3's own tests (compound-finance/comet, test/)", () => {
  it.each([
    ["a store-front factor of 0.5 and a liquidation factor of 0.6 discount 200 to 160", 0.5, 1.25],
    ["without a store-front factor there is no discount", 0, 1],
  ])("%s: 200 USDC buy %3$d", (_, storeFrontFactor, bought) => {
    const terms = { collaterals: [{ price: 200, liquidationFactor: 0.6 }], storeFrontFactor };
    const { store, account } = open(terms, [{ collateral: { 0: 100 }, debt: { 1: 100_000 } }]);
    store.absorb(account, 0);
    expect(quote(store, 0, 200)).toBeCloseTo(bought, 12);
  });

  it("1 WBTC, 1 WETH and 1 COMP credited whole against 44,174.999999 leave a balance of 0.000001", () => {
    const collaterals = [41_000, 3000, 175].map((price) => ({ price, liquidationFactor: 1 }));
    const { store, account } = open({ collaterals }, [
      { collateral: { 0: 1, 1: 1, 2: 1 }, debt: { 3: 44_174.999999 } },
    ]);
    expect(store.absorb(account, 0).surplus).toBeCloseTo(0.000001, 9);
  });

  it("a debt of 100 without collateral takes reserves from 100 to 0", () => {
    const { store, account } = open({ collaterals: [{ price: 1 }], reserves: 100 }, [
      { collateral: {}, debt: { 1: 100 } },
    ]);
    expect(isUnderWater(account, compoundV3)).toBe(true);
    store.absorb(account, 0);
    expect(store.reserves).toBe(0);
  });

  it("two accounts owing 100 and 700 take 800 from the reserves", () => {
    const { store, account } = open({ collaterals: [{ price: 1 }], reserves: 2000 }, [
      { collateral: {}, debt: { 1: 100 } },
      { collateral: {}, debt: { 1: 700 } },
    ]);
    store.absorb(account, 0);
    store.absorb({ ...account, index: 1 }, 0);
    expect(store.reserves).toBe(1200);
  });
});

describe("Compound v3 in a simulation", () => {
  const borrower = { collateral: { 0: 10 }, debt: { 1: 16_000 } };
  const crash = (terms: Partial<Terms>) =>
    run(comet({ collaterals: [{ price: 2000 }], ...terms }, [borrower]), shock([-0.15, 0]));

  it("takes the account over whole and sells its collateral on", () => {
    const { markets } = crash({});
    const [collateral, base] = markets[0].flows;
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
    expect(collateral.seized[0]).toBe(10);
    expect(base.absorbed[0]).toBe(16_000);
    expect(collateral.unsold[0]).toBe(0);
    expect(base.bought[0]).toBeCloseTo(17_000 * (1 - 0.5 * 0.05), 6);
    expect(markets[0].badDebt[0]).toBe(0);
  });

  it("keeps the collateral while its reserves are at their target", () => {
    const { markets } = crash({ reserves: 50_000, targetReserves: 20_000 });
    expect(markets[0].flows[0].unsold[0]).toBe(10);
    expect(markets[0].flows[1].bought[0]).toBe(0);
  });

  it("loses what the collateral does not bring", () => {
    const from = comet({ collaterals: [{ price: 2000 }] }, [borrower]);
    const { markets } = run(from, shock([-0.3, 0]));
    expect(markets[0].badDebt[0]).toBeCloseTo(16_000 - 14_000 * (1 - 0.5 * 0.05), 3);
  });

  it("carries unsold collateral at market prices", () => {
    const from = comet({ collaterals: [{ price: 2000 }], reserves: 1e6, targetReserves: 20_000 }, [borrower]);
    const { markets } = run(from, shock([-0.3, 0]));
    expect(markets[0].badDebt[0]).toBeCloseTo(16_000 - 14_000, 6);
  });
});

describe("a Comet's reserves with interest", () => {
  const flat = (base: number) => ({ kink: 0.8, base, slopeLow: 0, slopeHigh: 0 });
  const lent = (supplyRate: object, borrowRate: object) => ({
    supplied: 1e6,
    borrowed: 8e5,
    supplyRate,
    borrowRate,
  });
  const underWater = { collateral: { 0: 10 }, debt: { 1: 16_000 } };
  const terms = { collaterals: [{ price: 2000 }], reserves: 19_990, targetReserves: 20_000 };
  const DAY = 86_400;

  /** After absorbing it has 20,350: 350 above the target. */
  const isSold = (interest: object) => {
    const from = comet({ ...terms, ...interest, reserves: 36_500 }, [underWater]);
    return run(from, shock([-0.15, 0], { hold: 5 * DAY })).markets[0].flows[0].unsold[0] === 0;
  };

  it("fall by what suppliers earn beyond what debts are charged", () => {
    const world = worldOf(comet({ ...terms, ...lent(flat(0.1), flat(0)) }, [underWater]));
    resetWorld(world);
    accrueInterest(world, 36.5 * DAY);
    expect((world.markets[0].house as StoreFront).reserves).toBeCloseTo(19_990 - 1e4, 6);
  });

  it("open the store front once interest has taken them below their target", () => {
    expect(isSold(lent(flat(0), flat(0)))).toBe(false);
    expect(isSold(lent(flat(0.2), flat(0.1)))).toBe(true);
    expect(isSold(lent(flat(0.1), flat(0.2)))).toBe(false);
  });

  it("are what is left: an absorbed debt is no longer lent, and a balance paid out is supply", () => {
    const from = comet({ ...terms, ...lent(flat(0), flat(0.1)) }, [underWater]);
    const world = worldOf(from);
    resetWorld(world);
    const { account, house, oraclePrice, pools } = world.markets[0];
    oraclePrice[0] = 1780;
    settleTaking(world, 0, 0, house!.consider(account)!);
    const [{ pool: lentBase }] = pools;
    expect(lentBase.debt).toBe(8e5 - 16_000);
    expect(lentBase.supply).toBeCloseTo(1e6 + 910, 6);
  });
});

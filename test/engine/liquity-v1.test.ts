import { describe, expect, it } from "vitest";
import { naiveBook } from "../../src/engine/book/naive-book";
import { settleTaking } from "../../src/engine/kernel/settlement";
import { liquidatable, resetWorld, type World, worldOf } from "../../src/engine/kernel/world";
import type { Taking } from "../../src/engine/markets/house";
import { liquityV1 } from "../../src/engine/markets/liquity-v1";
import { liquidatableAtOpen } from "../../src/engine/markets/opening";
import type { Liquidator, Market, Model } from "../../src/engine/model";
import fixture from "../fixtures/liquity-v1.json";
import { bookOf, feed, free, model as modelOf, monteCarlo, pool, run, searchers, shock } from "./kit";
import { expectUnits } from "./liquidation";

interface Trove {
  readonly collateral: number;
  readonly debt: number;
}

interface Setup {
  readonly stabilityPool?: number;
  readonly collateralCompensation?: number;
  readonly debtCompensation?: number;
  readonly price?: number;
  readonly keeper?: Partial<Liquidator>;
}

/** Troves of ETH that owe LUSD, as the rule set makes them of an entry; gas is free unless said. */
function troves(all: readonly Trove[], { price = 2000, keeper, ...setup }: Setup = {}): Model {
  const entry = { collateral: "0", debt: "1", oracle: "0", stabilityPool: 0, ...setup };
  const lending = liquityV1.terms(entry as never, { asset: Number, oracle: Number });
  const holdings = all.map(({ collateral, debt }, i) => ({
    account: `t${String(i).padStart(3, "0")}`,
    collateral: { 0: collateral },
    debt: { 1: debt },
  }));
  const market: Market = { name: "troves", rules: "liquity-v1", lending, book: bookOf(holdings) };
  return modelOf({
    assets: [free("ETH", price, 0.9), free("LUSD", 1)],
    venues: [pool(0, 1, [1e4, 1e4 * price])],
    oracles: [feed(0)],
    markets: [market],
    liquidators: [{ ...searchers, ...keeper }],
  });
}

/** The market once the oracle shows `price`. */
function opened(all: readonly Trove[], price: number, setup?: Setup): World {
  const world = worldOf(troves(all, setup));
  resetWorld(world);
  world.markets[0].oraclePrice[0] = price;
  return world;
}

/** Liquidates a trove; what that came to, undefined where the contract refuses. */
function liquidate(world: World, index: number): Taking | undefined {
  const { house, account } = world.markets[0];
  account.index = index;
  const taking = house!.consider(account);
  if (taking) settleTaking(world, 0, index, taking);
  return taking;
}

const legsOf = ({ markets }: World, index: number) =>
  [...markets[0].book.amount].slice(2 * index, 2 * index + 2);
const WAD = 18;

describe("Liquity v1 as recorded from TroveManager", () => {
  it.each(fixture.cases.map((each) => [each.id, each] as const))("%s", (_, recorded) => {
    const { collateral, debt, price, pool: stabilityPool } = recorded;
    const all = collateral.map((amount, i) => ({ collateral: amount, debt: Number(debt[i]) / 1e18 }));
    const world = opened(all, price, { stabilityPool });
    const taking = liquidate(world, 1);
    expect(taking !== undefined).toBe(recorded.refused === undefined);
    if (!taking) return;
    const { liquidation, after, poolAfter, surplus, totalRatioAfter } = recorded;
    if (!liquidation || !after || !poolAfter || surplus === undefined) throw new Error("Incomplete.");
    expectUnits(taking.reward!.inKind, liquidation.collateralCompensation, WAD, "compensation");
    expectUnits(taking.reward!.paid, liquidation.debtCompensation, WAD, "compensation");
    after.forEach(({ debt: owed, coll }, i) => {
      expectUnits(legsOf(world, i)[0], coll, WAD, "collateral");
      expectUnits(legsOf(world, i)[1], owed, WAD, "debt");
    });
    const { absorbed } = world.ledger.markets[0];
    const { house } = world.markets[0];
    expectUnits(stabilityPool - absorbed[1], poolAfter.lusd, WAD, "pool");
    expectUnits(house!.unsold(0), poolAfter.eth, WAD, "pool's collateral");
    expectUnits(house!.handedBack(0), surplus, WAD, "surplus");
    const total = all.map((_, i) => legsOf(world, i));
    const sum = (leg: number) => total.reduce((all, legs) => all + legs[leg], 0);
    expectUnits((sum(0) * price) / sum(1), totalRatioAfter!, WAD, "total ratio");
  });
});

describe("the example of Liquity's README", () => {
  const none = { stabilityPool: 600, collateralCompensation: 0, debtCompensation: 0 };
  const two = [
    { collateral: 1.6, debt: 150 },
    { collateral: 2.45, debt: 225 },
    { collateral: 1000, debt: 1000 },
  ];

  it("deposits of 100, 200 and 300 take over 150 for 1.6 ETH, then 225 for 2.45 ETH", () => {
    const world = opened(two, 100, none);
    const { house } = world.markets[0];
    const left = () => 600 - world.ledger.markets[0].absorbed[1];
    liquidate(world, 0);
    const shares = [100, 200, 300].map((deposit) => deposit / 600);
    expect(shares.map((share) => share * left())).toEqual([75, 150, 225]);
    [0.2666667, 0.5333333, 0.8].forEach((gain, i) => {
      expect(shares[i] * house!.unsold(0)).toBeCloseTo(gain, 6);
    });
    liquidate(world, 1);
    expect(shares.map((share) => share * left())).toEqual([37.5, 75, 112.5]);
    [0.675, 1.35, 2.025].forEach((gain, i) => {
      expect(shares[i] * house!.unsold(0)).toBeCloseTo(gain, 12);
    });
    expect(37.5 + 0.675 * 100).toBeCloseTo(100 * 1.05, 12);
  });

  it("at most 909.09 LUSD are owed on 1000 USD of ETH", () => {
    const at = (debt: number) =>
      liquidate(opened([{ collateral: 10, debt }, two[2]], 100, none), 0) === undefined;
    expect([at(909.09), at(909.1)]).toEqual([true, false]);
  });
});

describe("a trove at its boundaries", () => {
  const healthy = { collateral: 1000, debt: 1000 };

  it.each([
    [1100, undefined],
    [1099.9999999999998, 1],
  ])("one that owes 1000 on collateral worth %s", (worth, share) => {
    const world = opened([{ collateral: 1, debt: 1000 }, healthy], worth, { stabilityPool: 1e4 });
    expect(liquidate(world, 0)?.share).toBe(share);
  });

  it("exactly at 100% in recovery mode is spread whole, a unit above it is offset", () => {
    const big = { collateral: 100, debt: 70_000 };
    const at = (debt: number) => {
      const world = opened([{ collateral: 1, debt }, big], 1000, { stabilityPool: 1e6 });
      liquidate(world, 0);
      return world.ledger.markets[0].absorbed[1];
    };
    expect(at(1000)).toBe(0);
    expect(at(999.9999999999999)).toBeGreaterThan(999);
  });

  it("the last one stays", () => {
    expect(
      liquidate(opened([{ collateral: 1, debt: 1000 }], 900, { stabilityPool: 1e4 }), 0),
    ).toBeUndefined();
  });
});

describe("recovery mode", () => {
  const low = { collateral: 10, debt: 8000 };
  const other = { collateral: 100, debt: 70_000 };

  it("takes collateral of the minimum ratio from a trove below the total one; the rest is the owner's", () => {
    const world = opened([low, other], 1000, { stabilityPool: 50_000 });
    const taking = liquidate(world, 0);
    expect(taking?.reward?.inKind).toBeCloseTo(8.8 * 0.005, 12);
    expect(world.markets[0].house!.unsold(0)).toBeCloseTo(8.8 * 0.995, 12);
    expect(world.markets[0].house!.handedBack(0)).toBeCloseTo(1.2, 12);
  });

  it("leaves it alone when the pool does not have all of its debt, or the total is above 150%", () => {
    expect(liquidate(opened([low, other], 1000, { stabilityPool: 8000 }), 0)).toBeUndefined();
    expect(liquidate(opened([low, other], 1100, { stabilityPool: 50_000 }), 0)).toBeUndefined();
  });

  it("is seen at the opening too", () => {
    const from = troves([low, other], { price: 1000, stabilityPool: 50_000 });
    expect([...liquidatableAtOpen(from, 0)]).toEqual([0]);
  });

  it("goes by ascending ratio", () => {
    const world = opened([low, other, { collateral: 10, debt: 9500 }, { collateral: 10, debt: 8500 }], 1000, {
      stabilityPool: 50_000,
    });
    expect([...liquidatable(world.markets[0])]).toEqual([2, 3, 0]);
  });
});

describe("Liquity in a simulation", () => {
  const small = { collateral: 10, debt: 17_000 };
  const large = { collateral: 200, debt: 100_000 };

  it("keeps what the pool gets: the loss is what that is worth less", () => {
    const { markets } = run(troves([small, large], { stabilityPool: 50_000 }), shock([-0.2, 0]));
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
    expect(markets[0].flows[1].absorbed[0]).toBe(17_000);
    expect(markets[0].badDebt[0]).toBeCloseTo(17_000 - 9.95 * 1600, 9);
  });

  it("spreads what the pool does not reach, which can put others under water", () => {
    const next = { collateral: 40, debt: 57_000 };
    const from = troves([small, next, { collateral: 40, debt: 20_000 }]);
    const { markets } = run(from, shock([-0.2, 0]));
    expect(markets[0].liquidatedAccounts[0]).toBe(2);
    expect(markets[0].flows[1].debtEnd[0]).toBeCloseTo(94_000, 9);
    expect(markets[0].flows[1].absorbed[0]).toBe(0);
  });

  it("liquidates nobody whose compensation does not cover the gas", () => {
    const keeper = { gasUnits: 600_000, gasPrice: 500e-9, gasAsset: 0 };
    const { markets } = run(troves([small, large], { stabilityPool: 50_000, keeper }), shock([-0.2, 0]));
    expect(markets[0].liquidatedAccounts[0]).toBe(0);
    expect(markets[0].stalledDebt[0]).toBe(17_000);
  });

  it("gives the same bits for any split of the paths and with either book", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ collateral: 10, debt: 10_000 + 200 * i }));
    const from = troves(many, { stabilityPool: 60_000 });
    const tail = monteCarlo({ paths: 8, horizon: 2 * 86400, step: 1800 });
    const whole = run(from, tail).markets[0];
    const second = run(from, tail, { first: 4, count: 4 }).markets[0];
    expect(Math.max(...whole.liquidatedAccounts)).toBeGreaterThan(3);
    expect(run(from, tail, undefined, { book: naiveBook }).markets[0]).toEqual(whole);
    expect([...second.badDebt]).toEqual([...whole.badDebt.slice(4)]);
    expect([...second.liquidatorProfit]).toEqual([...whole.liquidatorProfit.slice(4)]);
  });
});

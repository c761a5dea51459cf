import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf } from "../../src/engine/book/layout";
import { naiveBook } from "../../src/engine/book/naive-book";
import { settleTaking } from "../../src/engine/kernel/settlement";
import { liquidatable, resetWorld, worldOf } from "../../src/engine/kernel/world";
import {
  type Controller,
  capacityOf,
  controllerOf,
  debtOf,
  exchange,
  grow,
  liquidate,
  open,
  unhealthy,
} from "../../src/engine/markets/band-controller";
import { crvusd } from "../../src/engine/markets/crvusd";
import {
  amountTo,
  jumpFee,
  type Llamma,
  llamma,
  priceIn,
  stableDown,
  trade,
} from "../../src/engine/markets/llamma";
import { liquidatableAtOpen } from "../../src/engine/markets/opening";
import type { Liquidator, Market, Model } from "../../src/engine/model";
import fixture from "../fixtures/crvusd.json";
import { bookOf, feed, free, model as modelOf, monteCarlo, pool, run, searchers, shock } from "./kit";
import { expectUnits } from "./liquidation";

interface Borrowing {
  readonly collateral: number;
  readonly debt: number;
}

interface Setup {
  readonly A?: number;
  readonly fee?: number;
  readonly bands?: number;
  readonly basePrice?: number;
  readonly price?: number;
  readonly depth?: number;
  readonly keeper?: Partial<Liquidator>;
  readonly volatility?: number;
}

/** Loans on WETH in crvUSD, as the rule set makes them of an entry; gas is free unless said. */
function loansOf(all: readonly Borrowing[], setup: Setup = {}): Model {
  const { price = 2000, depth = 1e5, keeper, volatility = 0.9, ...own } = setup;
  const entry = { collateral: "0", debt: "1", oracle: "0", basePrice: 2000, ...own };
  const lending = crvusd.terms(entry as never, { asset: Number, oracle: Number });
  const holdings = all.map(({ collateral, debt }, i) => ({
    account: `l${String(i).padStart(3, "0")}`,
    collateral: held(0, collateral),
    debt: held(1, debt),
  }));
  const market: Market = { name: "weth", rules: "crvusd", lending, book: bookOf(holdings) };
  return modelOf({
    assets: [free("WETH", price, volatility), free("crvUSD", 1)],
    venues: [pool(0, 1, [depth, depth * price], { recovery: 3600 })],
    oracles: [feed(0)],
    markets: [market],
    liquidators: [{ ...searchers, ...keeper }],
  });
}

function held(reserve: number, amount: number): Record<number, number> {
  return amount > 0 ? { [reserve]: amount } : {};
}

const WAD = 18;
const HOUR = 3600;
const units = (text: string) => Number(text) / 1e18;

describe("crvUSD as recorded from Controller and AMM", () => {
  it.each(fixture.cases.map((each) => [each.id, each] as const))("%s", (_, recorded) => {
    const { collateral, debt, A, fee, bands, basePrice } = recorded;
    const from = loansOf([{ collateral, debt }], { A, fee, bands, basePrice });
    const controller = controllerOf(layoutOf(from, 0));
    const { amm, loans } = controller;
    const [loan] = loans;
    const agree = (state: (typeof recorded)["initial"], oracle: number, what: string): void => {
      expectUnits(loan.collateral, state.coll, WAD, `${what}: collateral`);
      expectUnits(loan.stable, state.stable, WAD, `${what}: stablecoin`);
      const down = worthOf(controller, oracle);
      expectUnits(down, state.xDown, WAD, `${what}: x down`);
      expect((down * 0.94) / debt - 1).toBeCloseTo(units(state.health), 12);
      expect(capacityOf(controller, loan, oracle) / debt - 1).toBeCloseTo(units(state.healthFull), 12);
    };

    expectUnits(amm.top[loan.first], recorded.topPrice, WAD, "top of the first band");
    expectUnits(basePrice * ((A - 1) / A) ** recorded.firstBand, recorded.topPrice, WAD, "top by number");
    agree(recorded.initial, basePrice, "opened");
    for (const step of recorded.steps) {
      agree(step.before, step.price, `${step.price} before`);
      const [up, down] = [true, false].map((buying) => amountTo(amm, step.price, step.price, buying));
      expect([up > 0, down > 0]).toEqual([step.trade?.buying === true, step.trade?.buying === false]);
      if (step.trade) {
        const { buying, amount, out } = step.trade;
        expectUnits(buying ? up : down, amount, WAD, `${step.price}: amount`);
        expectUnits(trade(amm, step.price, buying, units(amount), false), out, WAD, `${step.price}: out`);
        exchange(controller, step.price, buying, units(amount));
        expectUnits(priceIn(amm, amm.active, step.price), step.after.ammPrice, WAD, `${step.price}: price`);
      }
      agree(step.after, step.price, `${step.price} after`);
      expect(unhealthy(controller, step.price)).toEqual(step.liquidated ? [loan] : []);
      if (!step.liquidated) continue;
      expectUnits(debtOf(controller, loan) - loan.stable, step.liquidated.paid, WAD, "paid");
      expectUnits(loan.collateral, step.liquidated.collateral, WAD, "collateral got");
      liquidate(controller, loan, 1, 1);
      expect([...amm.stable, ...amm.collateral].every((amount) => amount === 0)).toBe(true);
    }
  });

  it.each(fixture.cases.map((each) => [each.id, each] as const))(
    "%s: what is lent at most, in bands from the next one on and a ten-thousandth less",
    (_, { A, fee, bands, basePrice, collateral, maxBorrow }) => {
      const { reserves } = loansOf([], { A, fee, bands, basePrice }).markets[0].lending;
      const most = reserves[0].threshold * collateral * basePrice * ((A - 1) / A) * (1 - 1e-4);
      expectUnits(most, maxBorrow, WAD, "largest loan");
    },
  );
});

/** What all loans come to in the stablecoin: get_x_down. */
function worthOf({ amm }: Controller, oracle: number): number {
  return amm.top.slice(1).reduce((sum, _, band) => sum + stableDown(amm, band, oracle), 0);
}

/** Ten units of collateral from 2970 down, before and after each price. */
function tenIn(bands: number): Llamma {
  const amm = llamma({ A: 100, basePrice: 3000, fee: 0, distanceFee: 0 }, 1, bands);
  amm.collateral.fill(10 / bands);
  return amm;
}

const total = (amounts: Float64Array) => amounts.reduce((sum, amount) => sum + amount, 0);

function walk(amm: Llamma, prices: readonly number[]): number[][] {
  return prices.map((price) => {
    for (const buying of [true, false]) trade(amm, price, buying, amountTo(amm, price, price, buying), true);
    return [total(amm.stable), total(amm.collateral)];
  });
}

describe("the table of llamma-simulator: A 100, base 3000, 10 units, no fee, the oracle shows what is traded at", () => {
  it("in ten bands, down to 2700 and back above them", () => {
    const found = walk(tenIn(10), [2950, 2900, 2850, 2800, 2750, 2700, 2800, 2900, 3000]);
    const published = [
      [1973.154667, 9.32659933],
      [6822.682712, 7.62564804],
      [11667.945543, 5.89589272],
      [16513.164441, 4.13468],
      [21357.151985, 2.34130992],
      [26197.728425, 0.51546198],
      [16496.012793, 3.85775559],
      [6788.232469, 7.09121379],
      [0, 9.2571997],
    ];
    published.forEach(([stable, collateral], i) => {
      expect(found[i][0]).toBeCloseTo(stable, 5);
      expect(found[i][1]).toBeCloseTo(collateral, 6);
    });
  });

  it("in four bands, through them and back", () => {
    const found = walk(tenIn(4), [2950, 2900, 2850, 2900, 3000]);
    const published = [
      [4932.886667, 8.31649832],
      [17056.70678, 4.0641201],
      [28428.871698, 0],
      [16970.581173, 3.88720535],
      [0, 9.30217012],
    ];
    published.forEach(([stable, collateral], i) => {
      expect(found[i][0]).toBeCloseTo(stable, 5);
      expect(found[i][1]).toBeCloseTo(collateral, 6);
    });
  });
});

const someAmm = fc
  .record({
    A: fc.integer({ min: 5, max: 200 }),
    fee: fc.double({ min: 0, max: 0.01, noNaN: true }),
    distanceFee: fc.constantFrom(0, 0.25),
    held: fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 1, maxLength: 12 }),
  })
  .map(({ held, ...terms }): Llamma => {
    const amm = llamma({ ...terms, basePrice: 2000 }, 1, held.length);
    amm.collateral.set(held);
    return amm;
  });
/** From one price of the oracle to the next, by a few percent. */
const somePrices = fc
  .array(fc.double({ min: 0.93, max: 1.06, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((moves) => moves.map((_, i) => moves.slice(0, i + 1).reduce((price, move) => price * move, 2000)));

describe("the AMM", () => {
  it("without a fee is at a price once what it takes has been traded, as far as its bands go", () => {
    fc.assert(
      fc.property(someAmm, somePrices, (terms, prices) => {
        const amm = { ...terms, leastFee: 0, distanceFee: 0 };
        for (const price of prices) {
          walk(amm, [price]);
          const { active, stable, collateral } = amm;
          if (stable[active] > 0 && collateral[active] > 0)
            expect(priceIn(amm, active, price) / price).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps what it comes to further down when it is traded at the oracle's price, and the fee is on top", () => {
    fc.assert(
      fc.property(someAmm, somePrices, (amm, prices) => {
        const worth = (price: number) =>
          amm.stable.reduce((sum, _, band) => sum + stableDown(amm, band, price), 0);
        for (const price of prices) {
          const before = worth(price);
          walk(amm, [price]);
          expect(worth(price)).toBeGreaterThanOrEqual(before * (1 - 1e-9));
          if (amm.fee + amm.distanceFee === 0) expect(worth(price) / before).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives two trades no more than one of their size", () => {
    fc.assert(
      fc.property(someAmm, somePrices, fc.double({ min: 0, max: 1, noNaN: true }), (amm, prices, part) => {
        walk(amm, prices);
        const price = prices.at(-1)! * 0.97;
        const amount = amountTo(amm, price, price, true);
        const whole = trade(amm, price, true, amount, false);
        const first = trade(amm, price, true, amount * part, true);
        const second = trade(amm, price, true, amount * (1 - part), false);
        expect(first + second).toBeLessThanOrEqual(whole * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the fee after a jump of the oracle's price: limit_p_o", () => {
  const last = { price: 2000, at: 1000, fee: 0 };

  it("takes all that the jump gives at first, and is gone after two minutes", () => {
    expect(jumpFee(last, 1900, 1000)).toBeCloseTo(1 - 0.95 ** 3, 15);
    expect(jumpFee(last, 2000 / 0.95, 1000)).toBeCloseTo(1 - 0.95 ** 3, 15);
    expect(jumpFee(last, 1900, 1030)).toBeCloseTo((1 - 0.95 ** 3) * 0.75, 15);
    expect(jumpFee(last, 1900, 1120)).toBe(0);
    expect(jumpFee(last, 2000, 1012)).toBe(0);
  });

  it("knows no larger jump than by a quarter, and goes on from that of the last trade", () => {
    expect(jumpFee(last, 1000, 1000)).toBeCloseTo(1 - 0.8 ** 3, 15);
    expect(jumpFee({ ...last, fee: 0.2 }, 2000, 1060)).toBeCloseTo(0.1, 15);
  });

  it("in its block leaves nothing to be earned from what a band would give for it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.85, max: 1.15, noNaN: true }), (move) => {
        const amm = tenIn(10);
        walk(amm, [2850]);
        const oracle = 2850 * move;
        amm.leastFee = jumpFee({ price: 2850, at: 0, fee: 0 }, oracle, 0);
        expect(amountTo(amm, oracle, oracle, move < 1, true)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe("liquidating a part of a loan", () => {
  it("takes less than that part of what it has: half of the discount is left at first", () => {
    const controller = controllerOf(layoutOf(loansOf([{ collateral: 10, debt: 15_000 }]), 0));
    const [loan] = controller.loans;
    liquidate(controller, loan, 0.01, 0.01 * ((1.03 / 1.06) * 0.99 + 0.01));
    expect(debtOf(controller, loan)).toBeCloseTo(14_850, 9);
    expect(loan.collateral / 10).toBeCloseTo(1 - 0.01 * ((1.03 / 1.06) * 0.99 + 0.01), 12);
    expect(total(controller.amm.collateral)).toBeCloseTo(loan.collateral, 12);
  });
});

/** A market whose oracle and venues show a price. */
function opened(all: readonly Borrowing[], price: number) {
  const world = worldOf(loansOf(all));
  resetWorld(world);
  const { house, oraclePrice, marketPrice } = world.markets[0];
  const show = (oracle: number, market = oracle) => {
    oraclePrice[0] = oracle;
    marketPrice[0] = market;
  };
  show(price);
  return { world, house: house!, show };
}

describe("interest on a loan", () => {
  const opening = () => controllerOf(layoutOf(loansOf([{ collateral: 10, debt: 15_000 }]), 0));

  it("leaves the health of what no price has reached as it is: bands move up as debts grow", () => {
    const controller = opening();
    const [loan] = controller.loans;
    const health = () => {
      const above = (2000 - controller.amm.top[loan.first]) * loan.collateral;
      return (capacityOf(controller, loan, 2000) - above) / debtOf(controller, loan);
    };
    const before = health();
    grow(controller, 1.1);
    expect(debtOf(controller, loan)).toBeCloseTo(16_500, 9);
    expect(health() / before).toBeCloseTo(1, 12);
  });

  it("lowers that of a loan that is converted: its stablecoin earns nothing", () => {
    const controller = opening();
    const [loan] = controller.loans;
    exchange(controller, 1650, true, amountTo(controller.amm, 1650, 1650, true));
    const health = () => capacityOf(controller, loan, 1650) / debtOf(controller, loan);
    const before = health();
    grow(controller, 1.02);
    expect(health() / before).toBeLessThan(1 - 0.005);
    expect(health() / before).toBeGreaterThan(1 / 1.02);
  });

  it("is undone for the next path", () => {
    const controller = opening();
    const top = Float64Array.from(controller.amm.top);
    grow(controller, 1.3);
    open(controller);
    expect(controller.amm.top).toEqual(top);
    expect(debtOf(controller, controller.loans[0])).toBe(15_000);
  });
});

describe("crvUSD in a simulation", () => {
  const loan = { collateral: 10, debt: 15_000 };
  const other = { collateral: 10, debt: 8000 };

  it("converts collateral while the price falls through the bands, and liquidates nobody", () => {
    const { markets } = run(loansOf([loan, other]), shock([-0.17, 0], { over: 86400, hold: 0 }));
    const [weth, stable] = markets[0].flows;
    expect(markets[0].liquidatedAccounts[0]).toBe(0);
    expect(weth.seized[0]).toBeGreaterThan(3);
    expect(weth.seized[0]).toBeLessThan(8);
    expect(stable.seized[0]).toBeLessThan(-3 * 1650);
    expect(stable.debtEnd[0]).toBe(23_000);
    expect(markets[0].liquidatedValue[0][0]).toBeGreaterThan(3 * 1650);
    expect(markets[0].badDebt[0]).toBe(0);
  });

  it("is traded to what venues pay, also where the oracle shows another price", () => {
    const { house, show } = opened([loan, other], 1660);
    for (const [market, wants] of [
      [1660, 0],
      [1500, 1],
      [1900, 0],
    ]) {
      show(1660, market);
      const [lot, ...more] = house.lots(0);
      expect(more).toEqual([]);
      expect(lot.account.index).toBe(wants);
      house.sell(lot, 0, lot.account.amount[2 * wants + 1]);
      expect(house.lots(0)).toEqual([]);
    }
  });

  it("trades again a little after a jump, when the fee for it has fallen far enough", () => {
    const { house, show } = opened([loan, other], 1720);
    const buyAt = (now: number) => {
      const [lot] = house.lots(now);
      if (lot) house.sell(lot, 0, lot.account.amount[1]);
      return lot !== undefined;
    };
    expect(buyAt(0)).toBe(true);
    expect(house.nextChange(0)).toBe(Number.POSITIVE_INFINITY);
    show(1700);
    expect(buyAt(12)).toBe(false);
    expect(house.nextChange(12)).toBe(24);
    expect([24, 36, 48, 60].map(buyAt)).toContain(true);
    expect(house.nextChange(600)).toBe(Number.POSITIVE_INFINITY);
  });

  it("sells an unhealthy loan for its debt less its stablecoin, behind all trades", () => {
    const { house, show } = opened([loan, other], 1720);
    for (const [i, price] of [1720, 1650, 1720, 1720].entries()) {
      show(price);
      const [lot] = house.lots(600 * i);
      if (!lot.waits) house.sell(lot, 0, lot.account.amount[2 * lot.account.index + 1]);
    }
    const [lot] = house.lots(3000);
    expect([lot.of, lot.waits]).toEqual([0, true]);
    const { account, offer } = lot;
    const [collateral, asked] = account.amount;
    const pair = { collateral: 0, debt: 1 };
    const seizure = { seized: 0, fee: 0 };
    expect(offer.maxRepay(account, pair)).toBe(asked);
    offer.seize(account, pair, asked / 2, seizure);
    expect(seizure.seized / collateral).toBeGreaterThan(0.49);
    expect(seizure.seized / collateral).toBeLessThan(0.5);
    offer.seize(account, pair, asked, seizure);
    expect(seizure.seized).toBe(collateral);
    const [taken, used, repaid] = house.sell(lot, 0, asked / 2)!.map(({ change }) => -change);
    expect(repaid - used).toBeCloseTo(asked / 2, 9);
    expect(taken / collateral).toBeLessThan(repaid / loan.debt);
    // What was left to the borrower makes the loan healthy again.
    expect(house.lots(3000)).toEqual([]);
  });

  it("whoever liquidates a loan that has more stablecoin than debt gets what is above it", () => {
    const { house, show, world } = opened([{ collateral: 10, debt: 16_000 }, other], 1800);
    for (const [i, price] of [1800, 1680].entries()) {
      show(price);
      const [lot] = house.lots(600 * i);
      house.sell(lot, 0, lot.account.amount[1])?.forEach(({ account, leg, change }) => {
        world.markets[0].book.apply(account, leg, change);
      });
    }
    const [unhealthy] = liquidatable(world.markets[0]);
    const { account, book } = world.markets[0];
    account.index = unhealthy;
    const taking = house.consider(account)!;
    expect(taking.reward!.paid).toBeGreaterThan(300);
    expect(taking.reward!.paid).toBeCloseTo(book.amount[1] - 16_000, 9);
    expect(house.lots(1200)).toEqual([]);
    settleTaking(world, 0, unhealthy, taking);
    expect([...book.amount.slice(0, 3)]).toEqual([0, 0, 0]);
    expect([...liquidatable(world.markets[0])]).toEqual([]);
  });

  it("leaves loans as they are whose trades pay nobody's gas, until they are worth liquidating", () => {
    const keeper = { gasUnits: 1e6, gasPrice: 1e-5, gasAsset: 0 };
    const { markets } = run(loansOf([loan, other], { keeper }), shock([-0.3, 0]));
    expect(markets[0].liquidatableAccounts[0]).toBe(1);
    expect(markets[0].stalledDebt[0]).toBe(15_000);
    expect(markets[0].badDebt[0]).toBeCloseTo(1000, 9);
    expect(markets[0].flows[0].seized[0]).toBe(0);
  });

  it("takes who owes on nothing, or on too little of what has fallen, for liquidatable at the opening", () => {
    const none = { collateral: 0, debt: 5 };
    const idle = { collateral: 5, debt: 0 };
    const from = loansOf([loan, { collateral: 10, debt: 19_000 }, none, idle], { price: 1700 });
    expect([...liquidatableAtOpen(from, 0)]).toEqual([1, 2]);
  });

  it.each([
    ["A", 60],
    ["bands", 20],
    ["basePrice", 2013],
    ["fee", 0.02],
    ["loanDiscount", 0.12],
    ["liquidationDiscount", 0.085],
    ["rate", 0.5],
  ])("%s acts", (key, value) => {
    const many = Array.from({ length: 10 }, (_, i) => ({ collateral: 10, debt: 14_000 + 250 * i }));
    const crash = shock([-0.25, 0], { over: HOUR, hold: HOUR });
    const base = run(loansOf(many, { depth: 3000 }), crash).markets[0];
    const changed = run(loansOf(many, { depth: 3000, [key]: value }), crash).markets[0];
    expect(changed).not.toEqual(base);
  });

  it("gives the same bits for any split of the paths and with either book", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ collateral: 10, debt: 10_000 + 170 * i }));
    const from = loansOf(many, { volatility: 1.5 });
    const tail = monteCarlo({ paths: 6, horizon: 2 * 86400, step: 1800 });
    const whole = run(from, tail).markets[0];
    expect(Math.max(...whole.liquidatedAccounts)).toBeGreaterThan(3);
    expect(Math.max(...whole.flows[1].debtEnd)).toBeGreaterThan(0);
    expect(run(from, tail, undefined, { book: naiveBook }).markets[0]).toEqual(whole);
    const second = run(from, tail, { first: 3, count: 3 }).markets[0];
    expect([...second.badDebt]).toEqual([...whole.badDebt.slice(3)]);
    expect([...second.liquidatorProfit]).toEqual([...whole.liquidatorProfit.slice(3)]);
  });
});

import { describe, expect, it } from "vitest";
import { isUnderWater } from "../../src/engine/book/health";
import { payKeeper, settleTaking } from "../../src/engine/kernel/settlement";
import { liquidatable, resetWorld, type World, worldOf } from "../../src/engine/kernel/world";
import { auctionPrice, type IlkTerms } from "../../src/engine/markets/clipper";
import type { House, Lot } from "../../src/engine/markets/house";
import { maker } from "../../src/engine/markets/maker";
import type { Liquidator, Market, Model } from "../../src/engine/model";
import { Flag } from "../../src/engine/samples";
import fixture from "../fixtures/maker.json";
import { bookOf, feed, free, model as modelOf, monteCarlo, pool, run, shock } from "./kit";
import { accountOf, expectUnits } from "./liquidation";

const standard = {
  mat: 1.5,
  chop: 0.13,
  dust: 100,
  hole: 30e6,
  buf: 1.2,
  tail: 7200,
  cusp: 0.4,
  chip: 0.001,
  tip: 300,
  calc: { stairstep: { cut: 0.99, step: 90 } },
};

/** A case of the fixture. */
interface Recorded {
  readonly in: { ink: number; art: number; price: number; calc?: string; tau?: number } & Partial<IlkRecord>;
  readonly refused?: string;
  readonly bark?: Readonly<Record<"ink" | "art" | "tab" | "lot" | "top" | "kprDai", string>>;
  readonly vaultLeft?: readonly string[];
  readonly takes?: readonly Take[];
  readonly vowSin?: string;
}

type IlkRecord = Pick<IlkTerms, "hole" | "cusp">;

/** What happens to an auction `dt` seconds after the last event: it is bought, refuses to be, or is started again. */
interface Take {
  readonly dt?: number;
  readonly redo?: boolean;
  readonly refused?: string;
  readonly top?: string;
  readonly price?: string;
  readonly owe?: string;
  readonly slice?: string;
  readonly usrGem?: string;
}

interface Vault {
  readonly ink: number;
  readonly art: number;
}

interface Setup {
  readonly ilk?: Partial<IlkTerms> & { readonly duty?: number };
  readonly hole?: number;
  readonly surplus?: number;
  readonly price?: number;
  readonly depth?: number;
  readonly keeper?: Partial<Liquidator>;
  readonly delay?: number;
  readonly heartbeat?: number;
}

/** One ilk of WETH that owes DAI, as its rule set makes it of an entry; gas is free unless said. */
function makerOf(vaults: readonly Vault[], setup: Setup = {}): Model {
  const { ilk, hole = 100e6, surplus, price = 2000, depth = 1e6, keeper, delay = 0, heartbeat } = setup;
  const entry = {
    debt: "1",
    hole,
    surplus,
    ilks: { "ETH-A": { asset: "0", oracle: "0", ...standard, ...ilk } },
  };
  const lending = maker.terms(entry as never, { asset: Number, oracle: Number });
  const holdings = vaults.map(({ ink, art }, i) => ({
    account: `v${String(i).padStart(2, "0")}`,
    collateral: { 0: ink },
    debt: { 1: art },
  }));
  const market: Market = { name: "maker", rules: "maker", lending, book: bookOf(holdings) };
  const own = { name: "keepers", gasUnits: 0, gasPrice: 0, gasAsset: -1, minProfit: 0, reaction: 0 };
  return modelOf({
    assets: [free("WETH", price, 0.8), free("DAI", 1)],
    venues: [pool(0, 1, [depth, depth * price])],
    oracles: [feed(0, { delay, ...(heartbeat !== undefined && { heartbeat }) })],
    markets: [market],
    liquidators: [{ ...own, ...keeper }],
  });
}

interface Opened {
  readonly world: World;
  readonly house: House;
  readonly from: Model;
}

/** The first vault's market once the oracle shows `price`. */
function opened(vaults: readonly Vault[], price: number, setup?: Setup): Opened {
  const from = makerOf(vaults, setup);
  const world = worldOf(from);
  resetWorld(world);
  world.markets[0].oraclePrice[0] = price;
  return { world, house: world.markets[0].house!, from };
}

/** Takes a vault over as a keeper does who pays no gas; what the keeper gets, undefined where the contract refuses. */
function bark({ world, house, from }: Opened, account = 0): number | undefined {
  const { account: view } = world.markets[0];
  view.index = account;
  const taking = isUnderWater(view, maker) ? house.consider(view) : undefined;
  if (!taking) return undefined;
  settleTaking(world, 0, account, taking);
  payKeeper(world, 0, from.liquidators[0], taking.reward!);
  return taking.reward!.paid;
}

const PAIR = { collateral: 0, debt: 1 };

/** Buys as much of a lot as is wanted and allowed. */
function buy({ account, offer }: Lot, wanted = Number.POSITIVE_INFINITY) {
  const seizure = { seized: 0, fee: 0 };
  const repay = offer.allowedRepay(account, PAIR, Math.min(wanted, offer.maxRepay(account, PAIR)));
  offer.seize(account, PAIR, repay, seizure);
  return { repay, seized: seizure.seized };
}

const [WAD, RAY, RAD] = [18, 27, 45];

describe("Maker as recorded from Dog and Clipper", () => {
  it.each(fixture.cases.map((each) => [each.id, each as Recorded] as const))("%s", (_, recorded) => {
    const { ink, art, price, calc, tau = 0, ...ilk } = recorded.in;
    const linear = calc === "lin" ? { calc: { linear: { tau } } } : {};
    const at = opened([{ ink, art }], price, { ilk: { ...ilk, ...linear } });
    const { world, house } = at;
    const reward = bark(at);
    expect(reward !== undefined).toBe(recorded.refused === undefined);
    if (reward === undefined) return;
    const { bark: barked, vaultLeft, takes, vowSin } = recorded;
    if (!barked || !vaultLeft || !takes || !vowSin) throw new Error("Incomplete.");
    const ledger = world.ledger.markets[0];
    expectUnits(ledger.seized[0], barked.ink, WAD, "ink");
    expectUnits(ledger.absorbed[1], barked.art, WAD, "art");
    expectUnits(reward, barked.kprDai, RAD, "reward");
    const { amount } = world.markets[0].book;
    vaultLeft.forEach((left, leg) => {
      expectUnits(amount[leg], left, WAD, "vault left");
    });
    const [lot] = house.lots(0);
    expectUnits(lot.account.amount[0], barked.lot, WAD, "lot");
    expectUnits(lot.account.amount[1], barked.tab, RAD, "tab");
    expectUnits(lot.account.price[0], barked.top, RAY, "top");
    let now = 0;
    for (const take of takes) {
      now += take.dt ?? 0;
      if (take.redo) {
        const [restart] = house.restarts(now);
        payKeeper(world, 0, at.from.liquidators[0], restart.reward);
        restart.run();
        expectUnits(house.lots(now)[0].account.price[0], take.top!, RAY, "top");
        continue;
      }
      expect(house.lots(now)).toHaveLength(take.refused ? 0 : 1);
      if (take.refused) continue;
      const [offered] = house.lots(now);
      expectUnits(offered.account.price[0], take.price!, RAY, "price");
      const { repay, seized } = buy(offered);
      expectUnits(repay, take.owe!, RAD, "owe");
      expectUnits(seized, take.slice!, WAD, "slice");
      house.sell(offered, seized, repay);
      expect(house.lots(now)).toHaveLength(0);
      expectUnits(house.handedBack(0), take.usrGem!, WAD, "handed back");
    }
    expectUnits(10e6 + ledger.absorbed[1] + ledger.rewards[1], vowSin, RAD, "vow");
  });
});

describe("Maker's own tests (makerdao/dss, test/)", () => {
  const gold = { mat: 2, chop: 0.1, dust: 0, buf: 1, tip: 100, chip: 0.02 };

  it.each([
    ["at 1.0", 1, 4],
    ["at 1.25", 1.25, 5],
  ])("40 gold with 100 owed at 200%%: buf %s and a price of 4 start at %3$d", (_, buf, top) => {
    const at = opened([{ ink: 40, art: 100 }], 4, { ilk: { ...gold, buf }, price: 5 });
    expect(bark(at)).toBeCloseTo(100 + 2.2, 12);
    const [lot] = at.house.lots(0);
    expect(lot.account.amount[0]).toBe(40);
    expect(lot.account.amount[1]).toBeCloseTo(110, 12);
    expect(lot.account.price[0]).toBe(top);
  });

  it("22 gold at 5 raise 110, and 18 are returned", () => {
    const at = opened([{ ink: 40, art: 100 }], 4, { ilk: { ...gold, buf: 1.25 }, price: 5 });
    bark(at);
    const [lot] = at.house.lots(0);
    const { repay, seized } = buy(lot);
    expect(seized).toBeCloseTo(22, 12);
    at.house.sell(lot, seized, repay);
    expect(at.house.handedBack(0)).toBeCloseTo(18, 12);
    expect(at.house.lots(0)).toEqual([]);
  });

  it.each([360, 720, 1800, 3240, 3600])(
    "linear over 3600 s from 1000: minus 100 every 360 s, at %i s",
    (time) => {
      expect(auctionPrice({ linear: { tau: 3600 } }, 1000, time)).toBeCloseTo(1000 - (100 * time) / 360, 9);
    },
  );

  it.each([
    [0, 4000],
    [900, 2000],
    [1800, 1000],
    [2700, 500],
    [3600, 250],
  ])("exponential at 0.999230132966 a second from 4000: at %i s %d", (time, price) => {
    const quoted = auctionPrice({ exponential: { cut: 0.999230132966 } }, 4000, time);
    expect(Math.abs(quoted / price - 1)).toBeLessThan(1e-8);
  });

  it("with a tail of 3600 an auction is started again at 3601, not at 3600", () => {
    const at = opened([{ ink: 40, art: 100 }], 4, {
      ilk: { ...gold, tail: 3600, cusp: 1e-9, calc: { stairstep: { cut: 0.99, step: 60 } } },
    });
    bark(at);
    expect(at.house.restarts(3600)).toHaveLength(0);
    expect(at.house.restarts(3601)).toHaveLength(1);
  });
});

describe("a vault of Maker at its boundaries", () => {
  it.each([
    ["exactly at the ratio", 12_000, false],
    ["a unit above", 12_000.000000000002, true],
  ])("of 10 WETH at 1800 with 150%%, owing %s", (_, art, unsafe) => {
    expect(isUnderWater(accountOf(makerOf([{ ink: 10, art }]), [1800, 1]), maker)).toBe(unsafe);
  });

  it("is safe where price / mat does not divide, by the digits that the contract cuts", () => {
    const at = (art: number) =>
      isUnderWater(accountOf(makerOf([{ ink: 3, art }], { ilk: { mat: 1.75 } }), [1000, 1]), maker);
    expect([at(1714.2857142857142), at(1714.2857142857144)]).toEqual([false, true]);
  });

  it.each([
    ["with room for the rest but for dust, takes it whole", 8000, 7100, 1],
    ["with less room, takes a part", 8000, 12_000, 8000 / 1.13 / 12_000],
    ["with room for dust alone, takes nothing", 100, 12_000, undefined],
  ])("%s", (_, hole, art, share) => {
    const { world, house } = opened([{ ink: art / 1200, art }], 1750, { hole });
    expect(house.consider(world.markets[0].account)?.share).toBe(share);
  });

  it("waits for room that earlier auctions take up", () => {
    const at = opened(
      [
        { ink: 10, art: 12_000 },
        { ink: 10, art: 12_000 },
      ],
      1750,
      { hole: 13_560 },
    );
    expect(bark(at, 0)).toBeDefined();
    expect(bark(at, 1)).toBeUndefined();
    const [lot] = at.house.lots(0);
    const { repay, seized } = buy(lot);
    at.house.sell(lot, seized, repay);
    expect(bark(at, 1)).toBeDefined();
  });

  it("is called by what earns the keeper most, whatever the order of the rows", () => {
    const { world } = opened(
      [
        { ink: 1, art: 1200 },
        { ink: 10, art: 12_000 },
        { ink: 5, art: 6000 },
      ],
      1750,
    );
    expect([...liquidatable(world.markets[0])]).toEqual([1, 2, 0]);
  });

  it("sells no part that leaves less than dust with its penalty", () => {
    const at = opened([{ ink: 10, art: 12_000 }], 1750, { ilk: { dust: 1000 } });
    bark(at);
    const [lot] = at.house.lots(0);
    expect(buy(lot, 13_000).repay).toBeCloseTo(13_560 - 1130, 9);
    expect(buy(lot, 12_000).repay).toBe(12_000);
  });

  it("pays nothing for starting an auction again that is not worth one", () => {
    const at = opened([{ ink: 0.08, art: 96 }], 1750);
    bark(at);
    expect(at.house.restarts(7201)[0].reward.paid).toBe(0);
  });
});

describe("Maker in a simulation", () => {
  const vault = { ink: 10, art: 12_000 };
  const crash = shock([-0.12, 0], { hold: 3 * 3600 });

  it("sells when the auction's price has come down to the venues', and hands the rest back", () => {
    const { markets } = run(makerOf([vault]), crash);
    const [weth, dai] = markets[0].flows;
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
    expect(weth.seized[0]).toBe(10);
    expect(weth.unsold[0]).toBe(0);
    expect(dai.bought[0]).toBeCloseTo(13_560, 6);
    const price = 13_560 / (10 - weth.handedBack[0]);
    expect(price).toBeLessThan(1760);
    expect(price).toBeGreaterThan(1760 * 0.98);
    expect(dai.rewards[0]).toBeCloseTo(300 + 13.56, 9);
    expect(markets[0].badDebt[0]).toBe(0);
  });

  it("loses what an auction does not raise, gross of the penalties of others", () => {
    const { markets } = run(
      makerOf([vault, { ink: 100, art: 60_000 }], { ilk: { dust: 0 } }),
      shock([-0.65, 0], { hold: 6 * 3600 }),
    );
    expect(markets[0].liquidatedAccounts[0]).toBe(2);
    expect(markets[0].badDebt[0]).toBeGreaterThan(12_000 - 7000);
    expect(markets[0].badDebt[0]).toBeLessThan(12_000 - 6800);
  });

  it("values what still runs at the horizon at market prices, and says that it runs", () => {
    const { markets, flags } = run(makerOf([vault]), shock([-0.5, 0], { hold: 600 }));
    expect(markets[0].flows[0].unsold[0]).toBe(10);
    expect(markets[0].badDebt[0]).toBeCloseTo(12_000 - 10_000, 6);
    expect(flags[0] & Flag.pending).toBe(Flag.pending);
  });

  it("starts no auction whose reward does not cover the gas: the debt is stalled", () => {
    const gas = { gasUnits: 600_000, gasPrice: 500e-9, gasAsset: 0 };
    const paid = run(makerOf([vault], { keeper: gas, ilk: { tip: 600 } }), crash);
    expect(paid.markets[0].liquidatedAccounts[0]).toBe(1);
    const unpaid = run(makerOf([vault], { keeper: gas, ilk: { tip: 0 } }), crash);
    expect(unpaid.markets[0].liquidatedAccounts[0]).toBe(0);
    expect(unpaid.markets[0].stalledDebt[0]).toBe(12_000);
  });

  it("starts an auction again whose price began above what anybody pays for as long as it ran", () => {
    const slow = { calc: { stairstep: { cut: 0.99, step: 90 } }, tail: 600, buf: 1.5 };
    const { markets } = run(makerOf([vault], { ilk: slow }), crash);
    expect(markets[0].flows[1].rewards[0]).toBeGreaterThan(3 * 313);
    expect(markets[0].flows[0].unsold[0]).toBe(10);
  });

  it("sees through the oracle security module an hour or two late", () => {
    const late = makerOf([vault], { delay: 3600, heartbeat: 3600 });
    const until = (hold: number) => run(late, shock([-0.12, 0], { hold })).markets[0].liquidatedAccounts[0];
    expect(until(3500)).toBe(0);
    expect(until(2.5 * 3600)).toBe(1);
  });

  it("lets the auctions of many vaults share the venues' depth, and moves the price", () => {
    const many = Array.from({ length: 40 }, () => ({ ink: 100, art: 120_000 }));
    const { markets, assets } = run(makerOf(many, { depth: 20_000 }), shock([-0.12, 0], { hold: 6 * 3600 }));
    expect(markets[0].liquidatedAccounts[0]).toBe(40);
    expect(markets[0].flows[0].unsold[0]).toBe(0);
    expect(assets[0].lowest[0]).toBeLessThan(1760 * 0.8);
  });

  it("gives the same bits for any split of the paths", () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ ink: 100, art: 100_000 + 2000 * i }));
    const from = makerOf(many, { depth: 5000, delay: 3600, heartbeat: 3600 });
    const tail = monteCarlo({ paths: 6, horizon: 12 * 3600 });
    const whole = run(from, tail).markets[0];
    const second = run(from, tail, { first: 3, count: 3 }).markets[0];
    expect([...second.badDebt]).toEqual([...whole.badDebt.slice(3)]);
    expect([...second.liquidatorProfit]).toEqual([...whole.liquidatorProfit.slice(3)]);
  });
});

describe("Maker's surplus", () => {
  const lost = { ink: 10, art: 13_000 };
  const penal = { ink: 100, art: 80_000 };
  const sound = { ink: 1000, art: 300_000 };
  const outcome = (setup: Setup, vaults = [lost], more: Partial<Model> = {}) => {
    const from = { ...makerOf(vaults, setup), ...more };
    const { markets, backstops } = run(from, shock([-0.45, 0], { hold: 3 * 3600 }));
    const [{ badDebt, uncovered, flows }] = markets;
    const [, dai] = flows;
    return {
      badDebt: badDebt[0],
      uncovered: uncovered[0],
      paid: dai.coveredBySurplus[0],
      rewards: dai.rewards[0],
      penalties: dai.bought[0] - dai.absorbed[0] + badDebt[0],
      fees: dai.debtInterest[0],
      used: backstops.map(([units]) => units),
    };
  };

  it("does not pay where the file says nothing of it", () => {
    const { badDebt, uncovered, paid } = outcome({});
    expect(badDebt).toBeGreaterThan(1500);
    expect([uncovered, paid]).toEqual([badDebt, 0]);
  });

  it("pays what auctions do not raise, as far as it goes after rewards", () => {
    const { badDebt, uncovered, paid, rewards } = outcome({ surplus: 1000 });
    expect(rewards).toBeGreaterThan(300);
    expect(paid).toBeCloseTo(1000 - rewards, 9);
    expect(uncovered).toBeCloseTo(badDebt - paid, 9);
    expect(outcome({ surplus: 0 }).paid).toBe(0);
    expect(outcome({ surplus: 1e6 })).toMatchObject({ paid: expect.closeTo(badDebt, 9), uncovered: 0 });
  });

  it("has the penalties that other auctions raise, and stability fees", () => {
    const held = outcome({ surplus: 0, ilk: { chop: 0.01, tip: 0 } }, [lost, penal]);
    expect(held.penalties).toBeCloseTo(800, 6);
    expect(held.paid).toBeCloseTo(held.penalties - held.rewards, 6);
    const charged = outcome({ surplus: 0, ilk: { chop: 0.01, tip: 0, duty: 1 } }, [lost, penal, sound]);
    expect(charged.fees).toBeGreaterThan(50);
    expect(charged.paid).toBeCloseTo(charged.penalties + charged.fees - charged.rewards, 6);
  });

  it("pays before backstops", () => {
    const backstops = [{ asset: 1, amount: 500, covers: 1 }];
    const { badDebt, uncovered, paid, used } = outcome({ surplus: 1000 }, [lost], { backstops });
    expect(used).toEqual([500]);
    expect(uncovered).toBeCloseTo(badDebt - paid - 500, 9);
  });
});

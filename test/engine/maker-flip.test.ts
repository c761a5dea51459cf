import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bidOn } from "../../src/engine/agents/bids";
import type { Desk } from "../../src/engine/agents/orders";
import { naiveBook } from "../../src/engine/book/naive-book";
import { settleTaking } from "../../src/engine/kernel/settlement";
import { resetWorld, type World, worldOf } from "../../src/engine/kernel/world";
import type { Bid, Bidding, House } from "../../src/engine/markets/house";
import { makerFlip } from "../../src/engine/markets/maker-flip";
import type { Liquidator, Market, Model } from "../../src/engine/model";
import { Flag } from "../../src/engine/samples";
import { bookOf, feed, free, model as modelOf, monteCarlo, pool, run, searchers, shock } from "./kit";

interface Vault {
  readonly ink: number;
  readonly art: number;
}

const standard = { mat: 1.5, chop: 0.13, lump: 50, beg: 0.03, ttl: 600, tau: 21_600 };

interface Setup {
  readonly ilk?: Partial<typeof standard>;
  readonly price?: number;
  readonly depth?: number;
  readonly keepers?: readonly Partial<Liquidator>[];
}

const [HOUR, DAY] = [3600, 86_400];

/** Vaults of WETH that owe DAI, as the rule set makes them of an entry; gas is free unless said. */
function vaultsOf(vaults: readonly Vault[], setup: Setup = {}): Model {
  const { ilk, price = 200, depth = 1e6, keepers = [{ name: "a" }, { name: "b" }] } = setup;
  const entry = { debt: "1", ilks: { "ETH-A": { asset: "0", oracle: "0", ...standard, ...ilk } } };
  const lending = makerFlip.terms(entry as never, { asset: Number, oracle: Number });
  const holdings = vaults.map(({ ink, art }, i) => ({
    account: `v${String(i).padStart(3, "0")}`,
    collateral: { 0: ink },
    debt: { 1: art },
  }));
  const market: Market = { name: "maker", rules: "maker-flip", lending, book: bookOf(holdings) };
  return modelOf({
    assets: [free("WETH", price, 0.9), free("DAI", 1)],
    venues: [pool(0, 1, [depth, depth * price])],
    oracles: [feed(0)],
    markets: [market],
    liquidators: keepers.map((keeper) => ({ ...searchers, ...keeper })),
  });
}

/** The market once vault 0 is taken over with the oracle at `price`, at time 0. */
function bitten(vault: Vault, price: number, ilk: Partial<typeof standard>): { world: World; house: House } {
  const world = worldOf(vaultsOf([vault], { price, ilk }));
  resetWorld(world);
  const { house, account } = world.markets[0];
  account.index = 0;
  const taking = house!.consider(account);
  if (taking) settleTaking(world, 0, 0, taking);
  return { world, house: house! };
}

const [ALI, BOB]: Liquidator[] = ["ali", "bob"].map((name) => ({ ...searchers, name }));

/** Whether the contract takes a bid: Flipper.tend or Flipper.dent. */
function isTaken({ best, next }: Bidding, { pays, gets }: Bid): boolean {
  const least = next(best);
  return pays === least.pays ? gets <= least.gets : pays > least.pays && gets === best.gets;
}

/** What the tests of makerdao/dss set: 100 gems for 50 Dai, steps of 5%, bids of 3 hours, auctions of 2 days. */
function kicked(): { house: House; at: (now: number) => Bidding | undefined } {
  const gems = { mat: 1.5, chop: 0, lump: 100, beg: 0.05, ttl: 3 * HOUR, tau: 2 * DAY };
  const { house } = bitten({ ink: 100, art: 50 }, 0.7, gems);
  return { house, at: (now) => house.biddings!(now)[0] };
}

describe("Cat.bite in the tests of makerdao/dss", () => {
  const vault = { ink: 40, art: 100 };

  it("takes a vault below the lump whole: test_bite_under_lump", () => {
    const { world, house } = bitten(vault, 4, { mat: 2, chop: 0.1, lump: 50 });
    expect([...world.markets[0].book.amount]).toEqual([0, 0]);
    expect(world.ledger.markets[0].absorbed[1]).toBe(100);
    const [auction, ...more] = house.biddings!(0);
    expect([auction.best, auction.wanted, more]).toEqual([{ pays: 0, gets: 40 }, 110.00000000000001, []]);
  });

  it("takes debt in proportion to the lump, and the rest in further lots: test_bite_over_lump", () => {
    const { house } = bitten(vault, 4, { mat: 2, chop: 0.1, lump: 30 });
    const lots = house.biddings!(0).map(({ best, wanted }) => [best.gets, wanted]);
    expect(lots).toHaveLength(2);
    [
      [30, 82.5],
      [10, 27.5],
    ].forEach(([lot, tab], i) => {
      expect(lots[i][0]).toBe(lot);
      expect(lots[i][1]).toBeCloseTo(tab, 12);
    });
  });
});

describe("Flipper in the tests of makerdao/dss", () => {
  it("takes bids that rise by beg, or to the whole tab, then lots that fall by it: test_beg", () => {
    const { at } = kicked();
    const taken = (pays: number, gets: number, bidder: Liquidator) => {
      const bidding = at(0)!;
      const isIt = isTaken(bidding, { pays, gets });
      if (isIt) bidding.place(bidder, { pays, gets });
      return isIt;
    };
    expect(taken(1, 100, ALI)).toBe(true);
    expect(taken(1.01, 100, BOB)).toBe(false);
    expect(taken(1.07, 100, BOB)).toBe(true);
    expect(taken(49, 100, ALI)).toBe(true);
    expect(taken(50, 100, BOB)).toBe(true);
    expect(taken(50, 100, ALI)).toBe(false);
    expect(taken(50, 99, ALI)).toBe(false);
    expect(taken(50, 95, ALI)).toBe(true);
  });

  it("gives the owner what is not asked for any more: test_dent", () => {
    const { house, at } = kicked();
    at(0)!.place(BOB, { pays: 50, gets: 100 });
    at(0)!.place(ALI, { pays: 50, gets: 95 });
    expect(house.handedBack(0)).toBe(5);
    expect(at(0)!.leader).toBe(ALI);
  });

  it("is won when a bid has stood for ttl, or the auction has ended: test_deal", () => {
    const { house, at } = kicked();
    at(0)!.place(ALI, { pays: 1, gets: 100 });
    expect(house.lots(3 * HOUR)).toEqual([]);
    const [lot] = house.lots(4.1 * HOUR);
    expect(lot.buyer).toBe(ALI);
    expect(lot.account.amount[0]).toBe(100);
    expect(at(4.1 * HOUR)).toBeUndefined();
    expect(house.loss(Float64Array.of(1, 1), 0)).toBe(49);

    const late = kicked();
    late.at(44 * HOUR)!.place(ALI, { pays: 1, gets: 100 });
    late.at(46 * HOUR)!.place(BOB, { pays: 2, gets: 100 });
    expect(late.house.lots(48 * HOUR)).toEqual([]);
    expect(late.house.lots(48 * HOUR + 1)[0].buyer).toBe(BOB);
  });

  it("goes on after its end as long as there was no bid: test_no_deal_after_end, test_tick", () => {
    const { house, at } = kicked();
    expect(house.lots(14 * DAY)).toEqual([]);
    expect(at(14 * DAY)?.best).toEqual({ pays: 0, gets: 100 });
  });

  it("hands a won lot over in however many parts it is sold", () => {
    const { house, at } = kicked();
    at(0)!.place(ALI, { pays: 50, gets: 90 });
    const [lot] = house.lots(DAY);
    const pair = { collateral: 0, debt: 1 };
    const seizure = { seized: 0, fee: 0 };
    const asked = lot.offer.maxRepay(lot.account, pair);
    expect(asked).toBeLessThan(1e-15);
    lot.offer.seize(lot.account, pair, asked * 0.4, seizure);
    expect(seizure.seized).toBe(36);
    house.sell(lot, 36, asked * 0.4);
    expect([house.unsold(0), house.handedBack(0)]).toEqual([54, 10]);
    house.sell(lot, 54, asked * 0.6);
    expect([house.unsold(0), house.lots(DAY)]).toEqual([0, []]);
  });
});

/** A lot of 10 WETH at 200, for which 1000 DAI are wanted, at a desk of some groups. */
function bid(groups: readonly Partial<Liquidator>[], standing: Partial<Bidding> = {}, wanted = 1000) {
  const world = worldOf(
    vaultsOf([{ ink: 10, art: 1000 }], { keepers: groups.map((each, i) => ({ name: `g${i}`, ...each })) }),
  );
  resetWorld(world);
  const desk: Desk = {
    model: world.model,
    venues: world.venues,
    market: world.prices.market,
    gas: 1,
    routes: world.routes,
    bestRates: new Map(),
    groups: world.model.liquidators,
  };
  const bidding: Bidding = {
    owed: 1,
    from: 0,
    to: 1,
    wanted,
    best: { pays: 0, gets: 10 },
    next: ({ pays, gets }) =>
      pays >= wanted
        ? { pays, gets: gets / 1.03 }
        : { pays: Math.min(wanted, Math.max(1e-18, pays * 1.03)), gets },
    place: () => {},
    ...standing,
  };
  return bidOn(desk, bidding);
}

describe("keepers at an auction", () => {
  it("a group alone bids the least there is: the auctions of zero of March 2020", () => {
    expect(bid([{}])).toMatchObject({ bidder: { name: "g0" }, bid: { pays: 1e-18, gets: 10 } });
    const congested = { gasUnits: 1e6, gasPrice: 1e-5, gasAsset: 0, name: "b" };
    expect(bid([{}, congested])).toMatchObject({ bidder: { name: "g0" }, bid: { pays: 1e-18 } });
  });

  it("two groups outbid each other to what the weaker would pay, a step above it at most", () => {
    const placed = bid([{ minProfit: 100 }, { minProfit: 300 }], {}, 5000)!;
    const weaker = 10 * 200 * (1e6 / (1e6 + 10)) - 300;
    expect(placed.bidder.name).toBe("g0");
    expect(placed.bid.pays).toBeCloseTo(weaker * 1.03, 6);
    const even = bid([{ minProfit: 300 }, { minProfit: 300 }], {}, 5000)!;
    expect(even.bid.pays).toBeCloseTo(weaker, 6);
  });

  it("when all that is wanted is bid, they ask for ever less of the lot", () => {
    const placed = bid([{ minProfit: 20 }, { minProfit: 60 }])!;
    expect(placed.bid.pays).toBe(1000);
    expect(placed.bid.gets).toBeCloseTo(1060 / 200 / 1.03, 3);
  });

  it("nobody raises a bid of their own, or one that is too near to what they would pay", () => {
    const leader = { ...searchers, name: "g0" };
    expect(bid([{}], { best: { pays: 1900, gets: 10 } }, 5000)!.bid.pays).toBeCloseTo(1957, 9);
    expect(bid([{}], { best: { pays: 1950, gets: 10 } }, 5000)).toBeUndefined();
    const world = worldOf(vaultsOf([{ ink: 1, art: 1 }], { keepers: [leader] }));
    resetWorld(world);
    const desk = { ...world, market: world.prices.market, bestRates: new Map(), groups: [leader] } as Desk;
    const own: Bidding = {
      owed: 1,
      from: 0,
      to: 1,
      wanted: 5000,
      leader,
      best: { pays: 1, gets: 10 },
      next: ({ pays, gets }) => ({ pays: pays * 1.03, gets }),
      place: () => {},
    };
    expect(bidOn(desk, own)).toBeUndefined();
    expect(bidOn(desk, { ...own, leader: undefined })?.bid.pays).toBeCloseTo(1.03, 12);
  });

  it("a bid is always one that is taken, and pays who makes it", () => {
    const group = fc.record({
      minProfit: fc.double({ min: 0, max: 3000, noNaN: true }),
      gasUnits: fc.nat(2_000_000),
      gasPrice: fc.double({ min: 0, max: 1e-6, noNaN: true }),
      gasAsset: fc.constant(0),
    });
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0, max: 2500, noNaN: true }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        (groups, pays, wanted) => {
          const best = { pays: Math.min(pays, wanted), gets: 10 };
          const placed = bid(groups, { best }, wanted);
          if (!placed) return;
          const least = best.pays >= wanted ? { pays: wanted, gets: 10 / 1.03 } : undefined;
          if (least) expect(placed.bid.gets).toBeLessThanOrEqual(least.gets);
          else expect(placed.bid.pays).toBeGreaterThanOrEqual(Math.min(wanted, best.pays * 1.03));
          expect(placed.bid.pays).toBeLessThanOrEqual(wanted);
          const { minProfit, gasUnits, gasPrice } = placed.bidder;
          const value = (placed.bid.gets * 200 * 1e6) / (1e6 + placed.bid.gets);
          const net = value - placed.bid.pays - 2 * gasUnits * gasPrice * 200 - minProfit;
          expect(net).toBeGreaterThanOrEqual(-1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("Maker's auctions of 2020 in a simulation", () => {
  const vault = { ink: 120, art: 14_000 };
  const crash = shock([-0.2, 0], { hold: 2 * HOUR });

  it("with two keepers raise the whole debt and the penalty, and the owner gets what is left of the lots", () => {
    const { markets, flags } = run(vaultsOf([vault]), crash);
    const [weth, dai] = markets[0].flows;
    expect(markets[0].liquidatedAccounts[0]).toBe(1);
    expect(dai.bought[0]).toBeCloseTo(14_000 * 1.13, 6);
    expect(weth.handedBack[0]).toBeGreaterThan(15);
    expect(markets[0].badDebt[0]).toBe(0);
    expect(flags[0] & Flag.pending).toBe(0);
  });

  it("with one keeper go for nothing: all of the debt is lost, and the keeper has all of the profit", () => {
    const { markets } = run(vaultsOf([vault], { keepers: [{}] }), crash);
    expect(markets[0].flows[1].bought[0]).toBeLessThan(1e-12);
    expect(markets[0].badDebt[0]).toBeCloseTo(14_000, 9);
    expect(markets[0].liquidatorProfit[0]).toBeGreaterThan(120 * 159);
  });

  it("take as long as a bid stands", () => {
    const early = run(vaultsOf([vault]), shock([-0.2, 0], { hold: 500 }));
    expect(early.flags[0] & Flag.pending).toBe(Flag.pending);
    expect(early.markets[0].flows[0].unsold[0]).toBeGreaterThan(50);
    expect(early.markets[0].badDebt[0]).toBe(0);
  });

  it.each([
    ["mat", 1.6],
    ["chop", 0.05],
    ["lump", 20],
    ["beg", 0.2],
    ["ttl", 3000],
    ["tau", 300],
    ["duty", 0.05],
  ])("%s acts", (key, value) => {
    const keepers = [{ name: "a" }, { name: "b", minProfit: 500 }];
    const many = Array.from({ length: 5 }, (_, i) => ({ ink: 100, art: 10_000 + 600 * i }));
    const slow = shock([-0.3, 0], { over: HOUR, hold: HOUR });
    const base = run(vaultsOf(many, { keepers }), slow).markets[0];
    const changed = run(vaultsOf(many, { keepers, ilk: { [key]: value } }), slow).markets[0];
    expect(changed).not.toEqual(base);
  });

  it("give the same bits for any split of the paths and with either book", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ink: 100, art: 8000 + 130 * i }));
    const keepers = [{ name: "a" }, { name: "b", minProfit: 500 }];
    const from = vaultsOf(many, { depth: 3e4, keepers });
    const tail = monteCarlo({ paths: 6, horizon: DAY, step: 1800 });
    const whole = run(from, tail).markets[0];
    expect(Math.max(...whole.liquidatedAccounts)).toBeGreaterThan(3);
    expect(run(from, tail, undefined, { book: naiveBook }).markets[0]).toEqual(whole);
    const second = run(from, tail, { first: 3, count: 3 }).markets[0];
    expect([...second.badDebt]).toEqual([...whole.badDebt.slice(3)]);
    expect([...second.liquidatorProfit]).toEqual([...whole.liquidatorProfit.slice(3)]);
  });
});

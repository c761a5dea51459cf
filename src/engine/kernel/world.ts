import { type Desk, routeTable } from "../agents/orders";
import type { Account, Standing } from "../book/account";
import { type Layout, layoutOf } from "../book/layout";
import { orderedBook } from "../book/ordered-book";
import type { PositionBook } from "../book/position-book";
import { type Units, unitsOf } from "../book/units";
import { type Prices, pegOrder, pricesOf, reprice } from "../dynamics/prices";
import type { SurroundingsByStep } from "../dynamics/surroundings";
import { mintedAt, type Pool, poolOf, resetPool } from "../interest/pool";
import type { House } from "../markets/house";
import { pricesAtOpen } from "../markets/opening";
import type { RuleSet } from "../markets/rule-set";
import { ruleSetOf } from "../markets/rule-sets";
import type { Model } from "../model";
import {
  delayOf,
  type OracleStates,
  oracleStates,
  priceOf,
  resetOracles,
  setError,
} from "../oracles/oracle-state";
import { centreVenue, resetVenue, setDepth, type VenueState, venueState } from "../venues/venue-state";
import { type Ledger, ledgerOf, resetLedger } from "./ledger";

/** Everything that changes along a path. Made once a model, reset for each path. */
export interface World {
  readonly model: Model;
  /** False: sales leave no trace on prices. */
  feedback: boolean;
  readonly prices: Prices;
  /** Multiple of the liquidators' gas prices. */
  gas: number;
  readonly pegOrder: readonly number[];
  readonly venues: readonly VenueState[];
  readonly oracles: OracleStates;
  readonly markets: readonly MarketWorld[];
  readonly ledger: Ledger;
  readonly routes: Desk["routes"];
  /** Seconds since the start of the path. */
  time: number;
  /** When each liquidator group may act again. */
  readonly ready: Float64Array;
  /** When protocols that have just been called may be called again. */
  lookAgain: number;
  /** Somebody acted and was not ready again since: more may follow. */
  pending: boolean;
  /** Bits of `Flag`. */
  flags: number;
}

export interface MarketWorld {
  readonly layout: Layout;
  readonly rules: RuleSet;
  readonly book: PositionBook;
  /** What the book has at the start. */
  readonly opening: Units;
  /** Of the reserves on which interest accrues. */
  readonly pools: readonly ReservePool[];
  /** By reserve: the oracle's prices in the market's unit, market and exogenous prices in the numeraire. */
  readonly oraclePrice: Float64Array;
  readonly marketPrice: Float64Array;
  readonly exogenousPrice: Float64Array;
  /** Market price of the unit that oracle prices are in. */
  unitPrice: number;
  /** Of protocols that take positions over. */
  readonly house?: House;
  /** A view of one account at a time, at oracle prices. */
  readonly account: Account;
  /** Longest time from a report to the market seeing it, in seconds. */
  readonly delay: number;
  /** Of each account: the slot of its largest collateral at the opening, -1 without any. */
  readonly openingSlot: Int32Array;
}

export interface ReservePool {
  /** Whose interest it is, and what is owed. */
  readonly reserve: number;
  readonly owed: number;
  readonly pool: Pool;
  /** Whether all of it is in the book. */
  readonly isBooks: boolean;
}

/** How a run makes its position books; the naive one is the oracle that tests compare with. */
export type BookMaker = (layout: Layout, rules: RuleSet, reference: Float64Array) => PositionBook;

export function worldOf(model: Model, makeBook: BookMaker = orderedBook): World {
  return {
    model,
    feedback: true,
    prices: pricesOf(model),
    gas: 1,
    pegOrder: pegOrder(model.assets),
    venues: model.venues.map(venueState),
    oracles: oracleStates(model.oracles),
    markets: model.markets.map((_, index) => marketWorld(model, index, makeBook)),
    ledger: ledgerOf(model),
    routes: routeTable(model),
    time: 0,
    ready: new Float64Array(model.liquidators.length),
    lookAgain: 0,
    pending: false,
    flags: 0,
  };
}

export function resetWorld(world: World): void {
  world.prices.level.fill(1);
  for (const venue of world.venues) {
    resetVenue(venue);
    setDepth(venue, 1);
  }
  world.gas = 1;
  refreshPrices(world);
  resetOracles(world.oracles, world.prices.market);
  refreshOraclePrices(world);
  for (const { book, house, pools } of world.markets) {
    book.reset();
    house?.reset();
    for (const { pool } of pools) resetPool(pool);
  }
  resetLedger(world.ledger);
  world.time = 0;
  world.ready.fill(0);
  world.lookAgain = 0;
  world.pending = false;
  world.flags = 0;
}

/** What is around the protocol during a step; prices are refreshed after it. */
export function surround(world: World, { gas, depth, oracles }: SurroundingsByStep, step: number): void {
  world.gas = gas[step];
  for (const { oracle, multiple, frozen } of oracles) setError(world.oracles, oracle, multiple[step], frozen);
  for (const venue of world.venues) setDepth(venue, depth[step]);
}

/** Market and exogenous prices follow the levels and the venues; the venues' mids follow the prices. */
export function refreshPrices(world: World): void {
  const { prices, venues, markets } = world;
  reprice(prices, world.model, world.pegOrder, venues);
  for (const venue of venues) centreVenue(venue, prices.market);
  for (const market of markets) {
    const { reserves, unit } = market.layout.market.lending;
    reserves.forEach((reserve, i) => {
      market.marketPrice[i] = prices.market[reserve.asset];
      market.exogenousPrice[i] = prices.exogenous[reserve.asset];
    });
    if (unit !== undefined) market.unitPrice = prices.market[unit];
  }
}

export function refreshOraclePrices(world: World): void {
  for (const { layout, oraclePrice } of world.markets) {
    layout.market.lending.reserves.forEach((reserve, i) => {
      oraclePrice[i] = priceOf(world.oracles, reserve);
    });
  }
}

/** Accounts that can be liquidated or taken over now, up to date and in the order in which they are; valid until asked again. */
export function liquidatable({ house, book, account }: MarketWorld): Int32Array {
  if (!house) return book.underWater(account.price);
  const found = house.queue(book, account);
  for (const each of found) book.bringUpToDate(each);
  return found;
}

export function standingIn({ house, rules }: MarketWorld, account: Account, into: Standing): Standing {
  return house?.standing?.(account, into) ?? rules.standing(account, into);
}

function poolsOf({ market: { lending, book }, rate }: Layout): ReservePool[] {
  return lending.reserves.flatMap(({ interest, debtRate }, reserve): ReservePool[] => {
    if (interest) return [{ reserve, owed: reserve, pool: poolOf(interest), isBooks: false }];
    if (debtRate === undefined) return [];
    const owed = book.amount.reduce(
      (sum, amount, leg) => (book.side[leg] === 1 && rate[leg] === reserve ? sum + amount : sum),
      0,
    );
    const pool = poolOf(mintedAt(debtRate, owed));
    return [{ reserve, owed: lending.reserves.length - 1, pool, isBooks: true }];
  });
}

function marketWorld(model: Model, index: number, makeBook: BookMaker): MarketWorld {
  const layout = layoutOf(model, index);
  const rules = ruleSetOf(layout.market.rules);
  const book = makeBook(layout, rules, pricesAtOpen(model, index).reserve);
  const { lending } = layout.market;
  const reserves = lending.reserves.length;
  const oraclePrice = new Float64Array(reserves);
  const marketPrice = new Float64Array(reserves);
  return {
    layout,
    rules,
    book,
    opening: unitsOf(layout.market, book.amount),
    pools: poolsOf(layout),
    oraclePrice,
    marketPrice,
    exogenousPrice: new Float64Array(reserves),
    unitPrice: 1,
    house: rules.house?.(layout, oraclePrice, model.blockTime, marketPrice),
    account: { layout, index: 0, amount: book.amount, price: oraclePrice },
    delay: lending.reserves.reduce((most, { oracle }) => Math.max(most, delayOf(model.oracles, oracle)), 0),
    openingSlot: new Int32Array(layout.market.book.accounts.length),
  };
}

import { bidOn } from "../agents/bids";
import { clear } from "../agents/clearing";
import { bestOrder, type Desk, keeperFor, type Order } from "../agents/orders";
import type { Standing } from "../book/account";
import type { Lot, Reward } from "../markets/house";
import type { Liquidator } from "../model";
import { Flag } from "../samples";
import { resetVenue } from "../venues/venue-state";
import { execute, payForBid, payKeeper, rewardValue, settleTaking } from "./settlement";
import { liquidatable, type MarketWorld, standingIn, type World } from "./world";

export interface Round {
  /** The groups that liquidated somebody, with the longest oracle delay of the markets they did it in. */
  readonly acted: ReadonlyMap<Liquidator, number>;
  /** Some of the accounts would be healthy at exogenous prices. */
  readonly endogenous: boolean;
  /** Largest share of an account's debt at the start that was repaid. */
  readonly repaidShare: number;
  /** Some protocol was called to act, so that there may be more to do. */
  readonly called: boolean;
}

const NOBODY: Round["acted"] = new Map();

/** One liquidation round: everybody is judged at the same prices, what pays is executed as one batch. */
export function liquidationRound(world: World, groups: readonly Liquidator[]): Round {
  const desk: Desk = {
    model: world.model,
    venues: world.venues,
    market: world.prices.market,
    gas: world.gas,
    routes: world.routes,
    bestRates: new Map(),
    groups,
  };
  const calls = world.markets.map((_, index) => callsIn(world, index, desk));
  const called = calls.some((call) => call.called);
  const calledBySales = calls.some((call) => call.endogenous);
  const orders = world.markets.flatMap((market, index) => ordersIn(world, market, index, desk));
  if (orders.length === 0) return { acted: NOBODY, endogenous: calledBySales, repaidShare: 0, called };
  if (orders.some((order) => order.cut)) world.flags |= Flag.unfilled;
  const cleared = clear(desk, orders);
  const done = cleared.flatMap((batch) => batch.orders);
  const endogenous =
    calledBySales ||
    done.some((order) => {
      const account = order.lot ? order.lot.of : order.account;
      return account !== undefined && isHealthyWithoutSales(world.markets[order.market], account);
    });
  const repaidShare = done.reduce((most, order) => Math.max(most, shareDone(world, order)), 0);
  for (const batch of cleared) execute(world, batch);
  if (done.length > 0 && !world.feedback) world.venues.forEach(resetVenue);
  return { acted: actedIn(world, done), endogenous, repaidShare, called };
}

function actedIn(world: World, orders: readonly Order[]): Map<Liquidator, number> {
  const acted = new Map<Liquidator, number>();
  for (const { liquidator, market, lot } of orders) {
    const delay = lot ? 0 : world.markets[market].delay;
    acted.set(liquidator, Math.max(acted.get(liquidator) ?? 0, delay));
  }
  return acted;
}

interface Calls {
  readonly called: boolean;
  /** Some of the accounts that were taken over would be healthy at exogenous prices. */
  readonly endogenous: boolean;
}

/** Protocols that take positions over are called to, where that pays or nobody need call. */
function callsIn(world: World, index: number, desk: Desk): Calls {
  const market = world.markets[index];
  const { house } = market;
  if (!house) return { called: false, endogenous: false };
  const hits = liquidatable(market);
  noteLiquidatable(world, market, index, hits);
  let called = false;
  let endogenous = false;
  for (const account of hits) {
    market.account.index = account;
    const taking = house.consider(market.account);
    if (!taking || !call(world, index, desk, taking.reward)) continue;
    endogenous ||= isHealthyWithoutSales(market, account);
    settleTaking(world, index, account, taking);
    called = true;
  }
  for (const { reward, run } of house.restarts(world.time)) {
    if (!call(world, index, desk, reward)) continue;
    run();
    called = true;
  }
  for (const bidding of house.biddings?.(world.time) ?? []) {
    const placed = bidOn(desk, bidding);
    if (!placed) continue;
    bidding.place(placed.bidder, placed.bid);
    payForBid(world, index, placed.bidder, bidding.owed, placed.bid.pays - bidding.best.pays);
    called = true;
  }
  return { called, endogenous };
}

/** Whether somebody makes a call, who is paid for it at once. */
function call(world: World, index: number, desk: Desk, reward: Reward | undefined): boolean {
  if (!reward) return true;
  const keeper = keeperFor(desk, rewardValue(world, index, reward));
  if (keeper) payKeeper(world, index, keeper, reward);
  return keeper !== undefined;
}

function ordersIn(world: World, market: MarketWorld, index: number, desk: Desk): Order[] {
  if (market.house) return lotOrders(market.house.lots(world.time), desk);
  const hits = market.book.underWater(market.oraclePrice);
  noteLiquidatable(world, market, index, hits);
  const orders: Order[] = [];
  for (const account of hits) {
    market.account.index = account;
    const order = bestOrder(desk, market.rules, market.account);
    if (order) orders.push(order);
  }
  return orders;
}

function lotOrders(lots: readonly Lot[], desk: Desk): Order[] {
  const ordersOf = (some: readonly Lot[]) =>
    some.flatMap((lot) => {
      const own = lot.buyer ? { ...desk, groups: desk.groups.filter((group) => group === lot.buyer) } : desk;
      const order = bestOrder(own, lot.offer, lot.account);
      return order ? [{ ...order, lot }] : [];
    });
  const orders = ordersOf(lots.filter((lot) => !lot.waits));
  return orders.length > 0 ? orders : ordersOf(lots.filter((lot) => lot.waits));
}

/** Looks who could be liquidated when nobody is there to do it. */
export function lookAround(world: World): void {
  world.markets.forEach((market, index) => {
    if (world.ledger.markets[index].liquidatedAccounts > 0) return;
    noteLiquidatable(world, market, index, liquidatable(market));
  });
}

const standing: Standing = { capacity: 0, debt: 0 };

/** Until the first liquidation: who could be liquidated, and what capacity they miss. */
function noteLiquidatable(world: World, market: MarketWorld, index: number, hits: Int32Array): void {
  const ledger = world.ledger.markets[index];
  if (ledger.liquidatedAccounts > 0) return;
  ledger.liquidatableAccounts = hits.length;
  ledger.shortfall = 0;
  for (const account of hits) {
    market.account.index = account;
    const { capacity, debt } = standingIn(market, market.account, standing);
    ledger.shortfall += Math.max(0, debt - capacity) * market.unitPrice;
  }
}

function isHealthyWithoutSales(market: MarketWorld, index: number): boolean {
  const account = { ...market.account, index, price: market.exogenousPrice };
  const { capacity, debt } = standingIn(market, account, standing);
  return capacity >= debt;
}

/** Share of an account's debt at the start that is repaid, or of a lot that is bought. */
function shareDone(world: World, { market, pair, repay, seized, lot }: Order): number {
  if (lot) return seized / lot.account.amount[pair.collateral];
  return repay / world.markets[market].layout.market.book.amount[pair.debt];
}

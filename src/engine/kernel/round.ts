import { clear } from "../agents/clearing";
import { bestOrder, type Desk, type Order } from "../agents/orders";
import type { Standing } from "../book/account";
import type { Liquidator } from "../model";
import { Flag } from "../samples";
import { resetVenue } from "../venues/venue-state";
import { execute, settleTakeOver } from "./settlement";
import { saleOrders, unsoldOf } from "./store-front";
import type { MarketWorld, World } from "./world";

export interface Round {
  /** The groups that liquidated somebody, with the longest oracle delay of the markets they did it in. */
  readonly acted: ReadonlyMap<Liquidator, number>;
  /** Some of the accounts would be healthy at exogenous prices. */
  readonly endogenous: boolean;
  /** Largest share of an account's debt at the start that was repaid. */
  readonly repaidShare: number;
}

const NOBODY: Round["acted"] = new Map();

/** One liquidation round: everybody is judged at the same prices, what pays is executed as one batch. */
export function liquidationRound(world: World, groups: readonly Liquidator[]): Round {
  const desk: Desk = {
    model: world.model,
    venues: world.venues,
    market: world.prices.market,
    routes: world.routes,
    bestRates: new Map(),
    groups,
  };
  const absorbed = world.markets.map((_, index) => absorbIn(world, index));
  const orders = world.markets.flatMap((market, index) => ordersIn(world, market, index, desk));
  if (orders.length === 0) return { acted: NOBODY, endogenous: absorbed.includes(true), repaidShare: 0 };
  if (orders.some((order) => order.cut)) world.flags |= Flag.unfilled;
  const cleared = clear(desk, orders);
  const done = cleared.flatMap((batch) => batch.orders);
  const endogenous =
    absorbed.includes(true) ||
    done.some((order) => !order.isSale && isHealthyWithoutSales(world.markets[order.market], order.account));
  const repaidShare = done.reduce((most, order) => Math.max(most, shareOfDebt(world, order)), 0);
  for (const batch of cleared) execute(world, batch);
  if (done.length > 0 && !world.feedback) world.venues.forEach(resetVenue);
  return { acted: actedIn(world, done), endogenous, repaidShare };
}

function actedIn(world: World, orders: readonly Order[]): Map<Liquidator, number> {
  const acted = new Map<Liquidator, number>();
  for (const { liquidator, market } of orders) {
    acted.set(liquidator, Math.max(acted.get(liquidator) ?? 0, world.markets[market].delay));
  }
  return acted;
}

/**
 * Takes over whoever is under water, where the protocol does that itself. Whether some of them would be healthy at
 * exogenous prices.
 */
function absorbIn(world: World, index: number): boolean {
  const market = world.markets[index];
  if (!market.store) return false;
  const hits = market.book.underWater(market.oraclePrice);
  noteLiquidatable(world, market, index, hits);
  let endogenous = false;
  for (const account of hits) {
    endogenous ||= isHealthyWithoutSales(market, account);
    settleTakeOver(world, index, account);
  }
  return endogenous;
}

function ordersIn(world: World, market: MarketWorld, index: number, desk: Desk): Order[] {
  if (market.store) return saleOrders(desk, market.store);
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

/** Looks who could be liquidated when nobody is there to do it. */
export function lookAround(world: World): void {
  world.markets.forEach((market, index) => {
    if (world.ledger.markets[index].liquidatedAccounts > 0) return;
    noteLiquidatable(world, market, index, market.book.underWater(market.oraclePrice));
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
    const { capacity, debt } = market.rules.standing(market.account, standing);
    ledger.shortfall += (debt - capacity) * market.unitPrice;
  }
}

function isHealthyWithoutSales(market: MarketWorld, index: number): boolean {
  const { capacity, debt } = market.rules.standing(
    { ...market.account, index, price: market.exogenousPrice },
    standing,
  );
  return capacity >= debt;
}

/** Of a sale: the share of what is on the shelf. */
function shareOfDebt(world: World, order: Order): number {
  const { store } = world.markets[order.market];
  if (store) return order.seized / unsoldOf(store, order.account);
  return order.repay / world.markets[order.market].layout.market.book.amount[order.pair.debt];
}

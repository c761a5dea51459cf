import { type Cleared, clear } from "../agents/clearing";
import { bestOrder, type Desk, gasCost, gasUsed, type Order } from "../agents/orders";
import type { Standing } from "../book/account";
import type { Liquidator } from "../model";
import { Flag } from "../samples";
import { resetVenue, settleVenue } from "../venues/venue-state";
import type { MarketWorld, World } from "./world";

export interface Round {
  /** The groups that liquidated somebody, with the longest oracle delay of the markets they did it in. */
  readonly acted: ReadonlyMap<Liquidator, number>;
  /** Some of the accounts would be healthy at exogenous prices. */
  readonly endogenous: boolean;
  /** Largest share of an account's debt at the start that was repaid. */
  readonly repaidShare: number;
}

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
  const orders = world.markets.flatMap((market, index) => ordersIn(world, market, index, desk));
  if (orders.some((order) => order.cut)) world.flags |= Flag.unfilled;
  const cleared = clear(desk, orders);
  const done = cleared.flatMap((batch) => batch.orders);
  const endogenous = done.some((order) => isHealthyWithoutSales(world.markets[order.market], order.account));
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

function ordersIn(world: World, market: MarketWorld, index: number, desk: Desk): Order[] {
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

function shareOfDebt(world: World, order: Order): number {
  return order.repay / world.markets[order.market].layout.market.book.amount[order.pair.debt];
}

function execute(world: World, { orders, out, batch }: Cleared): void {
  const { ledger, venues, prices } = world;
  orders.forEach((order, i) => {
    settleOrder(world, order, out[i]);
  });
  for (let asset = 0; asset < prices.market.length; asset++) {
    ledger.venueIn[asset] += batch.venueIn[asset];
    ledger.venueOut[asset] += batch.venueOut[asset];
  }
  for (const [venue, position] of batch.positions) settleVenue(venues[venue], position);
}

function settleOrder(world: World, order: Order, out: number): void {
  const { prices, ledger } = world;
  const market = world.markets[order.market];
  const books = ledger.markets[order.market];
  const { book } = market.layout.market;
  const collateral = book.reserve[order.pair.collateral];
  const debt = book.reserve[order.pair.debt];
  market.book.apply(order.account, order.pair.collateral, -order.seized);
  market.book.apply(order.account, order.pair.debt, -order.repay);
  books.seized[collateral] += order.seized;
  books.fee[collateral] += order.fee;
  books.repaid[debt] += order.repay;
  const value = order.seized * prices.market[order.collateralAsset];
  books.liquidatedValue[collateral] += value;
  books.liquidatedBy[market.layout.slot[order.pair.collateral]] += value;
  books.gap += (order.quoted - out) * prices.market[order.debtAsset];
  books.profit +=
    (out - order.repay) * prices.market[order.debtAsset] - gasCost(order.liquidator, prices.market);
  ledger.liquidatorHeld[order.debtAsset] += out - order.repay;
  payGas(world, order.liquidator);
  if (books.liquidated[order.account] === 0) books.liquidatedAccounts++;
  books.liquidated[order.account] = 1;
  market.account.index = order.account;
  if (market.rules.writesOff(market.account)) writeOff(world, order);
}

function payGas(world: World, group: Liquidator): void {
  if (group.gasAsset < 0) return;
  world.ledger.gas[group.gasAsset] += gasUsed(group);
  world.ledger.liquidatorHeld[group.gasAsset] -= gasUsed(group);
}

/** The account's remaining debt becomes bad debt at market prices. */
function writeOff(world: World, order: Order): void {
  const market = world.markets[order.market];
  const books = world.ledger.markets[order.market];
  const { book } = market.layout.market;
  for (let leg = book.first[order.account]; leg < book.first[order.account + 1]; leg++) {
    const owed = market.book.amount[leg];
    if (book.side[leg] === 0 || owed === 0) continue;
    books.writtenOff[book.reserve[leg]] += owed;
    books.realised[Math.max(0, market.openingSlot[order.account])] +=
      owed * market.marketPrice[book.reserve[leg]];
    market.book.apply(order.account, leg, -owed);
  }
}

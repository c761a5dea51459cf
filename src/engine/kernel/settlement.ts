import type { Cleared } from "../agents/clearing";
import { gasCost, gasUsed, type Order } from "../agents/orders";
import type { Liquidator } from "../model";
import { settleVenue } from "../venues/venue-state";
import type { MarketLedger } from "./ledger";
import { sell, takeOver } from "./store-front";
import type { World } from "./world";

/** Carries out what has been cleared: accounts, stores, venues and the ledger follow. */
export function execute(world: World, { orders, out, batch }: Cleared): void {
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
  const books = ledger.markets[order.market];
  if (order.isSale) settleSale(world, order);
  else settleLiquidation(world, order);
  books.gap += (order.quoted - out) * prices.market[order.debtAsset];
  books.profit +=
    (out - order.repay) * prices.market[order.debtAsset] - gasCost(order.liquidator, prices.market);
  ledger.liquidatorHeld[order.debtAsset] += out - order.repay;
  payGas(world, order.liquidator);
}

function settleLiquidation(world: World, order: Order): void {
  const market = world.markets[order.market];
  const books = world.ledger.markets[order.market];
  const { book } = market.layout.market;
  const collateral = book.reserve[order.pair.collateral];
  market.book.apply(order.account, order.pair.collateral, -order.seized);
  market.book.apply(order.account, order.pair.debt, -order.repay);
  noteSeized(world, order.market, order.pair.collateral, order.seized);
  books.fee[collateral] += order.fee;
  books.repaid[book.reserve[order.pair.debt]] += order.repay;
  noteLiquidated(books, order.account);
  market.account.index = order.account;
  if (market.rules.writesOff(market.account)) writeOff(world, order);
}

/** Somebody buys collateral from a protocol's own store. */
function settleSale(world: World, order: Order): void {
  const { store } = world.markets[order.market];
  if (!store) throw new Error("A sale needs a store.");
  sell(store, order);
  world.ledger.markets[order.market].bought[store.terms.base] += order.repay;
}

/** A protocol takes an account over: its collateral goes to the store, its debt to the reserves. */
export function settleTakeOver(world: World, index: number, account: number): void {
  const market = world.markets[index];
  const books = world.ledger.markets[index];
  const { book } = market.layout.market;
  if (!market.store) throw new Error("A protocol without a store takes nothing over.");
  market.account.index = account;
  takeOver(market.store, market.account, Math.max(0, market.openingSlot[account]));
  for (let leg = book.first[account]; leg < book.first[account + 1]; leg++) {
    const amount = market.book.amount[leg];
    if (book.side[leg] === 1) books.absorbed[book.reserve[leg]] += amount;
    else noteSeized(world, index, leg, amount);
    market.book.apply(account, leg, -amount);
  }
  noteLiquidated(books, account);
}

function noteSeized(world: World, index: number, leg: number, amount: number): void {
  const { layout, marketPrice } = world.markets[index];
  const books = world.ledger.markets[index];
  const reserve = layout.market.book.reserve[leg];
  const value = amount * marketPrice[reserve];
  books.seized[reserve] += amount;
  books.liquidatedValue[reserve] += value;
  books.liquidatedBy[layout.slot[leg]] += value;
}

function noteLiquidated(books: MarketLedger, account: number): void {
  if (books.liquidated[account] === 0) books.liquidatedAccounts++;
  books.liquidated[account] = 1;
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

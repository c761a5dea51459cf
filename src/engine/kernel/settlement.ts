import type { Cleared } from "../agents/clearing";
import { gasCost, gasUsed, type Order } from "../agents/orders";
import { cancel, type Pool, payBack, supply, withdraw } from "../interest/pool";
import type { Lot, Move, Reward, Taking } from "../markets/house";
import type { Liquidator } from "../model";
import { settleVenue } from "../venues/venue-state";
import type { MarketLedger } from "./ledger";
import type { MarketWorld, World } from "./world";

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
  if (order.lot) settleSale(world, order, order.lot);
  else settleLiquidation(world, order);
  books.gap += (order.quoted - out) * prices.market[order.debtAsset];
  books.profit += (out - order.repay) * prices.market[order.debtAsset] - gasPaid(world, order.liquidator);
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
  lend(market, collateral, withdraw, order.seized - order.fee);
  lend(market, market.layout.rate[order.pair.debt], payBack, order.repay);
  noteLiquidated(books, order.account);
  market.account.index = order.account;
  if (market.rules.writesOff(market.account)) writeOff(world, order);
}

/** Somebody buys of what the protocol sells. */
function settleSale(world: World, { market, pair, seized, repay }: Order, lot: Lot): void {
  const { layout } = lot.account;
  const books = world.ledger.markets[market];
  const moves = world.markets[market].house?.sell(lot, seized, repay);
  if (moves) for (const move of moves) settleMove(world, market, move);
  else books.bought[layout.market.book.reserve[pair.debt]] += repay;
  if (lot.of !== undefined) noteLiquidated(books, lot.of);
}

/** Only what was collateral counts as seized value: not what accounts came to hold instead. */
function settleMove(world: World, index: number, { account, leg, change }: Move): void {
  const market = world.markets[index];
  const { layout, book } = market;
  const books = world.ledger.markets[index];
  const reserve = layout.market.book.reserve[leg];
  book.bringUpToDate(account);
  if (layout.market.book.side[leg] === 1) {
    books.repaid[reserve] -= change;
    lend(market, layout.rate[leg], payBack, -change);
  } else if (change < 0 && layout.threshold[leg] > 0) noteSeized(world, index, leg, -change);
  else books.seized[reserve] -= change;
  book.apply(account, leg, change);
}

/** A protocol takes an account over, or a share of it. */
export function settleTaking(world: World, index: number, account: number, taking: Taking): void {
  const market = world.markets[index];
  const books = world.ledger.markets[index];
  const { book } = market.layout.market;
  market.account.index = account;
  market.house?.take(
    market.book,
    market.account,
    taking,
    Math.max(0, market.openingSlot[account]),
    world.time,
  );
  for (let leg = book.first[account]; leg < book.first[account + 1]; leg++) {
    const amount = market.book.amount[leg] * taking.share;
    if (book.side[leg] === 1) noteAbsorbed(market, books, leg, amount, taking);
    else noteSeized(world, index, leg, amount, amount - (taking.spread?.collateral ?? 0));
    market.book.apply(account, leg, -amount);
  }
  noteLiquidated(books, account);
}

/** @param amount debt that leaves the account: what is not spread over others leaves what is lent, too */
function noteAbsorbed(
  of: MarketWorld,
  books: MarketLedger,
  leg: number,
  amount: number,
  { spread, balance = 0 }: Taking,
): void {
  const { market, rate } = of.layout;
  const absorbed = amount - (spread?.debt ?? 0);
  books.absorbed[market.book.reserve[leg]] += absorbed;
  lend(of, rate[leg], payBack, absorbed);
  lend(of, rate[leg], supply, balance);
}

/** A keeper gets the reward of a call to the protocol, and pays the gas. */
export function payKeeper(world: World, index: number, keeper: Liquidator, reward: Reward): void {
  const { ledger } = world;
  const books = ledger.markets[index];
  const { reserves } = world.markets[index].layout.market.lending;
  books.rewards[reward.owed] += reward.paid;
  books.profit += rewardValue(world, index, reward) - gasPaid(world, keeper);
  ledger.liquidatorHeld[reserves[reward.owed].asset] += reward.paid;
  ledger.liquidatorHeld[reserves[reward.collateral].asset] += reward.inKind;
  payGas(world, keeper);
}

/** What a bid pays beyond the bid before it, which it pays back, and its gas. */
export function payForBid(world: World, index: number, bidder: Liquidator, owed: number, paid: number): void {
  const { ledger } = world;
  const books = ledger.markets[index];
  books.bought[owed] += paid;
  books.profit -= paid * world.markets[index].marketPrice[owed] + gasPaid(world, bidder);
  ledger.liquidatorHeld[world.markets[index].layout.market.lending.reserves[owed].asset] -= paid;
  payGas(world, bidder);
}

/** At market prices. */
export function rewardValue(world: World, index: number, { paid, owed, inKind, collateral }: Reward): number {
  const { marketPrice } = world.markets[index];
  return paid * marketPrice[owed] + inKind * marketPrice[collateral];
}

/** Lets what is lent of a reserve follow, where interest depends on it. */
function lend(
  { pools }: MarketWorld,
  reserve: number,
  change: (pool: Pool, amount: number) => void,
  amount: number,
): void {
  const lent = pools.find((each) => each.reserve === reserve);
  if (lent) change(lent.pool, amount);
}

/** @param amount what leaves the account; `kept` of it leaves the accounts of the market altogether */
function noteSeized(world: World, index: number, leg: number, amount: number, kept = amount): void {
  const { layout, marketPrice } = world.markets[index];
  const books = world.ledger.markets[index];
  const reserve = layout.market.book.reserve[leg];
  const value = amount * marketPrice[reserve];
  books.seized[reserve] += kept;
  books.liquidatedValue[reserve] += value;
  books.liquidatedBy[layout.slot[leg]] += value;
}

function noteLiquidated(books: MarketLedger, account: number): void {
  if (books.liquidated[account] === 0) books.liquidatedAccounts++;
  books.liquidated[account] = 1;
}

function payGas(world: World, group: Liquidator): void {
  if (group.gasAsset < 0) return;
  const used = gasUsed(group, world.gas);
  world.ledger.gas[group.gasAsset] += used;
  world.ledger.liquidatorHeld[group.gasAsset] -= used;
}

/** In the numeraire. */
function gasPaid({ prices, gas }: World, group: Liquidator): number {
  return gasCost(group, { market: prices.market, gas });
}

/** The account's remaining debt becomes bad debt at market prices. */
function writeOff(world: World, order: Order): void {
  const market = world.markets[order.market];
  const books = world.ledger.markets[order.market];
  const { book } = market.layout.market;
  for (let leg = book.first[order.account]; leg < book.first[order.account + 1]; leg++) {
    const owed = market.book.amount[leg];
    if (book.side[leg] === 0 || owed === 0) continue;
    const value = owed * market.marketPrice[book.reserve[leg]];
    books.writtenOff[book.reserve[leg]] += owed;
    lend(market, market.layout.rate[leg], cancel, owed);
    books.realised[Math.max(0, market.openingSlot[order.account])] += value;
    books.realisedOf[book.reserve[leg]] += value;
    market.book.apply(order.account, leg, -owed);
  }
}

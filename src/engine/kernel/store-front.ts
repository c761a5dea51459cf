import { bestOrder, type Desk, type Offer, type Order } from "../agents/orders";
import type { Account } from "../book/account";
import { layoutOf } from "../book/layout";
import { seizeAtBonus, worthInDebt } from "../markets/pair-values";
import type { Book, Market, Model, StoreFront } from "../model";

/**
 * Collateral that a protocol has taken over and sells itself. It is laid out as accounts, so that buyers choose and
 * clear their orders as liquidators do: one shelf a collateral, which "owes" base without end while the store is open.
 */
export interface Store {
  readonly terms: StoreFront;
  readonly shelf: Account;
  /** Units of base that the protocol holds for itself. */
  reserves: number;
  /** By reserve: base paid for what was taken over, less base received for it. */
  readonly cost: Float64Array;
}

/** What taking an account over cost, in units of base. */
export interface Absorption {
  readonly paidOut: number;
  /** The part that the account keeps as a balance of its own. */
  readonly surplus: number;
}

/** The store of a market at its oracle prices; undefined where the protocol sells nothing itself. */
export function storeOf(model: Model, index: number, price: Float64Array): Store | undefined {
  const market = model.markets[index];
  const { storeFront, reserves } = market.lending;
  if (!storeFront) return undefined;
  const shelves: Market = { ...market, book: shelfBook(reserves.length, storeFront.base) };
  const markets = model.markets.map((each, i) => (i === index ? shelves : each));
  const amount = new Float64Array(shelves.book.amount.length);
  return {
    terms: storeFront,
    shelf: { layout: layoutOf({ ...model, markets }, index), index: 0, amount, price },
    reserves: storeFront.reserves,
    cost: new Float64Array(reserves.length),
  };
}

export function resetStore(store: Store): void {
  store.shelf.amount.fill(0);
  store.reserves = store.terms.reserves;
  store.cost.fill(0);
}

/** Puts an account's collateral on the shelves and its debt on the reserves; the account itself is not changed. */
export function takeOver(store: Store, account: Account, openingReserve: number): Absorption {
  const { book } = account.layout.market;
  const { credit, base } = store.terms;
  const basePrice = account.price[base];
  let owed = 0;
  let credited = 0;
  for (let leg = book.first[account.index]; leg < book.first[account.index + 1]; leg++) {
    const reserve = book.reserve[leg];
    const amount = account.amount[leg];
    if (book.side[leg] === 1) owed += amount;
    else {
      const worth = (amount * account.price[reserve] * credit[reserve]) / basePrice;
      store.shelf.amount[shelfLeg(reserve)] += amount;
      store.cost[reserve] += worth;
      credited += worth;
    }
  }
  const paidOut = Math.max(owed, credited);
  store.cost[openingReserve] += paidOut - credited;
  store.reserves -= paidOut;
  return { paidOut, surplus: paidOut - owed };
}

/** What buyers would take from each shelf, while reserves are below their target. */
export function saleOrders(desk: Desk, store: Store): Order[] {
  const { shelf, terms } = store;
  const isOpen = store.reserves < terms.target;
  const orders: Order[] = [];
  for (shelf.index = 0; shelf.index < terms.base; shelf.index++) {
    shelf.amount[shelfLeg(shelf.index) + 1] = isOpen ? Number.POSITIVE_INFINITY : 0;
    const order = bestOrder(desk, sale, shelf);
    if (order) orders.push({ ...order, isSale: true });
  }
  return orders;
}

/** Hands over what an order has bought. */
export function sell(store: Store, { account: reserve, seized, repay }: Order): void {
  const leg = shelfLeg(reserve);
  store.shelf.amount[leg] = seized < store.shelf.amount[leg] ? store.shelf.amount[leg] - seized : 0;
  store.cost[reserve] -= repay;
  store.reserves += repay;
}

/** Units of a collateral that are still on its shelf. */
export function unsoldOf({ shelf, terms }: Store, reserve: number): number {
  return reserve < terms.base ? shelf.amount[shelfLeg(reserve)] : 0;
}

/** What the protocol paid for a collateral beyond what it was sold for and what is unsold at market prices. */
export function storeLoss(store: Store, marketPrice: Float64Array, reserve: number): number {
  const paid = store.cost[reserve] * marketPrice[store.terms.base];
  return Math.max(0, paid - unsoldOf(store, reserve) * marketPrice[reserve]);
}

/** Base for collateral at the discounted price. */
const sale: Offer = {
  maxRepay: (shelf, pair) => worthInDebt(shelf, pair),
  allowedRepay: (_shelf, _pair, repay) => repay,
  seize: seizeAtBonus,
};

/** Each collateral's leg is followed by its leg of base. */
function shelfLeg(reserve: number): number {
  return 2 * reserve;
}

function shelfBook(reserves: number, base: number): Book {
  const legs = Array.from({ length: base }, (_, reserve) => [reserve, base]).flat();
  return {
    accounts: Array.from({ length: reserves }, (_, i) => String(i)),
    emode: new Int16Array(reserves).fill(-1),
    first: Int32Array.from({ length: reserves + 1 }, (_, i) => Math.min(shelfLeg(i), legs.length)),
    reserve: Int16Array.from(legs),
    side: Uint8Array.from(legs, (_, i) => i % 2),
    amount: new Float64Array(legs.length),
  };
}

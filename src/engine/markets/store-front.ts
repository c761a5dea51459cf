import type { Account } from "../book/account";
import type { Layout } from "../book/layout";
import type { House, Lot, Taking } from "./house";
import { seizeAtBonus, worthInDebt } from "./pair-values";
import type { Offer } from "./rule-set";
import { shelfLeg, shelvesOf } from "./shelves";

/** What a protocol pays for positions and when it sells; a collateral's `bonus` is what its buyers get on top. */
export interface StoreTerms {
  /** Reserve index of the asset that is owed, and that buyers pay with: the last. */
  readonly base: number;
  /** Units of base: the protocol's reserves at the start, and those from which it sells nothing. */
  readonly reserves: number;
  readonly target: number;
  /** By reserve: share of a collateral's value that its owner is credited with. */
  readonly credit: readonly number[];
}

/** Collateral that a protocol has absorbed and sells itself: one shelf a collateral, which "owes" base without end. */
export interface StoreFront extends House {
  readonly shelves: Account;
  /** Units of base that the protocol holds for itself. */
  readonly reserves: number;
  /** Puts an account's collateral on the shelves and its debt on the reserves. */
  absorb(account: Account, slot: number): Absorption;
}

/** What absorbing an account cost, in units of base. */
export interface Absorption {
  readonly paidOut: number;
  /** The part that the account keeps as a balance of its own. */
  readonly surplus: number;
}

/** @param price the oracle's, by reserve */
export function storeFront(layout: Layout, price: Float64Array): StoreFront {
  const terms = layout.market.lending.own as StoreTerms;
  const { base, target } = terms;
  const shelves = shelvesOf(layout, base);
  const amount = new Float64Array(shelves.market.book.amount.length);
  const lots = Array.from({ length: base }, (_, index): Lot => {
    return { account: { layout: shelves, index, amount, price }, offer: sale };
  });
  /** By reserve: base paid for what was taken over, less base received for it. */
  const cost = new Float64Array(base + 1);
  let reserves = terms.reserves;
  const unsold = (reserve: number) => (reserve < base ? amount[shelfLeg(reserve)] : 0);

  function absorb(account: Account, slot: number): Absorption {
    const { owed, credited } = worthOf(terms, account);
    putOnShelves(terms, account, amount, cost);
    const paidOut = Math.max(owed, credited);
    cost[slot] += paidOut - credited;
    reserves -= paidOut;
    return { paidOut, surplus: paidOut - owed };
  }

  return {
    owed: base,
    shelves: { layout: shelves, index: 0, amount, price },
    get reserves() {
      return reserves;
    },
    absorb,
    reset() {
      amount.fill(0);
      cost.fill(0);
      reserves = terms.reserves;
    },
    queue: (book, account) => book.underWater(account.price),
    consider(account): Taking {
      const { owed, credited } = worthOf(terms, account);
      return { share: 1, balance: Math.max(0, credited - owed) };
    },
    take: (_book, account, _taking, slot) => void absorb(account, slot),
    accrue(kept) {
      reserves += kept;
    },
    restarts: () => [],
    lots() {
      const most = reserves < target ? Number.POSITIVE_INFINITY : 0;
      for (let reserve = 0; reserve < base; reserve++) amount[shelfLeg(reserve) + 1] = most;
      return lots;
    },
    sell({ account: { index } }, seized, repay) {
      const leg = shelfLeg(index);
      amount[leg] = seized < amount[leg] ? amount[leg] - seized : 0;
      cost[index] -= repay;
      reserves += repay;
      return undefined;
    },
    nextChange: () => Number.POSITIVE_INFINITY,
    unsold,
    handedBack: () => 0,
    loss: (marketPrice, reserve) =>
      Math.max(0, cost[reserve] * marketPrice[base] - unsold(reserve) * marketPrice[reserve]),
  };
}

/** Base for collateral at the discounted price. */
const sale: Offer = {
  maxRepay: (shelf, pair) => worthInDebt(shelf, pair),
  allowedRepay: (_shelf, _pair, repay) => repay,
  seize: seizeAtBonus,
};

/** What the account owes and what its collateral is credited with, in base. */
function worthOf(terms: StoreTerms, { layout, index, amount, price }: Account) {
  const { first, reserve, side } = layout.market.book;
  let owed = 0;
  let credited = 0;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    if (side[leg] === 1) owed += amount[leg];
    else credited += creditFor(terms, reserve[leg], amount[leg], price);
  }
  return { owed, credited };
}

function putOnShelves(
  terms: StoreTerms,
  { layout, index, amount, price }: Account,
  shelves: Float64Array,
  cost: Float64Array,
): void {
  const { first, reserve, side } = layout.market.book;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    if (side[leg] === 1) continue;
    shelves[shelfLeg(reserve[leg])] += amount[leg];
    cost[reserve[leg]] += creditFor(terms, reserve[leg], amount[leg], price);
  }
}

function creditFor(
  { base, credit }: StoreTerms,
  reserve: number,
  amount: number,
  price: Float64Array,
): number {
  return (amount * price[reserve] * credit[reserve]) / price[base];
}

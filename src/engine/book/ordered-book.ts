import type { RuleSet } from "../markets/rule-set";
import type { Account } from "./account";
import { isUnderWater, leastHealthFactor } from "./health";
import { type Holdings, holdingsOf } from "./holdings";
import type { Layout } from "./layout";
import type { PositionBook } from "./position-book";

/** Accounts with the same collateral and debt reserves, by least health factor at reference prices. */
interface Group {
  readonly collateral: readonly number[];
  readonly debt: readonly number[];
  /** Whose interest the debts follow. */
  readonly rate: readonly number[];
  readonly accounts: Int32Array;
  readonly health: Float64Array;
}

/** Covers the rounding of the bound and of the health factors it is compared with. */
const MARGIN = 1 + 1e-9;
/** Debt prices that keep less of their reference give no bound. */
const LEAST_DEBT_RATIO = 1e-3;

/**
 * Asks only accounts that a bound does not rule out. When what a unit of collateral at the start is worth falls to no
 * less than m of its reference and what a unit of debt is worth rises to no more than M, a health factor falls to no less than m / M of what it was:
 * in a group sorted by health factor only a prefix can be under water. Accounts that were changed on this path
 * are asked every time. Every answer is the naive book's, bit for bit.
 */
export function orderedBook(layout: Layout, rules: RuleSet, reference: Float64Array): PositionBook {
  const { book } = layout.market;
  const holdings = holdingsOf(layout);
  const { amount, grow, bringUpToDate, bringAllUpToDate } = holdings;
  const groups = groupsOf(layout, rules, amount, reference);
  const isChanged = new Uint8Array(book.accounts.length);
  /** Changed accounts that still owe: the others cannot be under water. */
  const owing: number[] = [];
  const price = new Float64Array(reference.length);
  const account: Account = { layout, index: 0, amount, price };
  const hits = new Int32Array(book.accounts.length);
  let count = 0;
  const ask = (index: number): void => {
    account.index = index;
    holdings.bringUpToDate(index);
    if (isUnderWater(account, rules)) hits[count++] = index;
  };
  return {
    amount,
    grow,
    bringUpToDate,
    bringAllUpToDate,
    reset() {
      holdings.reset();
      isChanged.fill(0);
      owing.length = 0;
    },
    underWater(now) {
      price.set(now);
      count = 0;
      for (const group of groups) {
        const bound = healthBound(group, now, reference, holdings);
        for (let i = 0; i < group.accounts.length && group.health[i] < bound; i++) {
          if (isChanged[group.accounts[i]] === 0) ask(group.accounts[i]);
        }
      }
      let left = 0;
      for (const index of owing) {
        if (!owes(layout, amount, index)) continue;
        owing[left++] = index;
        ask(index);
      }
      owing.length = left;
      return hits.subarray(0, count).sort();
    },
    apply(index, leg, change) {
      holdings.apply(leg, change);
      if (isChanged[index] === 0) owing.push(index);
      isChanged[index] = 1;
    },
  };
}

/** Reference health factors at or above this cannot have fallen below 1. Without a usable bound: Infinity. */
function healthBound(group: Group, now: Float64Array, reference: Float64Array, { grown }: Holdings): number {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const reserve of group.collateral)
    least = Math.min(least, (now[reserve] / reference[reserve]) * grown.collateral[reserve]);
  group.debt.forEach((reserve, i) => {
    most = Math.max(most, (now[reserve] / reference[reserve]) * grown.debt[group.rate[i]]);
  });
  const bound = group.collateral.length === 0 ? Number.POSITIVE_INFINITY : (most / least) * MARGIN;
  return bound >= 0 && most >= LEAST_DEBT_RATIO ? bound : Number.POSITIVE_INFINITY;
}

function owes({ market }: Layout, amount: Float64Array, account: number): boolean {
  const { first, side } = market.book;
  for (let leg = first[account + 1] - 1; leg >= first[account] && side[leg] === 1; leg--) {
    if (amount[leg] > 0) return true;
  }
  return false;
}

function groupsOf(layout: Layout, rules: RuleSet, amount: Float64Array, reference: Float64Array): Group[] {
  const { book } = layout.market;
  const bySignature = new Map<string, number[]>();
  for (let index = 0; index < book.accounts.length; index++) {
    const signature = `${reservesOf(layout, index, 0)}/${reservesOf(layout, index, 1)}`;
    const members = bySignature.get(signature);
    if (members) members.push(index);
    else bySignature.set(signature, [index]);
  }
  const account: Account = { layout, index: 0, amount, price: reference };
  const health = new Float64Array(book.accounts.length);
  for (; account.index < health.length; account.index++)
    health[account.index] = leastHealthFactor(account, rules);
  return [...bySignature.values()].map((members) => {
    const accounts = Int32Array.from(members).sort((a, b) => health[a] - health[b] || a - b);
    return {
      collateral: reservesOf(layout, members[0], 0),
      debt: reservesOf(layout, members[0], 1),
      rate: reservesOf(layout, members[0], 1, layout.rate),
      accounts,
      health: Float64Array.from(accounts, (index) => health[index]),
    };
  });
}

function reservesOf(
  { market }: Layout,
  account: number,
  side: number,
  reserve = market.book.reserve,
): number[] {
  const { first, side: sides } = market.book;
  const found: number[] = [];
  for (let leg = first[account]; leg < first[account + 1]; leg++)
    if (sides[leg] === side) found.push(reserve[leg]);
  return found;
}

import { type Account, wealthOf } from "../engine/book/account";
import { isUnderWater } from "../engine/book/health";
import { type Layout, layoutOf } from "../engine/book/layout";
import { liquidatableAt, pricesAfter } from "../engine/markets/opening";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { Model } from "../engine/model";

/**
 * Who could be liquidated right after a fall: once oracles have seen it, and before anything is sold.
 * Values are in the numeraire at the oracle prices after the fall.
 */
export interface Liquidatable {
  readonly fall: number;
  readonly accounts: number;
  /** All collateral and all debt of these accounts. */
  readonly collateral: number;
  readonly debt: number;
}

/** Multiples of 5% up to 60%. */
const FALLS = Array.from({ length: 12 }, (_, i) => (i + 1) / 20);
/** Accounts between two pauses: well below a millisecond of work. */
const SLICE = 2000;

/**
 * Who could be liquidated in some markets at falls from 5% to 60%. Pauses often, so that who waits for something
 * else is served in between.
 * @param markets laid out, by `layoutOf`
 * @param falling by asset, true for those that fall; of a pegged asset, its peg
 */
export function* liquidatableByFall(
  model: Model,
  markets: readonly Layout[],
  falling: readonly boolean[],
): Generator<void, Liquidatable[]> {
  const found: Liquidatable[] = [];
  for (const fall of FALLS) {
    const moves = Float64Array.from(falling, (falls) => (falls ? -fall : 0));
    const total = { accounts: 0, collateral: 0, debt: 0 };
    for (const layout of markets) yield* addMarket(model, layout, moves, total);
    found.push({ fall, ...total });
  }
  return found;
}

type Total = { -readonly [K in keyof Omit<Liquidatable, "fall">]: number };

const wealth = { collateral: 0, debt: 0 };

function* addMarket(model: Model, layout: Layout, moves: Float64Array, total: Total): Generator<void> {
  const { book } = layout.market;
  const { reserve: price, unit } = pricesAfter(model, layout.index, moves);
  const account: Account = { layout, index: 0, amount: book.amount, price };
  for (const index of yield* liquidatableIn(model, layout, price)) {
    account.index = index;
    wealthOf(account, price, wealth);
    total.accounts++;
    total.collateral += wealth.collateral * unit;
    total.debt += wealth.debt * unit;
  }
}

/** Protocols that judge accounts themselves are asked for all of them at once. */
function* liquidatableIn(
  model: Model,
  layout: Layout,
  price: Float64Array,
): Generator<void, Iterable<number>> {
  yield;
  const { book, rules } = layout.market;
  const ruleSet = ruleSetOf(rules);
  if (ruleSet.house) return liquidatableAt(model, layout, price);
  const account: Account = { layout, index: 0, amount: book.amount, price };
  const found: number[] = [];
  for (; account.index < book.accounts.length; account.index++) {
    if (account.index % SLICE === SLICE - 1) yield;
    if (isUnderWater(account, ruleSet)) found.push(account.index);
  }
  return found;
}

export function layoutsOf(model: Model): Layout[] {
  return model.markets.map((_, index) => layoutOf(model, index));
}

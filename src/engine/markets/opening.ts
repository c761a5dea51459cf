import { type Layout, layoutOf } from "../book/layout";
import { naiveBook } from "../book/naive-book";
import { pegOrder, pricesOf, reprice } from "../dynamics/prices";
import type { LendingTerms, Model } from "../model";
import { oracleStates, priceOf, resetOracles } from "../oracles/oracle-state";
import { ruleSetOf } from "./rule-sets";

/** Accounts of a market that can be liquidated at the start prices, before anything happens. */
export function liquidatableAtOpen(model: Model, market: number): Int32Array {
  return liquidatableAt(model, layoutOf(model, market), pricesAtOpen(model, market).reserve);
}

/** Accounts of a market as it is at the start that can be liquidated once oracles show other prices. */
export function liquidatableAt({ blockTime }: Model, layout: Layout, price: Float64Array): Int32Array {
  const rules = ruleSetOf(layout.market.rules);
  const book = naiveBook(layout, rules);
  const account = { layout, index: 0, amount: book.amount, price };
  const queue = rules.house?.(layout, price, blockTime, price).queue(book, account);
  return Int32Array.from(queue ?? book.underWater(price)).sort();
}

export interface MarketPrices {
  /** Oracle prices by reserve, in the market's unit. */
  readonly reserve: Float64Array;
  /** Market price of the unit in the numeraire. */
  readonly unit: number;
}

/** A market's prices at time 0. */
export function pricesAtOpen(model: Model, market: number): MarketPrices {
  return pricesAfter(model, market, new Float64Array(model.assets.length));
}

/**
 * A market's prices once every oracle has seen relative moves of the assets, before anything is sold.
 * @param moves by asset; of a pegged asset, of its peg
 */
export function pricesAfter(model: Model, market: number, moves: Float64Array): MarketPrices {
  return pricesIn(model, model.markets[market].lending, moves);
}

/** Prices as `pricesAfter` gives them, in a market that is not part of a model yet. */
export function pricesIn(
  world: Pick<Model, "assets" | "oracles">,
  { reserves, unit }: LendingTerms,
  moves: Float64Array = new Float64Array(world.assets.length),
): MarketPrices {
  const prices = pricesOf(world);
  moves.forEach((move, asset) => {
    prices.level[asset] = 1 + move;
  });
  reprice(prices, world, pegOrder(world.assets), []);
  const oracles = oracleStates(world.oracles);
  resetOracles(oracles, prices.market);
  return {
    reserve: Float64Array.from(reserves, (reserve) => priceOf(oracles, reserve)),
    unit: unit === undefined ? 1 : prices.market[unit],
  };
}

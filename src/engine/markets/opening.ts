import { layoutOf } from "../book/layout";
import { naiveBook } from "../book/naive-book";
import { pegOrder, pricesOf, reprice } from "../dynamics/prices";
import type { Model } from "../model";
import { oracleStates, resetOracles } from "../oracles/oracle-state";
import { ruleSetOf } from "./rule-sets";

/** Accounts of a market that can be liquidated at the start prices, before anything happens. */
export function liquidatableAtOpen(model: Model, market: number): Int32Array {
  const layout = layoutOf(model, market);
  const book = naiveBook(layout, ruleSetOf(layout.market.rules));
  return Int32Array.from(book.underWater(reservePricesAtOpen(model, market)));
}

/** Oracle prices by reserve at time 0. */
export function reservePricesAtOpen(model: Model, market: number): Float64Array {
  return reservePricesAfter(model, market, new Float64Array(model.assets.length));
}

/**
 * Oracle prices by reserve once every oracle has seen relative moves of the assets, before anything is sold.
 * @param moves by asset; of a pegged asset, of its peg
 */
export function reservePricesAfter(model: Model, market: number, moves: Float64Array): Float64Array {
  const prices = pricesOf(model);
  moves.forEach((move, asset) => {
    prices.level[asset] = 1 + move;
  });
  reprice(prices, model, pegOrder(model.assets), []);
  const oracles = oracleStates(model.oracles);
  resetOracles(oracles, prices.market);
  return Float64Array.from(
    model.markets[market].lending.reserves,
    (reserve) => oracles.visible[reserve.oracle],
  );
}

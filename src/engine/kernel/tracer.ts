import type { Model } from "../model";
import type { Trace } from "../samples";
import { badDebtNow } from "./bad-debt";
import type { Opening } from "./recorder";
import type { World } from "./world";

/** A trace of `steps` steps with its start. */
export function emptyTrace(model: Model, steps: number): Trace {
  const column = (): Float64Array => new Float64Array(steps + 1);
  return {
    time: column(),
    market: model.assets.map(column),
    exogenous: model.assets.map(column),
    oracle: model.oracles.map(column),
    liquidatedValue: column(),
    badDebt: column(),
  };
}

/** Records the world as it stands as entry `at`. */
export function tracePoint(world: World, opening: Opening, trace: Trace, at: number): void {
  trace.time[at] = world.time;
  trace.market.forEach((column, i) => {
    column[at] = world.prices.market[i];
  });
  trace.exogenous.forEach((column, i) => {
    column[at] = world.prices.exogenous[i];
  });
  trace.oracle.forEach((column, i) => {
    column[at] = world.oracles.visible[i];
  });
  world.markets.forEach((_, market) => {
    for (const value of world.ledger.markets[market].liquidatedValue) trace.liquidatedValue[at] += value;
    for (const value of badDebtNow(world, market, opening.badDebt[market]).bySlot) trace.badDebt[at] += value;
  });
}

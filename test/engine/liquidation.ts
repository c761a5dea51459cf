import { expect } from "vitest";
import type { Account } from "../../src/engine/book/account";
import { changesTo } from "../../src/engine/book/changes";
import { isUnderWater } from "../../src/engine/book/health";
import { layoutOf } from "../../src/engine/book/layout";
import type { Pair, RuleSet } from "../../src/engine/markets/rule-set";
import type { Model } from "../../src/engine/model";

/** What one liquidation call came to, in units; undefined when the protocol refuses it. */
export interface Outcome {
  readonly repaid: number;
  /** What the liquidator got. */
  readonly received: number;
  readonly fee: number;
  /** Debt cancelled as bad debt, by reserve. */
  readonly deficit: ReadonlyMap<number, number>;
}

/** The first account of a model's first market, at oracle prices by reserve. */
export function accountOf(model: Model, prices: readonly number[], index = 0): Account {
  const amount = Float64Array.from(model.markets[0].book.amount);
  return { layout: layoutOf(model, 0), index, amount, price: Float64Array.from(prices) };
}

/** The legs of an account by reserve; throws when it has none. */
export function pairOf({ layout, index }: Account, collateral: number, debt: number): Pair {
  const { first, reserve, side } = layout.market.book;
  const legs = Array.from({ length: first[index + 1] - first[index] }, (_, i) => first[index] + i);
  const legOf = (of: number, on: number) => {
    const leg = legs.find((each) => reserve[each] === of && side[each] === on);
    if (leg === undefined) throw new Error(`The account has no leg of reserve ${of}.`);
    return leg;
  };
  return { collateral: legOf(collateral, 0), debt: legOf(debt, 1) };
}

/** Liquidates as a round does, with the rule set alone, and changes the account's amounts. */
export function liquidate(
  rules: RuleSet,
  account: Account,
  pair: Pair,
  wanted = Number.POSITIVE_INFINITY,
): Outcome | undefined {
  if (!isUnderWater(account, rules)) return undefined;
  const most = Math.min(wanted, rules.maxRepay(account, pair));
  const repaid = rules.allowedRepay(account, pair, most);
  if (most === 0 || repaid < most * (1 - 1e-12)) return undefined;
  const seizure = { seized: 0, fee: 0 };
  rules.seize(account, pair, repaid, seizure);
  const changes = changesTo(account.amount, Float64Array.from(account.amount));
  changes.apply(pair.collateral, -seizure.seized);
  changes.apply(pair.debt, -repaid);
  const deficit = new Map<number, number>();
  if (rules.writesOff(account)) {
    const { first, reserve, side } = account.layout.market.book;
    for (let leg = first[account.index]; leg < first[account.index + 1]; leg++) {
      if (side[leg] === 0 || account.amount[leg] === 0) continue;
      deficit.set(reserve[leg], account.amount[leg]);
      changes.apply(leg, -account.amount[leg]);
    }
  }
  return { repaid, received: seizure.seized - seizure.fee, fee: seizure.fee, deficit };
}

/** The contracts round at most so often on the way to an amount: base amount, bonus, bonus part, fee. */
const ROUNDINGS = 4;

/**
 * Integer units of a contract against an amount: equal to a relative 1e-9, or but for the rounding of whole units.
 * @param granule what one unit of the asset that the amount is computed from comes to
 */
export function expectUnits(
  amount: number,
  units: string | bigint,
  decimals: number,
  what: string,
  granule = 0,
): void {
  const scale = 10 ** decimals;
  const difference = Math.abs(amount * scale - Number(units));
  const allowed = Math.max(1e-9 * Number(units), ROUNDINGS * Math.max(1, granule * scale));
  if (!(difference <= allowed))
    expect.fail(`${what}: ${amount}, the contract has ${units} of ${decimals} decimals`);
}

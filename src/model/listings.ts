import type { Draft } from "../dsl/parse";
import type { Listing } from "../engine/markets/rule-set";
import { ruleSetOf } from "../engine/markets/rule-sets";

type Market = NonNullable<NonNullable<Draft["markets"]>[string]>;

/** The assets that a market lists, as far as they are written; none before its rules are. */
export function listingsOf(market: Market | undefined): readonly Listing[] {
  return market?.rules === undefined ? [] : ruleSetOf(market.rules).listings(market as never);
}

import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { ruleSetOf } from "../../engine/markets/rule-sets";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const marketRules: readonly StaticRule[] = [ruleSetRules];

/** The rules on a market's own fields are those of its protocol version. */
function ruleSetRules({ markets }: Draft): Finding[] {
  return entries(markets).flatMap(([name, market]): Finding[] => {
    if (market.rules === undefined) return [];
    const at = (path: readonly (string | number)[]) => ["markets", name, ...path];
    const remarks = ruleSetOf(market.rules).check(market as never);
    return remarks.map(({ path, related, ...remark }) => ({
      ...remark,
      path: at(path),
      related: related?.map((place) => ({ ...place, path: at(place.path) })),
    }));
  });
}

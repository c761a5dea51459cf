import { aaveV2 } from "./aave-v2";
import { aaveV30 } from "./aave-v3.0";
import { aaveV33 } from "./aave-v3.3";
import { compoundV2 } from "./compound-v2";
import { compoundV3 } from "./compound-v3";
import { crvusd } from "./crvusd";
import { eulerV2 } from "./euler-v2";
import { liquityV1 } from "./liquity-v1";
import { maker } from "./maker";
import { makerFlip } from "./maker-flip";
import { morphoBlue } from "./morpho-blue";
import type { RuleSet } from "./rule-set";

/** Entries come from a file that the schema has checked against the rule set it names. */
const ruleSets: readonly RuleSet[] = [
  aaveV2,
  aaveV30,
  aaveV33,
  compoundV2,
  compoundV3,
  crvusd,
  eulerV2,
  liquityV1,
  maker,
  makerFlip,
  morphoBlue,
];

const byId = new Map(ruleSets.map((rules) => [rules.id, rules]));

/** The rule set of that name; throws when there is none, which the schema rules out. */
export function ruleSetOf(id: string): RuleSet {
  const rules = byId.get(id);
  if (!rules) throw new Error(`No rule set is called ${id}; there are ${[...byId.keys()].join(", ")}.`);
  return rules;
}

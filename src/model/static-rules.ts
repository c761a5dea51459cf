import type { Draft } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { assetRules } from "./rules/assets";
import { backstopRules } from "./rules/backstops";
import { bookRules } from "./rules/books";
import { completenessRules } from "./rules/completeness";
import { correlationRules } from "./rules/correlations";
import { crisisRules } from "./rules/crises";
import { dynamicsRules } from "./rules/dynamics";
import { limitRules } from "./rules/limits";
import { marketRules } from "./rules/markets";
import { monitoringRules } from "./rules/monitoring";
import { newPositionsRules } from "./rules/new-positions";
import { oracleRules } from "./rules/oracles";
import { routeRules } from "./rules/routes";
import { scenarioRules } from "./rules/scenarios";
import type { StaticRule } from "./rules/static-rule";
import { vaultRules } from "./rules/vaults";
import { venueRules } from "./rules/venues";

const rules: readonly StaticRule[] = [
  ...assetRules,
  ...correlationRules,
  ...venueRules,
  ...oracleRules,
  ...marketRules,
  ...bookRules,
  ...newPositionsRules,
  ...vaultRules,
  ...backstopRules,
  ...routeRules,
  ...scenarioRules,
  ...crisisRules,
  ...monitoringRules,
  ...dynamicsRules,
  ...limitRules,
  ...completenessRules,
];

/** What is wrong with a risk file beyond its schema, without its data files and without a simulation. */
export function staticFindings(draft: Draft): Finding[] {
  return rules.flatMap((rule) => rule(draft));
}

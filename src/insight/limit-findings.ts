import type { Finding, Path } from "../dsl/problem";
import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";
import { count, percent } from "../model/text";
import type { Cause } from "./cause";
import { type JudgedLimit, type Limit, type LimitResult, MOST_PATHS } from "./limits";
import { drawOf, inUnit, isMonteCarlo, measureName, scopeName, withInterval } from "./wording";

/** What a limit's outcome says about the file: nothing when it passes. */
export function limitFindings(
  result: JudgedLimit,
  limit: Limit,
  model: Model,
  scenario: Scenario,
  samples: Samples,
): Finding[] {
  if (result.verdict === "pass") return [];
  if (result.verdict === "undecided") return [undecided(result, limit, model, scenario, samples)];
  return [broken(result, limit, model, scenario)];
}

function broken(result: JudgedLimit, limit: Limit, model: Model, scenario: Scenario): Finding {
  const [cause] = result.causes;
  const bound = inUnit(result.bound, result.metric, model.numeraire);
  const side = result.boundIs === "max" ? "above the limit of" : "below the limit of";
  const breach = `${sentence(result, limit, model, scenario)}, ${side} ${bound}.`;
  const end = decidedByEnd(result) ? " The limit is decided by the unfavourable end of the interval." : "";
  const at: Path = ["limits", result.index, result.boundIs];
  const base = { rule: "limit-broken", severity: "error", witness: witnessOf(result, cause) } as const;
  if (!cause) return { ...base, path: at, message: breach + end };
  const through = ` ${percent(rounded(cause.share))} of the ${cause.of} comes through ${cause.name} (threshold ${percent(cause.threshold)}).`;
  return {
    ...base,
    path: cause.path,
    message: breach + end + through,
    related: [{ path: at, message: `The limit: ${result.limit}.` }],
  };
}

function undecided(
  result: LimitResult,
  limit: Limit,
  model: Model,
  scenario: Scenario,
  samples: Samples,
): Finding {
  const bound = inUnit(result.bound, result.metric, model.numeraire);
  const message = result.estimate
    ? `${sentence(result, limit, model, scenario)}. The interval contains the limit of ${bound}, so ${samples.count.toLocaleString("en-US")} paths do not decide it. ${advice(result)}`
    : `${samples.count.toLocaleString("en-US")} paths leave fewer than 50 beyond ${percent(limit.level ?? 0)}, too few for the ${measureName(limit.metric, limit)} in ${limit.in}. ${advice(result)}`;
  return {
    rule: "limit-undecided",
    severity: "warning",
    path: ["limits", result.index, result.boundIs],
    message,
    related: [{ path: ["scenarios", limit.in, "monte-carlo", "paths"], message: "The number of paths." }],
    witness: witnessOf(result),
  };
}

function advice({ morePaths = Number.POSITIVE_INFINITY }: LimitResult): string {
  if (morePaths === Number.POSITIVE_INFINITY)
    return `More than the ${MOST_PATHS.toLocaleString("en-US")} paths that a scenario may have would be needed: move the limit away from the estimate, or decide by "upper-95".`;
  return `About ${count(morePaths, "more path")} would decide it.`;
}

/** The figure, its interval and what reproduces it. */
function sentence({ estimate, metric }: LimitResult, limit: Limit, model: Model, scenario: Scenario): string {
  const draw = isMonteCarlo(scenario) ? ` over ${drawOf(scenario)}` : "";
  const name = measureName(metric, limit);
  const measured = estimate ? withInterval(estimate, metric, model.numeraire) : "";
  return `${limit.in}: ${name}${scopeName(limit)} ${measured}${draw}`;
}

function decidedByEnd({ estimate, bound, boundIs }: LimitResult): boolean {
  if (!estimate) return false;
  return boundIs === "max" ? estimate.lower <= bound : estimate.upper >= bound;
}

function witnessOf({ estimate, bound, morePaths }: LimitResult, cause?: Cause): Record<string, number> {
  return {
    ...(estimate && { value: estimate.value, lower: estimate.lower, upper: estimate.upper }),
    limit: bound,
    ...(morePaths !== undefined && Number.isFinite(morePaths) && { morePaths }),
    ...(cause && { share: cause.share }),
  };
}

function rounded(share: number): number {
  return Number(share.toPrecision(3));
}

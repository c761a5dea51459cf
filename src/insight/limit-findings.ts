import * as l10n from "@vscode/l10n";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";
import { percent, whole } from "../model/text";
import type { Cause } from "./cause";
import { type JudgedLimit, type LimitResult, MOST_PATHS } from "./limits";
import type { Limit } from "./metric";
import {
  drawOf,
  inUnit,
  isMonteCarlo,
  measureName,
  metricName,
  scopeName,
  shareText,
  withInterval,
} from "./wording";

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
  const { carrier } = result;
  const [cause] = result.causes;
  const bound = inUnit(result.bound, result.metric, model.numeraire);
  const measured = sentence(result, limit, model, scenario);
  const message = sentences(
    result.boundIs === "max"
      ? l10n.t("{0}, above the limit of {1}.", measured, bound)
      : l10n.t("{0}, below the limit of {1}.", measured, bound),
    decidedByEnd(result) && l10n.t("The limit is decided by the unfavourable end of the interval."),
    carrier?.message,
    cause && throughText(cause),
  );
  const at: Path = ["limits", result.index, result.boundIs];
  const base = {
    rule: "limit-broken",
    severity: "error",
    message,
    witness: witnessOf(result, cause),
  } as const;
  const place = carrier ?? cause;
  if (!place) return { ...base, path: at };
  const related = [{ path: at, message: l10n.t("The limit: {0}.", result.limit) }];
  if (carrier && cause) related.push({ path: cause.path, message: throughText(cause) });
  return { ...base, path: place.path, related };
}

function throughText({ share, of, name, threshold }: Cause): string {
  return l10n.t(
    "{0} of the {1} comes through {2} (threshold {3}).",
    shareText(share),
    metricName(of),
    name,
    percent(threshold),
  );
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
    ? sentences(
        l10n.t("{0}.", sentence(result, limit, model, scenario)),
        l10n.t(
          "The interval contains the limit of {0}, so {1} paths do not decide it.",
          bound,
          whole(samples.count),
        ),
        advice(result),
      )
    : sentences(
        l10n.t(
          "{0} paths leave fewer than 50 beyond {1}, too few for the {2} in {3}.",
          whole(samples.count),
          percent(limit.level ?? 0),
          measureName(limit.metric, limit),
          limit.in,
        ),
        advice(result),
      );
  return {
    rule: "limit-undecided",
    severity: "warning",
    path: ["limits", result.index, result.boundIs],
    message,
    related: [
      { path: ["scenarios", limit.in, "monte-carlo", "paths"], message: l10n.t("The number of paths.") },
    ],
    witness: witnessOf(result),
  };
}

function advice({ morePaths = Number.POSITIVE_INFINITY }: LimitResult): string {
  if (morePaths === Number.POSITIVE_INFINITY)
    return l10n.t(
      'More than the {0} paths that a scenario may have would be needed: move the limit away from the estimate, or decide by "upper-95".',
      whole(MOST_PATHS),
    );
  return morePaths === 1
    ? l10n.t("About 1 more path would decide it.")
    : l10n.t("About {0} more paths would decide it.", whole(morePaths));
}

/** The figure, its interval and what reproduces it. */
function sentence({ estimate, metric }: LimitResult, limit: Limit, model: Model, scenario: Scenario): string {
  const name = measureName(metric, limit) + scopeName(limit);
  const measured = estimate ? withInterval(estimate, metric, model.numeraire) : "";
  return isMonteCarlo(scenario)
    ? l10n.t("{0}: {1} {2} over {3}", limit.in, name, measured, drawOf(scenario))
    : l10n.t("{0}: {1} {2}", limit.in, name, measured);
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

import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Model, MonteCarloScenario } from "../engine/model";
import type { Samples } from "../engine/samples";
import { percent, whole } from "../model/text";
import type { DistributionSeries } from "../protocol/messages";
import { histogram } from "./histogram";
import { metricColumn } from "./metric";
import { ascending } from "./statistics/estimate";
import { expectedShortfall, hasTail, LEAST_TAIL, pathsForTail, valueAtRisk } from "./statistics/tail";

const DEFAULT_LEVEL = 0.95;

/**
 * The loss distribution over the paths so far: of bad debt where enough paths have any to show how it is distributed,
 * else of liquidated value.
 */
export function distributionOf(
  model: Model,
  scenario: MonteCarloScenario,
  samples: Samples,
  level: number,
): DistributionSeries {
  const badDebt = ascending(metricColumn(model, samples, "bad-debt", {}));
  const hasBadDebt = aboveZero(badDebt).length >= LEAST_TAIL;
  const sorted = hasBadDebt ? badDebt : ascending(metricColumn(model, samples, "liquidated-value", {}));
  const losses = aboveZero(sorted);
  const isEnough = hasTail(sorted.length, level);
  return {
    scenario: scenario.name,
    metric: hasBadDebt ? "bad-debt" : "liquidated-value",
    paths: samples.count,
    totalPaths: scenario.paths,
    seed: scenario.seed,
    probabilityOfLoss: losses.length / sorted.length,
    ...histogram(losses),
    zeros: sorted.length - losses.length,
    level,
    ...(isEnough && {
      valueAtRisk: valueAtRisk(sorted, level),
      expectedShortfall: expectedShortfall(sorted, level),
    }),
    ...(!isEnough && { note: refusal(sorted.length, level) }),
  };
}

function aboveZero(sorted: Float64Array): Float64Array {
  return sorted.filter((loss) => loss > 0);
}

function refusal(paths: number, level: number): string {
  return l10n.t(
    "No figures at {0} from {1} paths: at least {2} of them must lie beyond the level, which takes {3} paths.",
    percent(level),
    whole(paths),
    LEAST_TAIL,
    whole(pathsForTail(level)),
  );
}

/** The level of the first limit on a quantile of the scenario, else 95%. */
export function levelOf(file: RiskFile, scenario: string): number {
  const limit = file.limits?.find((each) => each.in === scenario && each.level !== undefined);
  return limit?.level ?? DEFAULT_LEVEL;
}

import * as l10n from "@vscode/l10n";
import { amount, count, percent } from "../../charts/format";
import type { Metric } from "../../insight/metric";
import type { Estimate } from "../../insight/statistics/estimate";
import type { MetricSummary, ScenarioSummary } from "../../insight/summary";
import { metricName } from "../../insight/wording";
import { figureOf } from "../figures";
import { type LastRun, numeraireOf } from "../last-run";

const SHOWN: readonly Metric[] = ["bad-debt", "liquidated-value"];

/** What a scenario came to in the last run: its losses, with intervals where they are over paths. */
export function summaryLines(run: LastRun, name: string): string[] {
  const summary = run.assessment?.scenarios.find((scenario) => scenario.name === name);
  if (!summary) return [];
  const lines = summary.metrics
    .filter(({ metric }) => SHOWN.includes(metric))
    .map((metric) => metricLine(metric, numeraireOf(run)));
  return summary.kind === "monte-carlo" ? [drawLine(summary), ...lines] : lines;
}

function drawLine({ paths, seed }: ScenarioSummary): string {
  return paths === 1 ? l10n.t("1 path, seed {0}", seed!) : l10n.t("{0} paths, seed {1}", count(paths), seed!);
}

function metricLine(summary: MetricSummary, numeraire: string): string {
  const { metric, value, mean, level = 0, valueAtRisk, expectedShortfall, probability } = summary;
  const noun = metricName(metric);
  if (value !== undefined) return `${noun}: **${amount(value, numeraire)}**`;
  if (probability?.value === 0) return l10n.t("{0}: none on any path", noun);
  const tail = percent(level);
  const write = (figure: Estimate) => figureOf(figure, metric, numeraire);
  const parts = [
    expectedShortfall && l10n.t("{0} expected shortfall **{1}**", tail, write(expectedShortfall)),
    valueAtRisk && l10n.t("{0} value at risk {1}", tail, write(valueAtRisk)),
    mean && l10n.t("mean {0}", write(mean)),
    probability && l10n.t("on {0} of the paths", percent(probability.value)),
  ];
  return `${noun}: ${parts.filter(Boolean).join("; ")}`;
}

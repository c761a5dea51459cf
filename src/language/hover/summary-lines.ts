import { amount, count, percent } from "../../charts/format";
import type { Metric } from "../../insight/metric";
import type { MetricSummary, ScenarioSummary } from "../../insight/summary";
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
  return `${count(paths)} paths, seed ${seed}`;
}

function metricLine(summary: MetricSummary, numeraire: string): string {
  const { metric, value, mean, level = 0, valueAtRisk, expectedShortfall, probability } = summary;
  const noun = metric.replace("-", " ");
  if (value !== undefined) return `${noun}: **${amount(value, numeraire)}**`;
  if (probability?.value === 0) return `${noun}: none on any path`;
  const parts = [
    expectedShortfall &&
      `${percent(level)} expected shortfall **${figureOf(expectedShortfall, metric, numeraire)}**`,
    valueAtRisk && `${percent(level)} value at risk ${figureOf(valueAtRisk, metric, numeraire)}`,
    mean && `mean ${figureOf(mean, metric, numeraire)}`,
    probability && `on ${percent(probability.value)} of the paths`,
  ];
  return `${noun}: ${parts.filter(Boolean).join("; ")}`;
}

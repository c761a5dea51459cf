import type { Assessment } from "../insight/assess";
import type { LimitResult, Verdict } from "../insight/limits";
import type { ScenarioSummary } from "../insight/summary";
import { printable } from "./diagnostics-text";
import { type Figure, figuresOf } from "./figures";
import type { Style } from "./style";
import { type Column, tableText } from "./table";
import { wrapped } from "./wrap";

const columns: readonly Column[] = [
  { title: "Metric", align: "left" },
  { title: "Value", align: "right" },
  { title: "Unit", align: "left" },
  { title: "95% interval", align: "left" },
];

/** Every scenario with its figures, then the limits with their verdicts. */
export function resultsText(assessment: Assessment, numeraire: string, style: Style): string {
  const scenarios = assessment.scenarios.map((scenario) => scenarioText(scenario, numeraire, style));
  return [...scenarios, limitsText(assessment.limits, style)].filter((text) => text !== "").join("\n");
}

/** "4 limits, 1 broken, 2 undecided". */
export function limitCount(limits: readonly LimitResult[]): string {
  if (limits.length === 0) return "no limits";
  const broken = limits.filter(({ verdict }) => verdict === "fail").length;
  const undecided = limits.filter(({ verdict }) => verdict === "undecided").length;
  const all = `${limits.length} limit${limits.length === 1 ? "" : "s"}, ${broken === 0 ? "none" : broken} broken`;
  return undecided === 0 ? all : `${all}, ${undecided} undecided`;
}

function scenarioText(scenario: ScenarioSummary, numeraire: string, style: Style): string {
  const rows = figuresOf(scenario)
    .filter(isTelling(scenario))
    .map((figure) => row(figure, numeraire));
  const shown = scenario.kind === "monte-carlo" ? columns : columns.slice(0, 3);
  return `${style.bold(printable(scenario.name))}: ${describe(scenario)}\n${tableText(shown, rows)}`;
}

function describe({ kind, paths, seed }: ScenarioSummary): string {
  return kind !== "monte-carlo" ? kind : `Monte Carlo, ${integer(paths)} paths, seed ${seed}`;
}

const losses: readonly string[] = ["bad-debt", "liquidated-value"];

/** In full the two losses; of the rest the mean, and of what never happens only that. The JSON has everything. */
function isTelling({ kind, metrics }: ScenarioSummary): (figure: Figure) => boolean {
  const never = new Set(metrics.filter(({ max }) => max === 0).map(({ metric }) => metric));
  return ({ metric, statistic }) =>
    kind !== "monte-carlo" || statistic === "mean" || (losses.includes(metric) && !never.has(metric));
}

function row(figure: Figure, numeraire: string): string[] {
  const { estimate, unit } = figure;
  const name = nameOf(figure);
  if (!estimate) return [name, "-", "", "too few paths"];
  const write = (value: number) => numberText(value, unit);
  const { value, lower, upper } = estimate;
  const interval = lower === upper ? "" : `${write(lower)} to ${write(upper)}`;
  return [name, write(value), unitName(unit, numeraire), interval];
}

function nameOf({ metric, statistic, level = 0 }: Figure): string {
  const noun = metric.replaceAll("-", " ");
  switch (statistic) {
    case "value":
      return noun;
    case "probability":
      return `P(${noun} > 0)`;
    case "var":
    case "es":
      return `${noun}, ${numberText(level, "ratio")}% ${statistic === "var" ? "VaR" : "ES"}`;
    default:
      return `${noun}, ${statistic}`;
  }
}

function unitName(unit: Figure["unit"], numeraire: string): string {
  if (unit === "numeraire") return numeraire;
  if (unit === "ratio") return "%";
  return unit === "multiple" ? "x" : unit;
}

/** Whole from 1,000 on, else with two decimals; a ratio in percent. */
function numberText(value: number, unit: Figure["unit"]): string {
  const shown = unit === "ratio" ? value * 100 : value;
  const maximumFractionDigits = Math.abs(shown) >= 1000 ? 0 : 2;
  return shown.toLocaleString("en-US", { maximumFractionDigits, signDisplay: "negative" });
}

function integer(value: number): string {
  return value.toLocaleString("en-US");
}

const verdictNames: Record<Verdict, string> = { pass: "pass", fail: "FAIL", undecided: "undecided" };

function limitsText(limits: readonly LimitResult[], style: Style): string {
  if (limits.length === 0) return "";
  const lines = limits.map(({ verdict, title, measured, limit }) => {
    const label = style.verdict(verdict, verdictNames[verdict].padEnd(9));
    return `  ${label}  ${wrapped(`${printable(title)}: ${measured}, ${limit}`, 13)}\n`;
  });
  return `${style.bold("Limits")}\n${lines.join("")}`;
}

import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import type { Model, Scenario } from "../engine/model";
import { Flag, type Samples } from "../engine/samples";
import { figure } from "../model/text";
import { metricColumn } from "./metric";
import { drawOf, inUnit, isMonteCarlo } from "./wording";

/** What the flags of a scenario's paths say about the run itself. */
export function flagFindings(file: RiskFile, model: Model, scenario: Scenario, samples: Samples): Finding[] {
  const atScenario = { path: ["scenarios", scenario.name], at: "key" } as const;
  const findings: Finding[] = [];
  const add = (flag: number, finding: (where: string) => Omit<Finding, "witness">): void => {
    const paths = countFlag(samples, flag);
    if (paths > 0) findings.push({ ...finding(wherever(scenario, paths, samples)), witness: { paths } });
  };
  add(Flag.noFloor, (where) => ({
    ...atScenario,
    rule: "no-floor",
    severity: "warning",
    message: `${where}the cascade finds no floor within the book: sales put ever more accounts under water until hardly anyone is left. Losses depend on what buyers outside the file would do. Deepen the venues, lower the thresholds, or take the scenario as beyond what the market survives.`,
  }));
  add(Flag.roundLimit, (where) => ({
    ...atScenario,
    rule: "round-limit",
    severity: "warning",
    message: `${where}a step stopped at the limit of liquidation rounds while somebody could still act, so its figures are too low. Shorten the step, or give the liquidators a longer reaction.`,
  }));
  add(Flag.unfilled, (where) => ({
    ...depthPlace(model, scenario),
    rule: "beyond-depth",
    severity: "warning",
    message: `${where}liquidations were larger than what ${quotesNames(model)} and were cut down to it${leftOpen(model, samples)}. Add quotes for larger sizes if the market has them.`,
  }));
  add(Flag.pending, (where) => ({
    ...endPlace(file, scenario),
    rule: "pending-at-horizon",
    severity: "information",
    message: `${where}liquidations were still going on when the scenario ended. A longer ${isMonteCarlo(scenario) ? "horizon" : "hold"} would count them too.`,
  }));
  return findings;
}

export function countFlag(samples: Samples, flag: number): number {
  let paths = 0;
  for (const flags of samples.flags) if ((flags & flag) !== 0) paths++;
  return paths;
}

function wherever(scenario: Scenario, paths: number, { count }: Samples): string {
  if (!isMonteCarlo(scenario)) return `${scenario.name}: `;
  const share = figure(Number(((paths / count) * 100).toPrecision(2)));
  return `${scenario.name}: on ${paths.toLocaleString("en-US")} of ${drawOf(scenario)} (${share}%), `;
}

/** The quotes file when there is only one, else the scenario. */
function depthPlace(model: Model, scenario: Scenario): Pick<Finding, "path" | "at" | "related"> {
  const files = quoted(model).map((name): Path => ["venues", name, "file"]);
  if (files.length === 1) return { path: files[0] };
  const related = files.map((path) => ({ path, message: "Its quotes end here." }));
  return { path: ["scenarios", scenario.name], at: "key", related };
}

function quotesNames(model: Model): string {
  const names = quoted(model);
  return names.length === 1 ? `the quotes of ${names[0]} reach to` : "the venues' quotes reach to";
}

function quoted(model: Model): string[] {
  return model.venues.filter(({ curve }) => curve.model === "quotes").map(({ name }) => name);
}

function leftOpen(model: Model, samples: Samples): string {
  const stalled = metricColumn(model, samples, "stalled-debt", {});
  const most = stalled.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return "";
  return `; up to ${inUnit(most, "stalled-debt", model.numeraire)} of debt that could be liquidated is left open`;
}

/** Where the scenario's end is written, if it is. */
function endPlace(file: RiskFile, { name, kind }: Scenario): Pick<Finding, "path" | "at"> {
  if (kind === "monte-carlo") return { path: ["scenarios", name, "monte-carlo", "horizon"] };
  const isWritten = file.scenarios?.[name].hold !== undefined;
  return isWritten ? { path: ["scenarios", name, "hold"] } : { path: ["scenarios", name], at: "key" };
}

import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Curve, Model, Scenario } from "../engine/model";
import { Flag, type Samples } from "../engine/samples";
import { figure, whole } from "../model/text";
import { metricColumn } from "./metric";
import { drawOf, inUnit, isMonteCarlo } from "./wording";

/** What the flags of a scenario's paths say about the run itself. */
export function flagFindings(file: RiskFile, model: Model, scenario: Scenario, samples: Samples): Finding[] {
  const atScenario = { path: ["scenarios", scenario.name], at: "key" } as const;
  const findings: Finding[] = [];
  const add = (
    flag: number,
    finding: (where: (what: string) => string) => Omit<Finding, "witness">,
  ): void => {
    const paths = countFlag(samples, flag);
    if (paths > 0)
      findings.push({ ...finding((what) => wherever(what, scenario, paths, samples)), witness: { paths } });
  };
  add(Flag.noFloor, (where) => ({
    ...atScenario,
    rule: "no-floor",
    severity: "warning",
    message: where(
      l10n.t(
        "the cascade finds no floor within the book: sales put ever more accounts under water until hardly anyone is left. Losses depend on what buyers outside the file would do. Deepen the venues, lower the thresholds, or take the scenario as beyond what the market survives.",
      ),
    ),
  }));
  add(Flag.roundLimit, (where) => ({
    ...atScenario,
    rule: "round-limit",
    severity: "warning",
    message: where(
      l10n.t(
        "a step stopped at the limit of liquidation rounds while somebody could still act, so its figures are too low. Shorten the step, or give the liquidators a longer reaction.",
      ),
    ),
  }));
  add(Flag.unfilled, (where) => ({
    ...depthPlace(file, model, scenario),
    rule: "beyond-depth",
    severity: "warning",
    message: sentences(
      where(cutDown(model, samples)),
      l10n.t("Add quotes for larger sizes, or ranges further from the price, if the market has them."),
    ),
  }));
  add(Flag.pending, (where) => ({
    ...endPlace(file, scenario),
    rule: "pending-at-horizon",
    severity: "information",
    message: where(
      scenario.kind === "replay"
        ? l10n.t("liquidations were still going on when the event's paths ended.")
        : isMonteCarlo(scenario)
          ? l10n.t(
              "liquidations were still going on when the scenario ended. A longer horizon would count them too.",
            )
          : l10n.t(
              "liquidations were still going on when the scenario ended. A longer hold would count them too.",
            ),
    ),
  }));
  return findings;
}

export function countFlag(samples: Samples, flag: number): number {
  let paths = 0;
  for (const flags of samples.flags) if ((flags & flag) !== 0) paths++;
  return paths;
}

function wherever(what: string, scenario: Scenario, paths: number, { count }: Samples): string {
  if (!isMonteCarlo(scenario)) return l10n.t("{0}: {1}", scenario.name, what);
  const share = figure(Number(((paths / count) * 100).toPrecision(2)));
  return l10n.t("{0}: on {1} of {2} ({3}%), {4}", scenario.name, whole(paths), drawOf(scenario), share, what);
}

/** The quotes, ticks or ranges when only one venue's end, else the scenario. */
function depthPlace(
  file: RiskFile,
  model: Model,
  scenario: Scenario,
): Pick<Finding, "path" | "at" | "related"> {
  const ends = ending(model).map((name): Path => {
    const { file: table } = { file: undefined, ...file.venues?.[name] };
    return ["venues", name, table === undefined ? "ranges" : "file"];
  });
  if (ends.length === 1) return { path: ends[0] };
  const related = ends.map((path) => ({ path, message: l10n.t("Its depth ends here.") }));
  return { path: ["scenarios", scenario.name], at: "key", related };
}

function cutDown(model: Model, samples: Samples): string {
  const names = ending(model);
  const open = leftOpen(model, samples);
  if (names.length === 1)
    return open
      ? l10n.t(
          "liquidations were larger than what the depth of {0} reaches to and were cut down to it; up to {1} of debt that could be liquidated is left open.",
          names[0],
          open,
        )
      : l10n.t(
          "liquidations were larger than what the depth of {0} reaches to and were cut down to it.",
          names[0],
        );
  return open
    ? l10n.t(
        "liquidations were larger than what the venues' depth reaches to and were cut down to it; up to {0} of debt that could be liquidated is left open.",
        open,
      )
    : l10n.t("liquidations were larger than what the venues' depth reaches to and were cut down to it.");
}

/** Venues beyond whose depth nothing fills. */
function ending(model: Model): string[] {
  return model.venues.filter(({ curve }) => hasEnd(curve)).map(({ name }) => name);
}

function hasEnd(curve: Curve): boolean {
  if (curve.model !== "concentrated") return curve.model === "quotes";
  const { liquidity } = curve;
  return liquidity[0] === 0 || liquidity[liquidity.length - 1] === 0;
}

function leftOpen(model: Model, samples: Samples): string | undefined {
  const stalled = metricColumn(model, samples, "stalled-debt", {});
  const most = stalled.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? undefined : inUnit(most, "stalled-debt", model.numeraire);
}

/** Where the scenario's end is written, if it is. */
function endPlace(file: RiskFile, { name, kind }: Scenario): Pick<Finding, "path" | "at"> {
  if (kind === "monte-carlo") return { path: ["scenarios", name, "monte-carlo", "horizon"] };
  if (kind === "replay") return { path: ["scenarios", name, "crisis"] };
  const isWritten = file.scenarios?.[name].hold !== undefined;
  return isWritten ? { path: ["scenarios", name, "hold"] } : { path: ["scenarios", name], at: "key" };
}

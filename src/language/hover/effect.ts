import * as l10n from "@vscode/l10n";
import { percent } from "../../charts/format";
import type { Source } from "../../dsl/parse";
import type { Path } from "../../dsl/problem";
import { sentences } from "../../dsl/sentences";
import type { Cause } from "../../insight/cause";
import type { JudgedLimit } from "../../insight/limits";
import type { Metric } from "../../insight/metric";
import { metricName } from "../../insight/wording";
import { ageOf } from "../age";
import { boundOf, measuredOf, verdictWord } from "../figures";
import { type LastRun, limitOf, numeraireOf, type Told } from "../last-run";
import { list, paragraphs } from "../markdown";
import { summaryLines } from "./summary-lines";

const MEASURED: readonly (string | number)[] = [
  "assets",
  "venues",
  "markets",
  "vaults",
  "backstops",
  "scenarios",
  "limits",
];

/** Sections with metrics of their own. */
const OWN_METRICS: Readonly<Record<string, readonly Metric[]>> = {
  vaults: ["vault-loss", "withdrawable"],
  backstops: ["uncovered-loss", "backstop-used"],
};
const MOST_LINES = 6;

/** What the last run measured that the parameter is connected with; for a parameter that none measures, nothing. */
export function effectText(path: Path, source: Source, { lastRun }: Told): string {
  if (path.length < 2 || !MEASURED.includes(path[0])) return "";
  if (!lastRun) return noRunText();
  const lines = linesOf(path, source, lastRun);
  if (lines.length === 0) return "";
  const more = lines.length > MOST_LINES ? [moreText(lines.length - MOST_LINES)] : [];
  return paragraphs(headingText(lastRun), list([...lines.slice(0, MOST_LINES), ...more]));
}

function noRunText(): string {
  return sentences(
    l10n.t("**Last run**: none yet."),
    l10n.t("Save the file without errors: a run tells what the books hold and what is lost."),
  );
}

function headingText({ age, stale }: LastRun): string {
  return stale
    ? l10n.t("**Last run** ({0}, before this edit)", ageOf(age))
    : l10n.t("**Last run** ({0})", ageOf(age));
}

function moreText(limits: number): string {
  return limits === 1 ? l10n.t("1 more limit") : l10n.t("{0} more limits", limits);
}

function linesOf(path: Path, source: Source, run: LastRun): string[] {
  const [section, name] = path;
  const limits = run.assessment?.limits ?? [];
  if (section === "limits") {
    const result = limitOf(run, source, Number(name));
    return result ? [limitLine(result, run), ...result.causes.slice(0, 3).map(causeLine)] : [];
  }
  if (section === "scenarios") {
    const here = limits.filter(({ scenario }) => scenario === name);
    return [...summaryLines(run, String(name)), ...here.map((limit) => limitLine(limit, run))];
  }
  const own = OWN_METRICS[String(section)];
  if (own)
    return limits
      .filter(
        ({ metric, index }) => own.includes(metric) && (run.file.limits?.[index].vault ?? name) === name,
      )
      .map((limit) => limitLine(limit, run));
  return limits.flatMap((limit) => connectedLines(limit, path, run));
}

/** A limit whose figure comes through the parameter's entry, or that is on its asset or market alone. */
function connectedLines(limit: JudgedLimit, path: Path, run: LastRun): string[] {
  const carrying = limit.causes.filter((cause) => isOf(path, cause));
  const parts = carrying.map(causeLine);
  if (parts.length === 0 && !isScopeOf(run.file.limits?.[limit.index] ?? {}, path)) return [];
  return [[limitLine(limit, run), ...parts.slice(0, 2)].join("; ")];
}

/** The parameter holds the threshold, or stands beside it in the same entry. */
function isOf(path: Path, cause: Cause): boolean {
  const entry = cause.path.slice(0, -1);
  const depth = Math.min(path.length, entry.length);
  return path[0] === entry[0] && entry.slice(0, depth).every((key, i) => key === path[i]);
}

function isScopeOf({ asset, market }: { asset?: string; market?: string }, path: Path): boolean {
  const [section, name] = path;
  if (section === "assets") return asset === name;
  if (asset !== undefined) return path.includes(asset) && (market ?? name) === name;
  return market === name && market !== undefined;
}

function limitLine(limit: JudgedLimit, run: LastRun): string {
  const numeraire = numeraireOf(run);
  const { title, verdict } = limit;
  return `${title}: **${measuredOf(limit, numeraire)}**, ${boundOf(limit, numeraire)}: ${verdictWord(verdict)}`;
}

function causeLine({ share, of, name }: Cause): string {
  return l10n.t("{0} of the {1} comes through {2}", percent(share), metricName(of), name);
}

import * as l10n from "@vscode/l10n";
import type { CodeLens } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { amount } from "../charts/format";
import type { Source } from "../dsl/parse";
import type { Span } from "../dsl/problem";
import { child } from "../dsl/tree";
import type { JudgedLimit } from "../insight/limits";
import type { Metric } from "../insight/metric";
import type { ScenarioSummary } from "../insight/summary";
import { measureName } from "../insight/wording";
import { ageOf } from "./age";
import { boundOf, figureOf, measuredOf, verdictWords } from "./figures";
import { type LastRun, limitOf, numeraireOf, type Told } from "./last-run";
import { rangeOf } from "./ranges";

export interface LensContext {
  readonly document: TextDocument;
  readonly source: Source;
  readonly told: Told;
}

/** Commands of the editor's side. Their first argument is the file's URI. */
const SIMULATE = "plimsoll.simulate";
const OPEN_PANEL = "plimsoll.openPanel";
const COMPARE = "plimsoll.compareWithHead";

/** What can be done with the file and its scenarios, and what they and the limits came to in the last run. */
export function codeLenses(context: LensContext): CodeLens[] {
  const { root } = context.source;
  if (root?.kind !== "map") return [];
  const [first] = root.entries.values();
  if (!first) return [];
  return [
    lens(context, first.keySpan, l10n.t("Simulate"), SIMULATE),
    lens(context, first.keySpan, l10n.t("Compare with HEAD"), COMPARE),
    ...scenarioLenses(context),
    ...limitLenses(context),
  ];
}

function scenarioLenses(context: LensContext): CodeLens[] {
  const { source, told } = context;
  const scenarios = child(source.root, "scenarios");
  if (scenarios?.kind !== "map") return [];
  return [...scenarios.entries.values()].flatMap(({ key, keySpan }) => {
    const { lastRun } = told;
    const summary = lastRun?.assessment?.scenarios.find(({ name }) => name === key);
    const result = lastRun && summary && `${lossOf(summary, lastRun)}${whenOf(lastRun)}`;
    const shocked = Object.entries(source.draft?.scenarios?.[key]?.shock ?? {});
    const falling = shocked.find(([, move]) => move !== undefined && move < 0)?.[0];
    return [
      lens(context, keySpan, l10n.t("Simulate"), SIMULATE),
      lens(context, keySpan, l10n.t("Open chart"), OPEN_PANEL, falling),
      ...(result ? [lens(context, keySpan, result)] : []),
    ];
  });
}

function limitLenses(context: LensContext): CodeLens[] {
  const { source, told } = context;
  const limits = child(source.root, "limits");
  const { lastRun } = told;
  if (limits?.kind !== "list" || !lastRun) return [];
  return limits.items.flatMap(({ span }, index) => {
    const result = limitOf(lastRun, source, index);
    return result ? [lens(context, span, verdictOf(result, lastRun))] : [];
  });
}

const SIGNS: Readonly<Record<JudgedLimit["verdict"], string>> = { pass: "✓", fail: "✗", undecided: "?" };

function verdictOf(result: JudgedLimit, run: LastRun): string {
  const { verdict, title } = result;
  const numeraire = numeraireOf(run);
  const measured = `${title} ${measuredOf(result, numeraire)}, ${boundOf(result, numeraire)}`;
  return `${SIGNS[verdict]} ${verdictWords[verdict]}: ${measured}${whenOf(run)}`;
}

/** Bad debt where there is some, else what was liquidated. */
function lossOf(summary: ScenarioSummary, run: LastRun): string {
  const numeraire = numeraireOf(run);
  const [debt, liquidated] = (["bad-debt", "liquidated-value"] as const).map((metric) =>
    measure(summary, metric, numeraire),
  );
  if (debt.isSome) return debt.words;
  return liquidated.isSome ? `no bad debt, ${liquidated.words}` : "nothing is liquidated";
}

/** The figure of a shock; of a Monte Carlo the expected shortfall, or the mean where its tail is too thin. */
function measure(summary: ScenarioSummary, metric: Metric, numeraire: string) {
  const figures = summary.metrics.find((each) => each.metric === metric);
  const { value, expectedShortfall, mean, level } = figures ?? {};
  if (value !== undefined) {
    return { isSome: value > 0, words: `${measureName(metric, {})} ${amount(value, numeraire)}` };
  }
  const figure = expectedShortfall ?? mean;
  if (!figure) return { isSome: false, words: "" };
  const statistic = expectedShortfall ? "es" : "mean";
  const words = `${measureName(metric, { statistic, level })} ${figureOf(figure, metric, numeraire)}`;
  return { isSome: figure.value > 0, words };
}

function whenOf({ age, stale }: LastRun): string {
  return `, ${ageOf(age)}${stale ? ", before this edit" : ""}`;
}

/** Without a command it is words only. */
function lens(
  { document }: LensContext,
  span: Span,
  title: string,
  command = "",
  ...more: readonly (string | undefined)[]
): CodeLens {
  const { start } = rangeOf(span, document);
  const args = command === "" ? undefined : [document.uri, ...more.filter((each) => each !== undefined)];
  return { range: { start, end: start }, command: { title, command, arguments: args } };
}

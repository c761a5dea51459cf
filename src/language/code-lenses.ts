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
import { measureName, metricName } from "../insight/wording";
import { ageOf } from "./age";
import { boundOf, figureOf, measuredOf, verdictWord } from "./figures";
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
  const own = [...scenarios.entries.values()].filter(({ value }) => !value.origin?.base);
  return own.flatMap(({ key, keySpan }) => {
    const { lastRun } = told;
    const summary = lastRun?.assessment?.scenarios.find(({ name }) => name === key);
    const result = lastRun && summary && dated(lossOf(summary, lastRun), lastRun);
    const shocked = Object.entries(source.draft?.scenarios?.[key]?.shock ?? {});
    const falling = shocked.find(([, move]) => typeof move === "number" && move < 0)?.[0];
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
  if (limits?.kind !== "list" || limits.origin?.base || !lastRun) return [];
  return limits.items.flatMap(({ span }, index) => {
    const result = limitOf(lastRun, source, index);
    return result ? [lens(context, span, verdictOf(result, lastRun))] : [];
  });
}

const SIGNS: Readonly<Record<JudgedLimit["verdict"], string>> = { pass: "✓", fail: "✗", undecided: "?" };

function verdictOf(result: JudgedLimit, run: LastRun): string {
  const { verdict, title } = result;
  const numeraire = numeraireOf(run);
  const [measured, bound] = [measuredOf(result, numeraire), boundOf(result, numeraire)];
  const judged = l10n.t("{0}: {1} {2}, {3}", verdictWord(verdict), title, measured, bound);
  return `${SIGNS[verdict]} ${dated(judged, run)}`;
}

/** Bad debt where there is some, else what was liquidated. */
function lossOf(summary: ScenarioSummary, run: LastRun): string {
  const numeraire = numeraireOf(run);
  const [debt, liquidated] = (["bad-debt", "liquidated-value"] as const).map((metric) =>
    measure(summary, metric, numeraire),
  );
  if (debt.isSome) return debt.words;
  return liquidated.isSome ? l10n.t("no bad debt, {0}", liquidated.words) : l10n.t("nothing is liquidated");
}

/** The figure of a shock; of a Monte Carlo the expected shortfall, or the mean where its tail is too thin. */
function measure(summary: ScenarioSummary, metric: Metric, numeraire: string) {
  const figures = summary.metrics.find((each) => each.metric === metric);
  const { value, expectedShortfall, mean, level } = figures ?? {};
  if (value !== undefined) {
    return { isSome: value > 0, words: l10n.t("{0} {1}", metricName(metric), amount(value, numeraire)) };
  }
  const figure = expectedShortfall ?? mean;
  if (!figure) return { isSome: false, words: "" };
  const statistic = expectedShortfall ? "es" : "mean";
  const name = measureName(metric, { statistic, level });
  const words = l10n.t("{0} {1}", name, figureOf(figure, metric, numeraire));
  return { isSome: figure.value > 0, words };
}

function dated(result: string, { age, stale }: LastRun): string {
  return stale
    ? l10n.t("{0}, {1}, before this edit", result, ageOf(age))
    : l10n.t("{0}, {1}", result, ageOf(age));
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

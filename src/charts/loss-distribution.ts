import * as l10n from "@vscode/l10n";
import { type Area, bottomAxis, bottomHeight, emptyText, labelWidth, leftAxis, verticalTicks } from "./axes";
import { caption } from "./caption";
import { type Chart, type Frame, picture, usableWidth } from "./chart";
import {
  amount,
  count,
  estimate,
  exactAmount,
  type Interval,
  percent,
  tickAmounts,
  tickMagnitudes,
} from "./format";
import { gaps } from "./gaps";
import { dashes, type LegendItem, legend } from "./legend";
import { domainOf, drawable, linearScale, logScale, type Scale } from "./scales";
import { element, escaped, text } from "./svg";
import type { Table } from "./table";

export interface Distribution {
  readonly scenario: string;
  readonly metric: "bad-debt" | "liquidated-value";
  readonly paths: number;
  readonly totalPaths: number;
  readonly probabilityOfLoss: number;
  /** Bounds of the bins of losses above zero: one entry more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly zeros: number;
  /** Of value at risk and expected shortfall, 0.95 for 95%. */
  readonly level: number;
  readonly valueAtRisk?: Interval;
  readonly expectedShortfall?: Interval;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly paths: number;
}

const plotHeight = 170;
const emptyHeight = 56;

/** The histogram of the losses above zero, with value at risk and expected shortfall marked. */
export function drawLossDistribution(distribution: Distribution, frame: Frame): Chart {
  const width = usableWidth(frame);
  const key = legend(legendOf(distribution, frame), width);
  const bins = binsOf(distribution);
  const at = { width, top: key.height };
  const { svg, height } =
    bins.length === 0 ? nothing(distribution, at) : histogram(distribution, bins, frame, at);
  const said = distributionCaption(distribution, frame.numeraire);
  const root = {
    id: "loss-distribution",
    title: l10n.t("Distribution of {0}, scenario {1}", nameOf(distribution), distribution.scenario),
    description: said,
    width,
    height,
  };
  return { svg: picture(root, key.svg, svg), caption: said, table: distributionTable(distribution, frame) };
}

function nameOf({ metric }: Distribution): string {
  return metric === "bad-debt" ? l10n.t("bad debt") : l10n.t("liquidated value");
}

function legendOf(distribution: Distribution, { numeraire }: Frame): readonly LegendItem[] {
  const { level, valueAtRisk, expectedShortfall } = distribution;
  const label = (name: string, { value }: Interval) =>
    l10n.t("{0} {1}: {2}", name, percent(level), amount(value, numeraire));
  const items: LegendItem[] = [];
  if (valueAtRisk)
    items.push({ label: label(l10n.t("VaR"), valueAtRisk), swatch: "dashed", colour: "value-at-risk" });
  if (expectedShortfall)
    items.push({
      label: label(l10n.t("ES"), expectedShortfall),
      swatch: "solid",
      colour: "expected-shortfall",
    });
  return items.length === 0
    ? []
    : [...items, { label: l10n.t("95% interval"), swatch: "band", colour: "neutral" }];
}

interface Corner {
  readonly width: number;
  readonly top: number;
}

function nothing(distribution: Distribution, { width, top }: Corner) {
  const content =
    distribution.paths === 0 ? l10n.t("No path yet") : l10n.t("No path has {0}", nameOf(distribution));
  const area = { left: 0, right: width, top, bottom: top + emptyHeight };
  const base = { class: "axis", x1: 0, x2: width, y1: area.bottom, y2: area.bottom, stroke: "currentColor" };
  return { svg: emptyText(content, area) + element("line", base), height: area.bottom + 2 };
}

function histogram(distribution: Distribution, bins: readonly Bin[], { numeraire }: Frame, at: Corner) {
  const largest = Math.max(...bins.map(({ paths }) => paths), 0);
  const y = linearScale(domainOf([largest], 0), [0, 1]);
  const ticks = verticalTicks(y, plotHeight).filter(Number.isInteger);
  const labels = ticks.map(count);
  const top = at.top + 54;
  const area = {
    left: Math.max(labelWidth(labels), 34),
    right: at.width - 26,
    top,
    bottom: top + plotHeight,
  };
  y.range([area.bottom, area.top]);
  const { x, tickText, isLog } = lossAxis(distribution, bins, area);
  const svg = [
    text(l10n.t("Paths"), { class: "plot-title", x: 0, y: at.top + 18, "font-weight": 600 }),
    leftAxis(area, y, ticks, labels),
    ...bins.map((bin) => bar(bin, x, y, numeraire)),
    ...riskMarks(distribution, x, area),
    bottomAxis(area, x, tickText, axisTitle(distribution, numeraire, isLog)),
  ].join("");
  return { svg, height: area.bottom + bottomHeight };
}

/** Linear bins have at most tens of edges: a larger ratio means bins that grow by a factor. */
const linearRatio = 50;
/** In the numeraire: below it a loss is dust, and a logarithmic axis would show nothing else. */
const dust = 1e-6;

function lossAxis(distribution: Distribution, bins: readonly Bin[], { left, right }: Area) {
  const first = bins[0].from;
  const [lowest, highest] = domainOf(reach(distribution, bins), 0);
  const grows = first > dust && bins[bins.length - 1].to > linearRatio * first;
  return grows
    ? { x: logScale([first, highest], [left, right]), tickText: tickMagnitudes, isLog: true }
    : { x: linearScale([lowest, highest], [left, right]), tickText: tickAmounts, isLog: false };
}

function axisTitle({ metric }: Distribution, numeraire: string, isLog: boolean): string {
  if (metric === "bad-debt")
    return isLog ? l10n.t("Bad debt, {0} (log)", numeraire) : l10n.t("Bad debt, {0}", numeraire);
  return isLog
    ? l10n.t("Liquidated value, {0} (log)", numeraire)
    : l10n.t("Liquidated value, {0}", numeraire);
}

function binsOf({ edges, counts }: Distribution): readonly Bin[] {
  return counts
    .map((paths, index) => ({ from: edges[index], to: edges[index + 1], paths }))
    .filter(({ from, to, paths }) => drawable(from) && drawable(to) && drawable(paths) && paths > 0);
}

function reach({ valueAtRisk, expectedShortfall }: Distribution, bins: readonly Bin[]): readonly number[] {
  const marks = [valueAtRisk, expectedShortfall].flatMap((each) => (each ? [each.value, each.upper] : []));
  return [...bins.flatMap(({ from, to }) => [from, to]), ...marks];
}

/** Pixels: a bin with one path of thousands, or one value, is still seen. */
const slightest = 2;

function bar({ from, to, paths }: Bin, x: Scale, y: Scale, numeraire: string): string {
  const width = Math.max(slightest, x(to) - x(from) - 1);
  const height = Math.max(slightest, y(0) - y(paths));
  const box = { x: x(from), y: y(0) - height, width, height };
  const title = barText(amount(from, numeraire), amount(to, numeraire), paths);
  return element(
    "rect",
    { class: "bar loss", ...box, "fill-opacity": 0.6 },
    element("title", {}, escaped(title)),
  );
}

function barText(from: string, to: string, paths: number): string {
  return paths === 1
    ? l10n.t("{0} to {1}: 1 path", from, to)
    : l10n.t("{0} to {1}: {2} paths", from, to, count(paths));
}

/** VaR is named left of its line and ES right of it: it is never the smaller one, so that they do not collide. */
function riskMarks(
  { valueAtRisk, expectedShortfall }: Distribution,
  x: Scale,
  area: Area,
): readonly string[] {
  const marks: string[] = [];
  if (valueAtRisk) marks.push(riskMark("VaR", valueAtRisk, x, area));
  if (expectedShortfall) marks.push(riskMark("ES", expectedShortfall, x, area));
  return marks;
}

function riskMark(name: "VaR" | "ES", { value, lower, upper }: Interval, x: Scale, area: Area): string {
  // A logarithmic axis has no zero: the legend alone names a figure below its start.
  if (!drawable(value) || value < x.domain()[0]) return "";
  const colour = name === "VaR" ? "value-at-risk" : "expected-shortfall";
  const at = x(value);
  const stroke = {
    class: `line ${colour}`,
    x1: at,
    x2: at,
    y1: area.top - 10,
    y2: area.bottom,
    stroke: "currentColor",
    "stroke-width": 2,
    "stroke-dasharray": name === "VaR" ? dashes : undefined,
  };
  const anchor = name === "VaR" ? "end" : "start";
  const label = { x: at + (name === "VaR" ? -2 : 2), y: area.top - 14, "text-anchor": anchor };
  return [
    drawable(lower) && drawable(upper)
      ? intervalBand(colour, clamped(lower, x), clamped(upper, x), area)
      : "",
    element("line", stroke),
    text(name === "VaR" ? l10n.t("VaR") : l10n.t("ES"), label),
  ].join("");
}

function clamped(value: number, x: Scale): number {
  const [first, last] = x.domain();
  return x(Math.min(Math.max(value, first), last));
}

function intervalBand(colour: string, from: number, to: number, area: Area): string {
  const box = { x: from, y: area.top, width: Math.max(0, to - from), height: area.bottom - area.top };
  return element("rect", { class: `band ${colour}`, ...box, "fill-opacity": 0.18 });
}

function distributionCaption(distribution: Distribution, numeraire: string): string {
  const { paths, totalPaths, scenario } = distribution;
  if (paths === 0) return l10n.t("Scenario {0}: no path has been simulated yet.", scenario);
  const sample =
    paths < totalPaths
      ? l10n.t("{0} of {1} paths so far", count(paths), count(totalPaths))
      : pathsText(paths);
  return caption(
    atomOf(distribution, sample),
    ...risksOf(distribution, numeraire),
    gaps([distribution.edges, distribution.counts]),
  );
}

function pathsText(paths: number): string {
  return paths === 1 ? l10n.t("1 path") : l10n.t("{0} paths", count(paths));
}

/** The paths without a loss, which the histogram does not show. */
function atomOf(distribution: Distribution, sample: string): string {
  const { scenario, paths, zeros, probabilityOfLoss } = distribution;
  const loss = nameOf(distribution);
  if (zeros === paths) return l10n.t("Scenario {0}, {1}: none has {2}.", scenario, sample, loss);
  if (zeros === 0) return l10n.t("Scenario {0}, {1}: all have {2}.", scenario, sample, loss);
  const [without, some] = [count(zeros), percent(probabilityOfLoss)];
  return l10n.t("Scenario {0}, {1}: {2} have no {3}, {4} have some.", scenario, sample, without, loss, some);
}

function risksOf({ level, valueAtRisk, expectedShortfall }: Distribution, numeraire: string) {
  const write = (figure: Interval) => estimate(figure, numeraire);
  return [
    expectedShortfall && l10n.t("Expected shortfall {0}: {1}.", percent(level), write(expectedShortfall)),
    valueAtRisk && l10n.t("Value at risk {0}: {1}.", percent(level), write(valueAtRisk)),
  ];
}

function distributionTable(distribution: Distribution, { numeraire }: Frame): Table {
  const { edges, counts, zeros, paths } = distribution;
  const write = (value: number) => exactAmount(value, numeraire);
  const row = (from: string, to: string, of: number) => [
    from,
    to,
    count(of),
    percent(of / Math.max(paths, 1)),
  ];
  return {
    headers: [
      distribution.metric === "bad-debt" ? l10n.t("Bad debt from") : l10n.t("Liquidated value from"),
      l10n.t("to"),
      l10n.t("Paths"),
      l10n.t("Share"),
    ],
    rows: [
      row(write(0), write(0), zeros),
      ...counts.map((of, index) => row(write(edges[index]), write(edges[index + 1]), of)),
    ],
  };
}

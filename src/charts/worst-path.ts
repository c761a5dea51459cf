import * as l10n from "@vscode/l10n";
import { caption } from "./caption";
import { type Chart, type Frame, picture, usableWidth } from "./chart";
import { amount, count, duration, exactAmount, percent, tickAmounts, tickPercents, timeUnit } from "./format";
import { gaps } from "./gaps";
import { type LegendItem, legend } from "./legend";
import { drawable } from "./scales";
import { type LinePlot, stackedLines } from "./stacked-lines";
import { leftOut, shownRows, type Table } from "./table";

/** Prices relative to the start. */
export interface PricePath {
  readonly asset: string;
  readonly market: readonly number[];
  readonly oracle?: readonly number[];
}

export interface WorstPath {
  readonly scenario: string;
  readonly path: number;
  readonly seed?: number;
  readonly hours: readonly number[];
  readonly prices: readonly PricePath[];
  /** In the numeraire, so far. */
  readonly liquidatedValue: readonly number[];
  readonly badDebt: readonly number[];
}

/** Prices, liquidated value and bad debt through one path, on one time axis. */
export function drawWorstPath(path: WorstPath, frame: Frame): Chart {
  const width = usableWidth(frame);
  const key = legend(legendOf(path), width);
  const unit = timeUnit(Math.max(...path.hours.filter(drawable), 0));
  const { svg, height } = stackedLines({
    width,
    top: key.height,
    positions: path.hours.map((hour) => hour / unit.hours),
    xTitle: l10n.t("Time, {0}", unit.name),
    xTickText: tickAmounts,
    plots: [pricePlot(path), liquidatedPlot(path, frame), debtPlot(path, frame)],
    tooltip: (index) => tooltip(path, index, frame),
  });
  const said = worstPathCaption(path, frame);
  const root = {
    id: "worst-path",
    title: l10n.t("Worst path, scenario {0}", path.scenario),
    description: said,
    width,
    height: key.height + height,
  };
  return { svg: picture(root, key.svg, svg), caption: said, table: worstPathTable(path, frame) };
}

function legendOf({ prices }: WorstPath): readonly LegendItem[] {
  const assets = prices.map(({ asset }, index) => item(asset, "solid", colourOf(index)));
  const oracles = prices.some(({ oracle }) => oracle !== undefined);
  return oracles ? [...assets, item(l10n.t("oracle price"), "dashed", "neutral")] : assets;
}

function item(label: string, swatch: "solid" | "dashed", colour: string): LegendItem {
  return { label, swatch, colour };
}

function colourOf(index: number): string {
  return `asset-${(index % 4) + 1}`;
}

function pricePlot({ prices }: WorstPath): LinePlot {
  return {
    title: l10n.t("Price, % of the start"),
    height: 140,
    tickText: tickPercents,
    origin: 1,
    empty: prices.length === 0 ? l10n.t("No price moves on this path") : undefined,
    lines: prices.flatMap(({ market, oracle }, index) => [
      { colour: colourOf(index), values: market },
      ...(oracle ? [{ colour: colourOf(index), values: oracle, dashed: true, step: true }] : []),
    ]),
  };
}

function liquidatedPlot({ liquidatedValue }: WorstPath, { numeraire }: Frame): LinePlot {
  const title = l10n.t("Liquidated value so far, {0}", numeraire);
  return lossPlot(title, liquidatedValue, "liquidated", l10n.t("No liquidated value"));
}

function debtPlot({ badDebt }: WorstPath, { numeraire }: Frame): LinePlot {
  return lossPlot(l10n.t("Bad debt so far, {0}", numeraire), badDebt, "bad-debt", l10n.t("No bad debt"));
}

function lossPlot(title: string, values: readonly number[], colour: string, nothing: string): LinePlot {
  return {
    title,
    height: 84,
    tickText: tickAmounts,
    origin: 0,
    empty: values.some((value) => drawable(value) && value !== 0) ? undefined : nothing,
    lines: [{ colour, values, step: true }],
  };
}

function worstPathCaption(path: WorstPath, { numeraire }: Frame): string {
  const where =
    path.seed === undefined
      ? l10n.t("Scenario {0}", path.scenario)
      : l10n.t("Scenario {0}, path {1} of seed {2}", path.scenario, count(path.path), path.seed);
  if (path.hours.length === 0) return l10n.t("{0}: no step has been simulated yet.", where);
  const [move, loss] = [moveOf(path), lossOf(path, numeraire)];
  return caption(
    move ? l10n.t("{0}: {1}; {2}.", where, move, loss) : l10n.t("{0}: {1}.", where, loss),
    gaps([path.hours, path.liquidatedValue, path.badDebt, ...path.prices.flatMap(linesOf)]),
  );
}

function linesOf({ market, oracle }: PricePath): readonly (readonly number[])[] {
  return oracle ? [market, oracle] : [market];
}

/** How far the asset that moved most went, and when. */
function moveOf({ prices, hours }: WorstPath): string | undefined {
  if (prices.length === 0) return undefined;
  const { asset, market } = prices[0];
  const extreme = market.reduce(
    (best, price, index) => (moved(price) > moved(market[best]) ? index : best),
    0,
  );
  if (moved(market[extreme]) <= 0) return l10n.t("{0} does not move", asset);
  const [reached, after] = [percent(market[extreme]), duration(hours[extreme])];
  return market[extreme] < 1
    ? l10n.t("{0} falls to {1} of its start after {2}", asset, reached, after)
    : l10n.t("{0} rises to {1} of its start after {2}", asset, reached, after);
}

function moved(price: number): number {
  return drawable(price) ? Math.abs(price - 1) : -1;
}

function lossOf({ liquidatedValue, badDebt }: WorstPath, numeraire: string): string {
  const [liquidated, debt] = [liquidatedValue, badDebt].map((values) => values[values.length - 1]);
  if (!(liquidated > 0) && !(debt > 0)) return l10n.t("nothing is liquidated");
  const [sold, left] = [liquidated, debt].map((value) => amount(value, numeraire));
  return debt > 0
    ? l10n.t("{0} is liquidated and {1} is left as bad debt", sold, left)
    : l10n.t("{0} is liquidated and no bad debt is left", sold);
}

function tooltip(
  { hours, prices, liquidatedValue, badDebt }: WorstPath,
  index: number,
  { numeraire }: Frame,
) {
  const moves = prices.map(({ asset, market, oracle }) => {
    return oracle
      ? l10n.t("{0}: {1}, oracle {2}", asset, percent(market[index]), percent(oracle[index]))
      : `${asset}: ${percent(market[index])}`;
  });
  return [
    l10n.t("After {0}", duration(hours[index])),
    ...moves,
    l10n.t("Liquidated: {0}", amount(liquidatedValue[index], numeraire)),
    l10n.t("Bad debt: {0}", amount(badDebt[index], numeraire)),
  ].join("\n");
}

function worstPathTable({ hours, prices, liquidatedValue, badDebt }: WorstPath, frame: Frame): Table {
  const write = (value: number) => exactAmount(value, frame.numeraire);
  const priceHeaders = prices.flatMap(({ asset, oracle }) =>
    oracle ? [asset, l10n.t("{0} oracle", asset)] : [asset],
  );
  const unit = timeUnit(Math.max(...hours.filter(drawable), 0));
  return {
    headers: [l10n.t("Time, {0}", unit.name), ...priceHeaders, l10n.t("Liquidated"), l10n.t("Bad debt")],
    rows: shownRows(hours.length).map((row) => [
      String(Number((hours[row] / unit.hours).toPrecision(4))),
      ...prices.flatMap(linesOf).map((line) => percent(line[row])),
      write(liquidatedValue[row]),
      write(badDebt[row]),
    ]),
    note: leftOut(hours.length),
  };
}

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
    xTitle: `Time, ${unit.name}`,
    xTickText: tickAmounts,
    plots: [
      pricePlot(path),
      lossPlot("Liquidated value", path.liquidatedValue, "liquidated", frame),
      lossPlot("Bad debt", path.badDebt, "bad-debt", frame),
    ],
    tooltip: (index) => tooltip(path, index, frame),
  });
  const caption = worstPathCaption(path, frame);
  const root = {
    id: "worst-path",
    title: `Worst path, scenario ${path.scenario}`,
    description: caption,
    width,
    height: key.height + height,
  };
  return { svg: picture(root, key.svg, svg), caption, table: worstPathTable(path, frame) };
}

function legendOf({ prices }: WorstPath): readonly LegendItem[] {
  const assets = prices.map(({ asset }, index) => item(asset, "solid", colourOf(index)));
  const oracles = prices.some(({ oracle }) => oracle !== undefined);
  return oracles ? [...assets, item("oracle price", "dashed", "neutral")] : assets;
}

function item(label: string, swatch: "solid" | "dashed", colour: string): LegendItem {
  return { label, swatch, colour };
}

function colourOf(index: number): string {
  return `asset-${(index % 4) + 1}`;
}

function pricePlot({ prices }: WorstPath): LinePlot {
  return {
    title: "Price, % of the start",
    height: 140,
    tickText: tickPercents,
    origin: 1,
    empty: prices.length === 0 ? "No price moves on this path" : undefined,
    lines: prices.flatMap(({ market, oracle }, index) => [
      { colour: colourOf(index), values: market },
      ...(oracle ? [{ colour: colourOf(index), values: oracle, dashed: true, step: true }] : []),
    ]),
  };
}

function lossPlot(title: string, values: readonly number[], colour: string, { numeraire }: Frame): LinePlot {
  return {
    title: `${title} so far, ${numeraire}`,
    height: 84,
    tickText: tickAmounts,
    origin: 0,
    empty: values.some((value) => drawable(value) && value !== 0) ? undefined : `No ${title.toLowerCase()}`,
    lines: [{ colour, values, step: true }],
  };
}

function worstPathCaption(path: WorstPath, { numeraire }: Frame): string {
  const drawn = path.seed === undefined ? "" : `, path ${count(path.path)} of seed ${path.seed}`;
  const where = `Scenario ${path.scenario}${drawn}: `;
  if (path.hours.length === 0) return `${where}no step has been simulated yet.`;
  const unseen = gaps([path.hours, path.liquidatedValue, path.badDebt, ...path.prices.flatMap(linesOf)]);
  return `${where}${moveOf(path)}${lossOf(path, numeraire)}${unseen}`;
}

function linesOf({ market, oracle }: PricePath): readonly (readonly number[])[] {
  return oracle ? [market, oracle] : [market];
}

/** How far the asset that moved most went, and when. */
function moveOf({ prices, hours }: WorstPath): string {
  if (prices.length === 0) return "";
  const { asset, market } = prices[0];
  const extreme = market.reduce(
    (best, price, index) => (moved(price) > moved(market[best]) ? index : best),
    0,
  );
  if (moved(market[extreme]) <= 0) return `${asset} does not move; `;
  const verb = market[extreme] < 1 ? "falls" : "rises";
  return `${asset} ${verb} to ${percent(market[extreme])} of its start after ${duration(hours[extreme])}; `;
}

function moved(price: number): number {
  return drawable(price) ? Math.abs(price - 1) : -1;
}

function lossOf({ liquidatedValue, badDebt }: WorstPath, numeraire: string): string {
  const [liquidated, debt] = [liquidatedValue, badDebt].map((values) => values[values.length - 1]);
  if (!(liquidated > 0) && !(debt > 0)) return "nothing is liquidated.";
  const left = debt > 0 ? `${amount(debt, numeraire)} is left as bad debt` : "no bad debt is left";
  return `${amount(liquidated, numeraire)} is liquidated and ${left}.`;
}

function tooltip(
  { hours, prices, liquidatedValue, badDebt }: WorstPath,
  index: number,
  { numeraire }: Frame,
) {
  const moves = prices.map(({ asset, market, oracle }) => {
    const seen = oracle ? `, oracle ${percent(oracle[index])}` : "";
    return `${asset}: ${percent(market[index])}${seen}`;
  });
  return [
    `After ${duration(hours[index])}`,
    ...moves,
    `Liquidated: ${amount(liquidatedValue[index], numeraire)}`,
    `Bad debt: ${amount(badDebt[index], numeraire)}`,
  ].join("\n");
}

function worstPathTable({ hours, prices, liquidatedValue, badDebt }: WorstPath, frame: Frame): Table {
  const write = (value: number) => exactAmount(value, frame.numeraire);
  const priceHeaders = prices.flatMap(({ asset, oracle }) => (oracle ? [asset, `${asset} oracle`] : [asset]));
  const unit = timeUnit(Math.max(...hours.filter(drawable), 0));
  return {
    headers: [`Time, ${unit.name}`, ...priceHeaders, "Liquidated", "Bad debt"],
    rows: shownRows(hours.length).map((row) => [
      String(Number((hours[row] / unit.hours).toPrecision(4))),
      ...prices.flatMap(linesOf).map((line) => percent(line[row])),
      write(liquidatedValue[row]),
      write(badDebt[row]),
    ]),
    note: leftOut(hours.length),
  };
}

import { type Chart, type Frame, picture, usableWidth } from "./chart";
import { amount, exactAmount, percent, tickAmounts, tickPercents } from "./format";
import { gaps } from "./gaps";
import { legend } from "./legend";
import { drawable } from "./scales";
import { type LinePlot, stackedLines } from "./stacked-lines";
import type { Table } from "./table";

/** Losses in the numeraire, one a fall. */
export interface Losses {
  readonly liquidatedValue: readonly number[];
  readonly badDebt: readonly number[];
}

export interface FallCurve {
  readonly asset: string;
  /** Fractions of today's price. */
  readonly falls: readonly number[];
  readonly withFeedback: Losses;
  readonly withoutFeedback: Losses;
}

const feedback = [
  { label: "with feedback", swatch: "solid", colour: "with-feedback" },
  { label: "without feedback", swatch: "dashed", colour: "without-feedback" },
] as const;

/** Liquidated value and bad debt against the fall of one asset's price, with and without feedback. */
export function drawFallCurve(curve: FallCurve, frame: Frame): Chart {
  const width = usableWidth(frame);
  const key = legend(feedback, width);
  const { svg, height } = stackedLines({
    width,
    top: key.height,
    positions: curve.falls,
    xTitle: `Fall of the ${curve.asset} price`,
    xTickText: tickPercents,
    plots: [
      lossPlot("Liquidated value", "liquidatedValue", curve, frame),
      lossPlot("Bad debt", "badDebt", curve, frame),
    ],
    tooltip: (index) => tooltip(curve, index, frame),
  });
  const caption = fallCurveCaption(curve, frame);
  const root = {
    id: "fall-curve",
    title: `Losses against a fall of ${curve.asset}`,
    description: caption,
    width,
    height: key.height + height,
  };
  return { svg: picture(root, key.svg, svg), caption, table: fallCurveTable(curve, frame) };
}

function lossPlot(title: string, loss: keyof Losses, curve: FallCurve, { numeraire }: Frame): LinePlot {
  const [solid, dashed] = [curve.withFeedback[loss], curve.withoutFeedback[loss]];
  const flat = ![...solid, ...dashed].some((value) => drawable(value) && value !== 0);
  return {
    title: `${title}, ${numeraire}`,
    height: 110,
    tickText: tickAmounts,
    origin: 0,
    empty: flat ? `No ${title.toLowerCase()} at these falls` : undefined,
    lines: [
      { colour: loss === "badDebt" ? "bad-debt" : "liquidated", values: solid },
      { colour: "without-feedback", values: dashed, dashed: true },
    ],
  };
}

function fallCurveCaption(curve: FallCurve, { numeraire }: Frame): string {
  const last = curve.falls.length - 1;
  if (last < 0) return `No fall of ${curve.asset} has been simulated yet.`;
  const { liquidatedValue, badDebt } = curve.withFeedback;
  const start = onset(curve.falls, liquidatedValue);
  const range = `a fall of ${percent(curve.falls[last])}`;
  if (start === undefined)
    return `${curve.asset}: nothing is liquidated up to ${range}.${gaps(series(curve))}`;
  const debt = onset(curve.falls, badDebt);
  const losses =
    debt === undefined
      ? `no bad debt up to ${range}.`
      : `bad debt from ${percent(debt)}. At ${range}: ${amount(badDebt[last], numeraire)} of bad debt, ${amount(curve.withoutFeedback.badDebt[last], numeraire)} without feedback.`;
  return `${curve.asset}: liquidations from a fall of ${percent(start)}, ${losses}${gaps(series(curve))}`;
}

function onset(falls: readonly number[], losses: readonly number[]): number | undefined {
  return falls[losses.findIndex((loss) => drawable(loss) && loss > 0)];
}

function series({ falls, withFeedback, withoutFeedback }: FallCurve): readonly (readonly number[])[] {
  return [falls, ...[withFeedback, withoutFeedback].flatMap((each) => [each.liquidatedValue, each.badDebt])];
}

function tooltip({ falls, withFeedback, withoutFeedback }: FallCurve, index: number, { numeraire }: Frame) {
  const pair = (loss: keyof Losses) =>
    `${amount(withFeedback[loss][index], numeraire)}, without feedback ${amount(withoutFeedback[loss][index], numeraire)}`;
  return `Fall of ${percent(falls[index])}\nLiquidated: ${pair("liquidatedValue")}\nBad debt: ${pair("badDebt")}`;
}

function fallCurveTable({ falls, withFeedback, withoutFeedback }: FallCurve, { numeraire }: Frame): Table {
  const write = (value: number) => exactAmount(value, numeraire);
  return {
    headers: ["Fall", "Liquidated", "Liquidated, no feedback", "Bad debt", "Bad debt, no feedback"],
    rows: falls.map((fall, index) => [
      percent(fall),
      write(withFeedback.liquidatedValue[index]),
      write(withoutFeedback.liquidatedValue[index]),
      write(withFeedback.badDebt[index]),
      write(withoutFeedback.badDebt[index]),
    ]),
  };
}

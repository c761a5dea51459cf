import * as l10n from "@vscode/l10n";
import { caption } from "./caption";
import { type Chart, type Frame, picture, usableWidth } from "./chart";
import { amount, exactAmount, percent, tickAmounts, tickPercents } from "./format";
import { gaps } from "./gaps";
import { type LegendItem, legend } from "./legend";
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

function feedback(): readonly LegendItem[] {
  return [
    { label: l10n.t("with feedback"), swatch: "solid", colour: "with-feedback" },
    { label: l10n.t("without feedback"), swatch: "dashed", colour: "without-feedback" },
  ];
}

/** Liquidated value and bad debt against the fall of one asset's price, with and without feedback. */
export function drawFallCurve(curve: FallCurve, frame: Frame): Chart {
  const width = usableWidth(frame);
  const key = legend(feedback(), width);
  const { svg, height } = stackedLines({
    width,
    top: key.height,
    positions: curve.falls,
    xTitle: l10n.t("Fall of the {0} price", curve.asset),
    xTickText: tickPercents,
    plots: [lossPlot("liquidatedValue", curve, frame), lossPlot("badDebt", curve, frame)],
    tooltip: (index) => tooltip(curve, index, frame),
  });
  const said = fallCurveCaption(curve, frame);
  const root = {
    id: "fall-curve",
    title: l10n.t("Losses against a fall of {0}", curve.asset),
    description: said,
    width,
    height: key.height + height,
  };
  return { svg: picture(root, key.svg, svg), caption: said, table: fallCurveTable(curve, frame) };
}

function lossPlot(loss: keyof Losses, curve: FallCurve, { numeraire }: Frame): LinePlot {
  const isDebt = loss === "badDebt";
  const [solid, dashed] = [curve.withFeedback[loss], curve.withoutFeedback[loss]];
  const flat = ![...solid, ...dashed].some((value) => drawable(value) && value !== 0);
  return {
    title: isDebt ? l10n.t("Bad debt, {0}", numeraire) : l10n.t("Liquidated value, {0}", numeraire),
    height: 110,
    tickText: tickAmounts,
    origin: 0,
    empty: flat ? nothingText(loss) : undefined,
    lines: [
      { colour: isDebt ? "bad-debt" : "liquidated", values: solid },
      { colour: "without-feedback", values: dashed, dashed: true },
    ],
  };
}

function nothingText(loss: keyof Losses): string {
  return loss === "badDebt"
    ? l10n.t("No bad debt at these falls")
    : l10n.t("No liquidated value at these falls");
}

function fallCurveCaption(curve: FallCurve, { numeraire }: Frame): string {
  const last = curve.falls.length - 1;
  const { asset, falls, withFeedback, withoutFeedback } = curve;
  if (last < 0) return l10n.t("No fall of {0} has been simulated yet.", asset);
  const deepest = percent(falls[last]);
  const debt = onset(falls, withFeedback.badDebt);
  const [fed, unfed] = [withFeedback, withoutFeedback].map(({ badDebt }) => amount(badDebt[last], numeraire));
  return caption(
    onsetText(curve, debt, deepest),
    debt === undefined
      ? undefined
      : l10n.t("At a fall of {0}: {1} of bad debt, {2} without feedback.", deepest, fed, unfed),
    gaps(series(curve)),
  );
}

function onsetText(
  { asset, falls, withFeedback }: FallCurve,
  debt: number | undefined,
  deepest: string,
): string {
  const start = onset(falls, withFeedback.liquidatedValue);
  if (start === undefined) return l10n.t("{0}: nothing is liquidated up to a fall of {1}.", asset, deepest);
  return debt === undefined
    ? l10n.t(
        "{0}: liquidations from a fall of {1}, no bad debt up to a fall of {2}.",
        asset,
        percent(start),
        deepest,
      )
    : l10n.t(
        "{0}: liquidations from a fall of {1}, bad debt from {2}.",
        asset,
        percent(start),
        percent(debt),
      );
}

function onset(falls: readonly number[], losses: readonly number[]): number | undefined {
  return falls[losses.findIndex((loss) => drawable(loss) && loss > 0)];
}

function series({ falls, withFeedback, withoutFeedback }: FallCurve): readonly (readonly number[])[] {
  return [falls, ...[withFeedback, withoutFeedback].flatMap((each) => [each.liquidatedValue, each.badDebt])];
}

function tooltip({ falls, withFeedback, withoutFeedback }: FallCurve, index: number, { numeraire }: Frame) {
  const pair = (loss: keyof Losses) =>
    [withFeedback, withoutFeedback].map((each) => amount(each[loss][index], numeraire));
  return [
    l10n.t("Fall of {0}", percent(falls[index])),
    l10n.t("Liquidated: {0}, without feedback {1}", ...pair("liquidatedValue")),
    l10n.t("Bad debt: {0}, without feedback {1}", ...pair("badDebt")),
  ].join("\n");
}

function fallCurveTable({ falls, withFeedback, withoutFeedback }: FallCurve, { numeraire }: Frame): Table {
  const write = (value: number) => exactAmount(value, numeraire);
  return {
    headers: [
      l10n.t("Fall"),
      l10n.t("Liquidated"),
      l10n.t("Liquidated, no feedback"),
      l10n.t("Bad debt"),
      l10n.t("Bad debt, no feedback"),
    ],
    rows: falls.map((fall, index) => [
      percent(fall),
      write(withFeedback.liquidatedValue[index]),
      write(withoutFeedback.liquidatedValue[index]),
      write(withFeedback.badDebt[index]),
      write(withoutFeedback.badDebt[index]),
    ]),
  };
}

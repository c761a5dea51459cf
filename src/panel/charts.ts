import type { Chart, Frame } from "../charts/chart";
import { drawFallCurve } from "../charts/fall-curve";
import { drawLossDistribution } from "../charts/loss-distribution";
import { drawWorstPath } from "../charts/worst-path";
import type { Picture } from "../protocol/messages";
import { createAssetChooser } from "./asset-chooser";
import { make } from "./dom";
import { createFigure } from "./figure";

export interface Charts {
  readonly element: HTMLElement;
  /** @param wanted the asset that was asked for, of which results may not be there yet */
  show(picture: Picture, wanted: string | undefined, width: number): void;
}

/** The three figures of a file. */
export function createCharts(onAsset: (asset: string) => void): Charts {
  const chooser = createAssetChooser(onAsset);
  const fall = createFigure("fall-curve", "Losses against a price fall", chooser.element);
  const worst = createFigure("worst-path", "Worst path");
  const losses = createFigure("loss-distribution", "Distribution of losses");
  const element = make("div", { class: "charts" }, fall.element, worst.element, losses.element);
  const show = (picture: Picture, wanted: string | undefined, width: number) => {
    const frame = { width, numeraire: picture.numeraire };
    const { fallCurve, worstPath, distribution } = picture;
    const awaited = fallCurve && wanted !== undefined && wanted !== fallCurve.asset ? wanted : undefined;
    chooser.show(fallCurve?.assets ?? [], awaited ?? fallCurve?.asset ?? "");
    fall.show(drawn(drawFallCurve, fallCurve, frame), fallNote(picture, awaited));
    worst.show(drawn(drawWorstPath, worstPath, frame), worstPath ? "" : missing(picture, "scenario"));
    const absent = missing(picture, "Monte Carlo scenario");
    losses.show(
      drawn(drawLossDistribution, distribution, frame),
      distribution ? (distribution.note ?? "") : absent,
    );
  };
  return { element, show };
}

function drawn<Series>(
  draw: (series: Series, frame: Frame) => Chart,
  series: Series | undefined,
  frame: Frame,
): Chart | undefined {
  return series === undefined ? undefined : draw(series, frame);
}

function fallNote(picture: Picture, awaited: string | undefined): string {
  if (awaited !== undefined)
    return `The curve of ${awaited} is being computed; this one is of another asset.`;
  return picture.fallCurve ? "" : missing(picture, "asset whose price can fall");
}

function missing({ status }: Picture, what: string): string {
  if (status.state === "running") return "Waiting for the first results.";
  if (status.state === "done") return `Nothing to draw: the file has no ${what}.`;
  return "No results yet.";
}

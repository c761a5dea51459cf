import * as l10n from "@vscode/l10n";
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
  const fall = createFigure("fall-curve", l10n.t("Losses against a price fall"), chooser.element);
  const worst = createFigure("worst-path", l10n.t("Worst path"));
  const losses = createFigure("loss-distribution", l10n.t("Distribution of losses"));
  const element = make("div", { class: "charts" }, fall.element, worst.element, losses.element);
  const show = (picture: Picture, wanted: string | undefined, width: number) => {
    const frame = { width, numeraire: picture.numeraire };
    const { fallCurve, worstPath, distribution } = picture;
    const awaited = fallCurve && wanted !== undefined && wanted !== fallCurve.asset ? wanted : undefined;
    chooser.show(fallCurve?.assets ?? [], awaited ?? fallCurve?.asset ?? "");
    fall.show(drawn(drawFallCurve, fallCurve, frame), fallNote(picture, awaited));
    const noScenario = l10n.t("Nothing to draw: the file has no scenario.");
    worst.show(drawn(drawWorstPath, worstPath, frame), worstPath ? "" : missing(picture, noScenario));
    const absent = missing(picture, l10n.t("Nothing to draw: the file has no Monte Carlo scenario."));
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
    return l10n.t("The curve of {0} is being computed; this one is of another asset.", awaited);
  const noAsset = l10n.t("Nothing to draw: the file has no asset whose price can fall.");
  return picture.fallCurve ? "" : missing(picture, noAsset);
}

/** @param inEnd what to say when the run has ended */
function missing({ status }: Picture, inEnd: string): string {
  if (status.state === "running") return l10n.t("Waiting for the first results.");
  return status.state === "done" ? inEnd : l10n.t("No results yet.");
}

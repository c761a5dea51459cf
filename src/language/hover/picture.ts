import * as l10n from "@vscode/l10n";
import { amount, percent } from "../../charts/format";
import { dataUri, smallBars, smallInterval, smallLines } from "../../charts/small-chart";
import type { Source } from "../../dsl/parse";
import type { Path } from "../../dsl/problem";
import type { JudgedLimit } from "../../insight/limits";
import type { Liquidatable } from "../../insight/liquidatable";
import { metricName } from "../../insight/wording";
import { figureOf } from "../figures";
import { type LastRun, limitOf, numeraireOf, type Stake, type Told } from "../last-run";
import { plain } from "../markdown";

/** A drawn chart, and what it shows in words for who does not see it. */
interface Picture {
  readonly svg: string;
  readonly words: string;
}

/** The chart that belongs to a parameter: of the last run where it has one, else of what is at stake. */
export function pictureText(path: Path, source: Source, told: Told): string {
  const picture = pictureOf(path, source, told);
  return picture ? `![${plain(picture.words)}](${dataUri(picture.svg)})` : "";
}

function pictureOf(path: Path, source: Source, { lastRun, stake }: Told): Picture | undefined {
  const [section, name] = path;
  if (path.length < 2) return undefined;
  if (section === "limits") return lastRun && limitPicture(limitOf(lastRun, source, Number(name)), lastRun);
  if (section === "scenarios") return lastRun && scenarioPicture(String(name), lastRun);
  const asset = assetOf(path);
  const curve = lastRun?.assessment?.fallCurve;
  if (asset !== undefined && lastRun && curve?.asset === asset) return fallPicture(curve, lastRun);
  return stake && stakePicture(asset, path, stake);
}

type FallCurve = NonNullable<NonNullable<LastRun["assessment"]>["fallCurve"]>;

/** The asset that a parameter is about: an asset's own, or those of an entry by its name in a market. */
function assetOf([section, name, , entry]: Path): string | undefined {
  const asset = section === "assets" ? name : section === "markets" ? entry : undefined;
  return asset === undefined ? undefined : String(asset);
}

function fallPicture({ asset, falls, withFeedback }: FallCurve, run: LastRun): Picture {
  const svg = smallLines({
    title: l10n.t("Losses after a fall of {0}", asset),
    positions: falls,
    lines: [
      { label: l10n.t("liquidated"), colour: "loss", values: withFeedback.liquidatedValue },
      { label: l10n.t("bad debt"), colour: "debt", values: withFeedback.badDebt },
    ],
    ends: [l10n.t("no fall"), fallText(falls[falls.length - 1])],
    write: (value) => amount(value, numeraireOf(run)),
  });
  return { svg, words: l10n.t("Losses against a fall of {0}, with feedback, in the last run.", asset) };
}

function fallText(fall: number): string {
  return l10n.t("{0} fall", percent(fall));
}

function stakePicture(asset: string | undefined, path: Path, { exposure }: Stake): Picture | undefined {
  const isMarket = path[0] === "markets" && path.length === 2;
  const market = isMarket ? exposure.markets.find((each) => each.market === path[1]) : undefined;
  const falling = exposure.assets.find((each) => each.asset === asset);
  const liquidatable = market?.liquidatable ?? falling?.liquidatable ?? [];
  if (!liquidatable.some(({ accounts }) => accounts > 0)) return undefined;
  const what = market ? l10n.t("all free assets") : String(asset);
  const title = l10n.t("Liquidatable after a fall of {0}", what);
  return {
    svg: liquidatableChart(title, liquidatable, exposure.numeraire),
    words: l10n.t(
      "Collateral and debt of accounts that can be liquidated after a fall of {0}, before anything is sold.",
      what,
    ),
  };
}

function liquidatableChart(title: string, liquidatable: readonly Liquidatable[], numeraire: string): string {
  return smallLines({
    title,
    positions: liquidatable.map(({ fall }) => fall),
    lines: [
      {
        label: l10n.t("collateral"),
        colour: "loss",
        values: liquidatable.map(({ collateral }) => collateral),
      },
      { label: l10n.t("debt"), colour: "debt", values: liquidatable.map(({ debt }) => debt) },
    ],
    ends: [fallText(liquidatable[0].fall), fallText(liquidatable[liquidatable.length - 1].fall)],
    write: (value) => amount(value, numeraire),
  });
}

function scenarioPicture(name: string, run: LastRun): Picture | undefined {
  const { distribution, worstPath } = run.assessment ?? {};
  const write = (value: number) => amount(value, numeraireOf(run));
  if (distribution?.scenario === name && distribution.counts.length > 0) {
    const { edges, counts, metric, paths, zeros } = distribution;
    const noun = metricName(metric);
    const share = percent((paths - zeros) / paths);
    const title = l10n.t("{0} of the paths have {1}: how much", share, noun);
    const words = l10n.t("Distribution of {0} above zero, which {1} of the paths have.", noun, share);
    return { svg: smallBars({ title, edges, counts, write }), words };
  }
  if (worstPath?.scenario !== name || worstPath.hours.length < 2) return undefined;
  const { hours, liquidatedValue, badDebt } = worstPath;
  const svg = smallLines({
    title: l10n.t("Losses on the worst path"),
    positions: hours,
    lines: [
      { label: l10n.t("liquidated"), colour: "loss", values: liquidatedValue },
      { label: l10n.t("bad debt"), colour: "debt", values: badDebt },
    ],
    ends: [l10n.t("start"), `${Number(hours[hours.length - 1].toPrecision(3))} h`],
    write,
  });
  return { svg, words: l10n.t("Losses over time on the worst path of the last run.") };
}

function limitPicture(limit: JudgedLimit | undefined, run: LastRun): Picture | undefined {
  if (!limit?.estimate) return undefined;
  const { estimate, bound, metric, verdict } = limit;
  const write = (value: number) => figureOf({ value, lower: value, upper: value }, metric, numeraireOf(run));
  const svg = smallInterval({ ...estimate, bound, broken: verdict === "fail", write });
  return { svg, words: l10n.t("The measured figure with its 95% interval, against the limit.") };
}

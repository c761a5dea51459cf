import { l10n } from "vscode";
import type { LimitRow, Picture } from "../protocol/messages";
import { verdictIcons, verdictLine } from "./verdicts";

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: string;
}

/** The status bar's words for a file: what its run is doing, or its worst limit. */
export function statusOf(picture: Picture | undefined): StatusText {
  const open = (icon: string, words: string, tooltip: string) => ({
    text: `$(${icon}) Plimsoll${words && `: ${words}`}`,
    tooltip,
    command: "plimsoll.openPanel",
  });
  const status = picture?.status;
  switch (status?.state) {
    case "running": {
      const text = `$(sync~spin) Plimsoll${progress(status)}`;
      return { text, tooltip: l10n.t("Simulating. Click to cancel."), command: "plimsoll.cancel" };
    }
    case "done":
      return open(...verdict(picture!, status.seconds));
    case "invalid":
      return open("error", l10n.t("errors in the file"), status.message);
    case "failed":
      return open("error", l10n.t("simulation failed"), status.message);
    case "cancelled":
      return open("circle-slash", l10n.t("cancelled"), cancelledText());
    default:
      return open("pulse", "", status?.message ?? l10n.t("Save the file to run its scenarios."));
  }
}

export function cancelledText(): string {
  return l10n.t("The last simulation was cancelled. Save to run again.");
}

function progress({ done, total }: { done: number; total: number }): string {
  if (total === 0) return "";
  return done < total ? ` ${Math.floor((100 * done) / total)}%` : `: ${l10n.t("last charts")}`;
}

function verdict(
  { limits, stale }: Picture,
  seconds: number,
): [icon: string, words: string, tooltip: string] {
  const [icon, words] = wordsOf(limits);
  const age = stale
    ? l10n.t("The file was edited since. Save to run again.")
    : l10n.t("Simulated in {0} s.", seconds.toFixed(1));
  return [stale ? "history" : icon, words, [...limits.map(verdictLine), age].join("\n")];
}

/** The first broken limit, else the first undecided one, and how many more there are. */
function wordsOf(limits: readonly LimitRow[]): [icon: string, words: string] {
  const ofVerdict = (verdict: LimitRow["verdict"]) => limits.filter((row) => row.verdict === verdict);
  const [broken, undecided] = [ofVerdict("fail"), ofVerdict("undecided")];
  if (broken.length > 0) return [verdictIcons.fail, l10n.t("limit broken: {0}", firstOf(broken))];
  if (undecided.length > 0) return [verdictIcons.undecided, l10n.t("undecided: {0}", firstOf(undecided))];
  return [verdictIcons.pass, limits.length > 0 ? l10n.t("limits hold") : l10n.t("simulated")];
}

function firstOf([first, ...more]: readonly LimitRow[]): string {
  return more.length > 0 ? l10n.t("{0} and {1} more", first.title, more.length) : first.title;
}

import type { LimitRow, Picture } from "../protocol/messages";

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: string;
}

/** The status bar's words for a file: what its run is doing, or its worst limit. */
export function statusOf(picture: Picture | undefined): StatusText {
  const open = (text: string, tooltip: string) => ({ text, tooltip, command: "plimsoll.openPanel" });
  const status = picture?.status;
  switch (status?.state) {
    case "running": {
      const text = `$(sync~spin) Plimsoll${progress(status)}`;
      return { text, tooltip: "Simulating. Click to cancel.", command: "plimsoll.cancel" };
    }
    case "done":
      return open(...verdict(picture!, status.seconds));
    case "invalid":
      return open("$(error) Plimsoll: errors in the file", status.message);
    case "failed":
      return open("$(error) Plimsoll: simulation failed", status.message);
    case "cancelled":
      return open(
        "$(circle-slash) Plimsoll: cancelled",
        "The last simulation was cancelled. Save to run again.",
      );
    default:
      return open("$(pulse) Plimsoll", status?.message ?? "Save the file to run its scenarios.");
  }
}

function progress({ done, total }: { done: number; total: number }): string {
  if (total === 0) return "";
  return done < total ? ` ${Math.floor((100 * done) / total)}%` : ": last charts";
}

function verdict({ limits, stale }: Picture, seconds: number): [text: string, tooltip: string] {
  const [icon, words] = wordsOf(limits);
  const age = stale
    ? "The file was edited since. Save to run again."
    : `Simulated in ${seconds.toFixed(1)} s.`;
  return [`${stale ? "$(history)" : icon} Plimsoll: ${words}`, [...limits.map(line), age].join("\n")];
}

/** The first broken limit, else the first undecided one, and how many more there are. */
function wordsOf(limits: readonly LimitRow[]): [icon: string, words: string] {
  const ofVerdict = (verdict: LimitRow["verdict"]) => limits.filter((row) => row.verdict === verdict);
  const [broken, undecided] = [ofVerdict("fail"), ofVerdict("undecided")];
  if (broken.length > 0) return ["$(error)", `limit broken: ${firstOf(broken)}`];
  if (undecided.length > 0) return ["$(question)", `undecided: ${firstOf(undecided)}`];
  return ["$(pass)", limits.length > 0 ? "limits hold" : "simulated"];
}

function firstOf([first, ...more]: readonly LimitRow[]): string {
  return more.length > 0 ? `${first.title} and ${more.length} more` : first.title;
}

const verdictWords: Readonly<Record<LimitRow["verdict"], string>> = {
  pass: "Kept",
  fail: "Broken",
  undecided: "Undecided",
};

function line({ title, measured, limit, verdict }: LimitRow): string {
  return `${verdictWords[verdict]}: ${title}, ${measured} (${limit})`;
}

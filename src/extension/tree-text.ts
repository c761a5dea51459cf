import { l10n } from "vscode";
import type { LimitRow, Picture } from "../protocol/messages";
import type { LimitItem } from "../protocol/outline";
import { cancelledText } from "./status-text";
import { rowsOf, type Verdict, verdictIcons, verdictLine, worstVerdict } from "./verdicts";

/** What the tree says beside a name. */
export interface TreeText {
  /** Of VS Code's own set. */
  readonly icon: string;
  readonly colour?: string;
  readonly description: string;
  readonly tooltip?: string;
  /** What a screen reader says of the row; absent: what is written. */
  readonly spoken?: string;
}

const colours: Readonly<Record<Verdict, string>> = {
  pass: "testing.iconPassed",
  fail: "testing.iconFailed",
  undecided: "testing.iconQueued",
};

/** A file: what its run is doing, or how many of its limits are kept. */
export function fileText(picture: Picture | undefined): TreeText {
  const status = picture?.status;
  switch (status?.state) {
    case "running": {
      const done = status.total > 0 ? `${Math.floor((100 * status.done) / status.total)}%` : "";
      return { icon: "sync~spin", description: done };
    }
    case "done":
      return judged("file", picture!.limits, picture!);
    case "invalid":
      return { icon: "error", colour: colours.fail, description: l10n.t("errors"), tooltip: status.message };
    case "failed":
      return { icon: "error", colour: colours.fail, description: l10n.t("failed"), tooltip: status.message };
    case "cancelled":
      return { icon: "circle-slash", description: l10n.t("cancelled"), tooltip: cancelledText() };
    default:
      return { icon: "file", description: "", tooltip: status?.message };
  }
}

/** A scenario: how many of its limits are kept. */
export function scenarioText(limits: readonly LimitItem[], picture: Picture | undefined): TreeText {
  return judged("beaker", rowsOf(picture, limits), picture);
}

/** A limit: its last figure, or its bound where there is none. */
export function limitText(limit: LimitItem, picture: Picture | undefined): TreeText {
  const [row] = rowsOf(picture, [limit]);
  if (!row) return { icon: "circle-outline", description: limit.bound };
  return {
    ...iconOf(row.verdict, picture),
    description: row.measured,
    tooltip: verdictLine(row),
    spoken: verdictLine(row),
  };
}

function judged(icon: string, rows: readonly LimitRow[], picture: Picture | undefined): TreeText {
  const worst = worstVerdict(rows);
  if (!worst) return { icon, description: "" };
  const kept = rows.filter(({ verdict }) => verdict === "pass").length;
  return {
    ...iconOf(worst, picture),
    description: l10n.t("{0} of {1} kept", kept, rows.length),
    tooltip: rows.map(verdictLine).join("\n"),
  };
}

/** Results of an older text are shown as such. */
function iconOf(verdict: Verdict, picture: Picture | undefined): Pick<TreeText, "icon" | "colour"> {
  return picture?.stale ? { icon: "history" } : { icon: verdictIcons[verdict], colour: colours[verdict] };
}

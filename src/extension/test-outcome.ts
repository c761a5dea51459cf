import { l10n } from "vscode";
import type { LimitRow, Picture } from "../protocol/messages";
import { verdictLine } from "./verdicts";

/** How a test ended, in the words of the Test Explorer. */
export type Outcome =
  | { readonly state: "passed" }
  | { readonly state: "failed"; readonly message: string; readonly expected: string; readonly actual: string }
  /** Neither: the reason is told beside it. */
  | { readonly state: "skipped"; readonly reason: string };

/**
 * How a limit's test ended. One that the paths do not decide is skipped: it is no failure, on the command line and
 * among the problems neither, and it is not kept.
 */
export function outcomeOf(row: LimitRow): Outcome {
  const { verdict, measured, limit } = row;
  switch (verdict) {
    case "pass":
      return { state: "passed" };
    case "fail":
      return { state: "failed", message: verdictLine(row), expected: limit, actual: measured };
    case "undecided":
      return { state: "skipped", reason: l10n.t("undecided: {0} ({1})", measured, limit) };
  }
}

/** Why a run ended without verdicts; undefined when it has them. */
export function failureOf(picture: Picture | undefined): string | undefined {
  const status = picture?.status;
  switch (status?.state) {
    case "done":
      return undefined;
    case "invalid":
    case "failed":
    case "empty":
      return status.message;
    case "cancelled":
      return l10n.t("The simulation was cancelled.");
    default:
      return l10n.t(
        "The simulation did not end: the file was closed, or is not opened as a Plimsoll risk file.",
      );
  }
}

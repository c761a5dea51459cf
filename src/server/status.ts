import * as l10n from "@vscode/l10n";
import type { Assessment } from "../insight/assess";
import type { RunStatus } from "../protocol/messages";
import type { Outcome } from "./simulation";

type Running = Extract<RunStatus, { state: "running" }>;

export function emptyStatus(): RunStatus {
  return {
    state: "empty",
    message: l10n.t("Nothing was simulated yet. Save the file to run its scenarios."),
  };
}

/** The text has errors; a file that cannot be read as a risk file has no fewer than one. */
export function invalidStatus(errors: number): RunStatus {
  const message =
    errors === 1
      ? l10n.t("The file has 1 error. Correct it and save to run its scenarios.")
      : l10n.t("The file has {0} errors. Correct them and save to run its scenarios.", errors);
  return { state: "invalid", message };
}

/** In paths, of all scenarios together. */
export function runningStatus(sofar?: Assessment): Running {
  return { state: "running", done: sofar?.done ?? 0, total: sofar?.total ?? 0 };
}

/** A run that had nothing to simulate says why: errors in the data files, or no scenarios at all. */
export function doneStatus({ assessment, findings }: Outcome, seconds: number): RunStatus {
  if (assessment) return { state: "done", seconds, finishedAt: new Date().toISOString() };
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return invalidStatus(errors);
  return {
    state: "empty",
    message: l10n.t("The file has nothing to simulate: it needs a market, a book and a scenario."),
  };
}

export function cancelledStatus(): RunStatus {
  return { state: "cancelled" };
}

export function failedStatus(message: string): RunStatus {
  return { state: "failed", message };
}

import * as l10n from "@vscode/l10n";
import type { Picture, RunStatus } from "../protocol/messages";
import { make, setText } from "./dom";

export interface Header {
  readonly element: HTMLElement;
  show(picture: Picture): void;
}

/** File name, state of the run, and the button that starts one. */
export function createHeader(onRun: () => void): Header {
  const name = make("h1");
  const run = make("button", { type: "button", class: "run" }, l10n.t("Run"));
  const state = make("p", { class: "state", role: "status" });
  const count = make("span", { class: "count" });
  const bar = make("progress", { "aria-label": l10n.t("Simulated paths") });
  const progress = make("div", { class: "progress" }, bar, count);
  const stale = make("p", { class: "stale" });
  run.addEventListener("click", onRun);
  const element = make("header", {}, make("div", { class: "title" }, name, run), state, progress, stale);
  const show = ({ name: file, status, stale: old, version }: Picture) => {
    setText(name, file);
    setText(state, stateText(status));
    element.dataset.state = status.state;
    progress.hidden = status.state !== "running";
    if (status.state === "running") showProgress(bar, count, status);
    stale.hidden = !old;
    setText(stale, old ? staleText(status, version) : "");
  };
  return { element, show };
}

function showProgress(
  bar: HTMLProgressElement,
  count: Element,
  { done, total }: { done: number; total: number },
) {
  bar.max = Math.max(total, 1);
  bar.value = Math.min(done, total);
  setText(count, l10n.t("{0} of {1} paths", done.toLocaleString("en-US"), total.toLocaleString("en-US")));
}

function staleText({ state }: RunStatus, version: number): string {
  return state === "running"
    ? l10n.t("These results are of an older version of the file ({0}).", version)
    : l10n.t(
        "These results are of an older version of the file ({0}). Save or run it for new ones.",
        version,
      );
}

function stateText(status: RunStatus): string {
  switch (status.state) {
    case "empty":
      return status.message;
    case "invalid":
      return l10n.t("Not simulated: {0}", status.message);
    case "running":
      return l10n.t("Running");
    case "done":
      return doneText(Number(status.seconds.toPrecision(2)), status.finishedAt);
    case "cancelled":
      return l10n.t("Cancelled. Save or run the file again for new results.");
    case "failed":
      return l10n.t("The run failed: {0}", status.message);
  }
}

function doneText(seconds: number, finishedAt: string): string {
  const date = new Date(finishedAt);
  if (Number.isNaN(date.getTime())) return l10n.t("Done in {0} s", seconds);
  const time = date.toLocaleTimeString(document.documentElement.lang || "en");
  return l10n.t("Done in {0} s at {1}", seconds, time);
}

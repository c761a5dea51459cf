import type { Picture, RunStatus } from "../protocol/messages";
import { make, setText } from "./dom";

export interface Header {
  readonly element: HTMLElement;
  show(picture: Picture): void;
}

/** File name, state of the run, and the button that starts one. */
export function createHeader(onRun: () => void): Header {
  const name = make("h1");
  const run = make("button", { type: "button", class: "run" }, "Run");
  const state = make("p", { class: "state", role: "status" });
  const count = make("span", { class: "count" });
  const bar = make("progress", { "aria-label": "Simulated paths" });
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
  setText(count, `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} paths`);
}

function staleText({ state }: RunStatus, version: number): string {
  const said = `These results are of an older version of the file (${version}).`;
  return state === "running" ? said : `${said} Save or run it for new ones.`;
}

function stateText(status: RunStatus): string {
  switch (status.state) {
    case "empty":
      return status.message;
    case "invalid":
      return `Not simulated: ${status.message}`;
    case "running":
      return "Running";
    case "done":
      return `Done in ${Number(status.seconds.toPrecision(2))} s${finished(status.finishedAt)}`;
    case "cancelled":
      return "Cancelled. Save or run the file again for new results.";
    case "failed":
      return `The run failed: ${status.message}`;
  }
}

function finished(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? ""
    : ` at ${date.toLocaleTimeString(document.documentElement.lang || "en")}`;
}

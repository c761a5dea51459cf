import * as l10n from "@vscode/l10n";
import { type Picture, PROTOCOL_VERSION } from "../protocol/messages";
import type { PanelOut, PanelState } from "../protocol/panel";
import { createCharts } from "./charts";
import { make } from "./dom";
import { createHeader } from "./header";
import { createLimits } from "./limits";

/** What VS Code gives a webview to talk with. */
export interface Host {
  postMessage(message: PanelOut): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
}

/** Builds the page once; every picture then changes only the parts that differ. */
export function createPage(root: HTMLElement, host: Host): { show(picture: Picture): void } {
  let current: Picture | undefined;
  let wanted = host.getState()?.asset;
  const header = createHeader(() => host.postMessage({ type: "simulate" }));
  const limits = createLimits();
  const charts = createCharts((asset) => {
    wanted = asset;
    host.setState({ uri: current?.uri, asset });
    host.postMessage({ type: "asset", asset });
    draw();
  });
  const results = make("div", { class: "results" }, limits.element, charts.element);
  const draw = () => current && charts.show(current, wanted, Math.floor(results.clientWidth));
  const welcome = l10n.t("Open a file that ends in .risk.yaml to see its simulated losses here.");
  root.replaceChildren(make("p", { class: "welcome", role: "status" }, welcome));

  const show = (picture: Picture) => {
    if (picture.protocol !== PROTOCOL_VERSION) return showMismatch(root, picture.protocol);
    if (current === undefined) root.replaceChildren(header.element, results);
    const first = current === undefined && host.getState()?.uri === picture.uri;
    if (!first && current?.uri !== picture.uri) wanted = undefined;
    current = picture;
    wanted = stillWanted(picture, wanted);
    if (first && wanted !== undefined) host.postMessage({ type: "asset", asset: wanted });
    host.setState({ uri: picture.uri, asset: wanted ?? picture.fallCurve?.asset });
    header.show(picture);
    limits.show(picture.limits, picture.status.state === "done");
    results.hidden = nothingToShow(picture);
    draw();
  };
  redrawOnResize(results, draw);
  return { show };
}

/** An asset stays asked for until its curve is there, or the file no longer has it. */
function stillWanted({ fallCurve }: Picture, wanted: string | undefined): string | undefined {
  if (fallCurve === undefined) return wanted;
  const pending = wanted !== undefined && wanted !== fallCurve.asset && fallCurve.assets.includes(wanted);
  return pending ? wanted : undefined;
}

function nothingToShow({ status, limits, fallCurve, worstPath, distribution }: Picture): boolean {
  const results = limits.length > 0 || fallCurve || worstPath || distribution;
  return !results && status.state !== "running" && status.state !== "done";
}

function showMismatch(root: HTMLElement, found: number): void {
  const message = l10n.t(
    "This panel understands messages of version {0}, and got version {1}. Reload the window to start both anew.",
    PROTOCOL_VERSION,
    found,
  );
  root.replaceChildren(make("p", { class: "welcome", role: "alert" }, message));
}

function redrawOnResize(target: HTMLElement, draw: () => void): void {
  let width = 0;
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    if (Math.floor(target.clientWidth) === width) return;
    width = Math.floor(target.clientWidth);
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  });
  observer.observe(target);
}

import * as l10n from "@vscode/l10n";
import { PROTOCOL_VERSION } from "../protocol/messages";
import type { PanelIn } from "../protocol/panel";
import { createPage, type Host } from "./page";

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById("plimsoll");
if (root === null) throw new Error("The page has no element with the id plimsoll to show results in.");
if (root.dataset.texts) l10n.config({ contents: root.dataset.texts });
const page = createPage(root, host);

window.addEventListener("message", ({ data }: MessageEvent<PanelIn>) => {
  if (data.type === "picture") page.show(data.picture);
});
host.postMessage({ type: "ready", protocol: PROTOCOL_VERSION });

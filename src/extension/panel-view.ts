import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { panelHtml } from "./panel-html";

export const VIEW_TYPE = "plimsoll.panel";

/** An empty panel beside the editor; the editor keeps the focus. */
export function createView(): vscode.WebviewPanel {
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  return vscode.window.createWebviewPanel(VIEW_TYPE, "Plimsoll", place);
}

/** Loads our page into a panel. It can read our own files and nothing else. */
export function fillView({ webview, title }: vscode.WebviewPanel, extension: vscode.Uri): void {
  const own = (path: string) => vscode.Uri.joinPath(extension, path);
  const address = (path: string) => webview.asWebviewUri(own(path)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [own("dist"), own("media")] };
  webview.html = panelHtml({
    nonce: randomBytes(16).toString("base64"),
    scriptUri: address("dist/panel.js"),
    styleUri: address("dist/panel.css"),
    cspSource: webview.cspSource,
    title,
    lang: vscode.env.language,
    texts: vscode.l10n.bundle,
  });
}

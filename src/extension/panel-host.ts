import * as vscode from "vscode";
import { type Picture, PROTOCOL_VERSION } from "../protocol/messages";
import type { PanelIn, PanelOut, PanelState } from "../protocol/panel";
import type { Client } from "./client";
import { createView, fillView, VIEW_TYPE } from "./panel-view";
import type { Pictures } from "./pictures";
import { isRiskFile } from "./risk-file";

/** The panel beside the editor. There is one; it follows the active risk file. */
export interface PanelHost extends vscode.Disposable {
  /** Opens the panel, or brings it to the front, on a file; `asset` is that of the fall curve. */
  open(uri: vscode.Uri, asset?: string): void;
  /** The file it shows. */
  shown(): vscode.Uri | undefined;
}

export interface PanelSurroundings {
  readonly extension: vscode.Uri;
  readonly pictures: Pictures;
  readonly client: Client;
}

interface Host extends PanelSurroundings {
  panel?: Panel;
}

/** An open panel. Its page is told nothing before it is ready; it starts anew each time it was hidden. */
interface Panel {
  readonly view: vscode.WebviewPanel;
  uri: vscode.Uri;
  ready: boolean;
}

export function createPanelHost(surroundings: PanelSurroundings): PanelHost {
  const host: Host = { ...surroundings };
  const subscriptions = [
    host.pictures.onDidChange((picture) => send(host, picture)),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor && isRiskFile(editor.document)) follow(host, editor.document.uri);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (view, state?: PanelState) => restore(host, view, state),
    }),
  ];
  return {
    open: (uri, asset) => open(host, uri, asset),
    shown: () => host.panel?.uri,
    dispose() {
      for (const each of subscriptions) each.dispose();
      host.panel?.view.dispose();
    },
  };
}

function open(host: Host, uri: vscode.Uri, asset?: string): void {
  if (host.panel) {
    host.panel.view.reveal(undefined, true);
    follow(host, uri, asset);
  } else adopt(host, createView(), uri, asset);
}

/** Brings back the panel of the last session, if its file is still there. */
async function restore(host: Host, view: vscode.WebviewPanel, state?: PanelState): Promise<void> {
  if (!state?.uri || host.panel) return view.dispose();
  const uri = vscode.Uri.parse(state.uri);
  try {
    await vscode.workspace.openTextDocument(uri);
  } catch {
    return view.dispose();
  }
  adopt(host, view, uri, state.asset);
}

function adopt(host: Host, view: vscode.WebviewPanel, uri: vscode.Uri, asset?: string): void {
  host.panel = { view, uri, ready: false };
  view.iconPath = vscode.Uri.joinPath(host.extension, "media/icon.svg");
  view.onDidDispose(() => {
    host.panel = undefined;
    host.client.show({});
  });
  view.webview.onDidReceiveMessage((message: PanelOut) => receive(host, message));
  fillView(view, host.extension);
  follow(host, uri, asset);
}

/** Shows a file: what is known of it now, and what the server will say of it. */
function follow(host: Host, uri: vscode.Uri, asset?: string): void {
  const { panel, pictures, client } = host;
  if (!panel) return;
  panel.uri = uri;
  panel.view.title = `Plimsoll: ${uri.path.split("/").at(-1)}`;
  send(host, pictures.of(uri));
  client.show({ uri: uri.toString(), asset });
}

function send({ panel }: Host, picture: Picture | undefined): void {
  if (!panel?.ready || !picture || picture.uri !== panel.uri.toString()) return;
  const message: PanelIn = { type: "picture", picture };
  void panel.view.webview.postMessage(message);
}

function receive(host: Host, message: PanelOut): void {
  const { panel, client } = host;
  if (!panel) return;
  switch (message.type) {
    case "simulate":
      void client.simulate(panel.uri);
      return;
    case "asset":
      client.show({ uri: panel.uri.toString(), asset: message.asset });
      return;
    case "ready":
      panel.ready = message.protocol === PROTOCOL_VERSION;
      if (!panel.ready) void vscode.window.showWarningMessage(otherVersion());
      send(host, host.pictures.of(panel.uri));
  }
}

function otherVersion(): string {
  return vscode.l10n.t("The Plimsoll panel is of another version than the extension. Reload the window.");
}

import * as vscode from "vscode";
import type { Client } from "./client";
import { compareWithHead } from "./compare-with-head";
import { type ImportSurroundings, importDeployment } from "./import-deployment";
import { newFile } from "./new-file";
import type { PanelHost } from "./panel-host";
import { activeRiskFile } from "./risk-file";

interface CommandSurroundings extends ImportSurroundings {
  readonly extension: vscode.Uri;
  readonly client: Client;
  readonly panel: PanelHost;
}

const WALKTHROUGH = "plimsoll.plimsoll#first";

/**
 * The commands speak of the file they are given, as by lenses, menus and rows of the tree; without one of the active risk
 * file, or of the one in the panel while the panel has the focus.
 */
export function registerCommands(around: CommandSurroundings): vscode.Disposable[] {
  const { extension, client, panel } = around;
  const withFile =
    (action: (uri: vscode.Uri, ...more: unknown[]) => unknown) =>
    (given: unknown, ...more: unknown[]) => {
      const uri = uriOf(given) ?? activeRiskFile()?.uri ?? panel.shown();
      return uri ? action(uri, ...more) : vscode.window.showInformationMessage(noFile());
    };
  const register = vscode.commands.registerCommand;
  return [
    register(
      "plimsoll.simulate",
      withFile((uri) => simulate(client, uri)),
    ),
    register(
      "plimsoll.openPanel",
      withFile((uri, asset) => panel.open(uri, textOf(asset))),
    ),
    register("plimsoll.compareWithHead", withFile(compareWithHead)),
    register("plimsoll.cancel", () => cancel(client)),
    register("plimsoll.newFile", () => newFile(extension, panel)),
    register("plimsoll.import", () => importDeployment(around)),
    register("plimsoll.openWalkthrough", () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false),
    ),
  ];
}

function noFile(): string {
  return vscode.l10n.t("Open a risk file (*.risk.yaml) first.");
}

/** Menus give a URI, lenses its text, rows of the tree themselves. */
function uriOf(given: unknown): vscode.Uri | undefined {
  if (typeof given === "string") return vscode.Uri.parse(given);
  const uri = given instanceof vscode.Uri ? given : (given as { uri?: unknown } | undefined)?.uri;
  return uri instanceof vscode.Uri ? uri : undefined;
}

/** Menus give more arguments than lenses do. */
function textOf(given: unknown): string | undefined {
  return typeof given === "string" ? given : undefined;
}

async function simulate(client: Client, uri: vscode.Uri): Promise<void> {
  if (await client.simulate(uri)) return;
  void showProblems(vscode.l10n.t("This file has errors, so it cannot be simulated. Correct them first."));
}

async function showProblems(message: string): Promise<void> {
  const open = vscode.l10n.t("Show Problems");
  const chosen = await vscode.window.showWarningMessage(message, open);
  if (chosen === open) await vscode.commands.executeCommand("workbench.actions.view.problems");
}

async function cancel(client: Client): Promise<void> {
  if (!(await client.cancel()))
    void vscode.window.showInformationMessage(vscode.l10n.t("No simulation is running."));
}

import * as vscode from "vscode";
import type { Client } from "./client";
import { compareWithHead } from "./compare-with-head";
import type { PanelHost } from "./panel-host";
import { activeRiskFile } from "./risk-file";

const noFile = "Open a risk file (*.risk.yaml) first.";

/**
 * The commands speak of the file whose URI they are given, as lenses and menus do; without one of the active risk file,
 * or of the one in the panel while the panel has the focus.
 */
export function registerCommands(client: Client, panel: PanelHost): vscode.Disposable[] {
  const withFile =
    (action: (uri: vscode.Uri, ...more: unknown[]) => unknown) =>
    (given: unknown, ...more: unknown[]) => {
      const uri = uriOf(given) ?? activeRiskFile()?.uri ?? panel.shown();
      return uri ? action(uri, ...more) : vscode.window.showInformationMessage(noFile);
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
  ];
}

/** Menus give a URI, lenses its text. */
function uriOf(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  return typeof given === "string" ? vscode.Uri.parse(given) : undefined;
}

/** Menus give more arguments than lenses do. */
function textOf(given: unknown): string | undefined {
  return typeof given === "string" ? given : undefined;
}

/** Runs a file as it is in the editor; one that is not open is opened, without showing it. */
async function simulate(client: Client, uri: vscode.Uri): Promise<void> {
  await vscode.workspace.openTextDocument(uri);
  if (await client.simulate(uri)) return;
  void showProblems("This file has errors, so it cannot be simulated. Correct them first.");
}

async function showProblems(message: string): Promise<void> {
  const open = "Show Problems";
  const chosen = await vscode.window.showWarningMessage(message, open);
  if (chosen === open) await vscode.commands.executeCommand("workbench.actions.view.problems");
}

function cancel(client: Client): void {
  if (!client.cancel()) void vscode.window.showInformationMessage("No simulation is running.");
}

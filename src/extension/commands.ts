import * as vscode from "vscode";
import type { Client } from "./client";
import type { PanelHost } from "./panel-host";
import { activeRiskFile } from "./risk-file";

const noFile = "Open a risk file (*.risk.yaml) first.";

/** The commands speak of the active risk file, or of the one in the panel while the panel has the focus. */
export function registerCommands(client: Client, panel: PanelHost): vscode.Disposable[] {
  const file = () => activeRiskFile()?.uri ?? panel.shown();
  const withFile = (action: (uri: vscode.Uri) => unknown) => () => {
    const uri = file();
    return uri ? action(uri) : vscode.window.showInformationMessage(noFile);
  };
  return [
    vscode.commands.registerCommand(
      "plimsoll.simulate",
      withFile((uri) => simulate(client, uri)),
    ),
    vscode.commands.registerCommand(
      "plimsoll.openPanel",
      withFile((uri) => panel.open(uri)),
    ),
    vscode.commands.registerCommand("plimsoll.cancel", () => cancel(client)),
  ];
}

async function simulate(client: Client, uri: vscode.Uri): Promise<void> {
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

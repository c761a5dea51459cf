import * as vscode from "vscode";
import type { PanelHost } from "./panel-host";
import { LANGUAGE } from "./risk-file";

/**
 * Writes a first risk file into the workspace and opens it with its panel, which simulates it. Without a folder to write
 * to it is a file that is not saved yet.
 */
export async function newFile(extension: vscode.Uri, panel: PanelHost): Promise<void> {
  const template = await vscode.workspace.fs.readFile(
    vscode.Uri.joinPath(extension, "templates/first.risk.yaml"),
  );
  const document = await written(template).catch(() => unsaved(template));
  await vscode.window.showTextDocument(document, { preview: false });
  panel.open(document.uri);
}

async function written(template: Uint8Array): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return unsaved(template);
  const uri = await freeName(folder.uri);
  await vscode.workspace.fs.writeFile(uri, template);
  return vscode.workspace.openTextDocument(uri);
}

function unsaved(template: Uint8Array): Thenable<vscode.TextDocument> {
  const content = new TextDecoder().decode(template);
  return vscode.workspace.openTextDocument({ language: LANGUAGE, content });
}

/** `first.risk.yaml`, or with a number where there is one already. */
async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  let name = "first.risk.yaml";
  for (let number = 2; taken.has(name); number++) name = `first-${number}.risk.yaml`;
  return vscode.Uri.joinPath(folder, name);
}

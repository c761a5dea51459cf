import * as vscode from "vscode";
import type { PanelHost } from "./panel-host";

/** Opens the risk file that the workspace's settings name, with its panel. Does nothing when they name none. */
export async function openOnStart(panel: PanelHost): Promise<void> {
  const path = vscode.workspace.getConfiguration("plimsoll").get<string>("openOnStart");
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!path || !folder) return;
  const uri = vscode.Uri.joinPath(folder.uri, path);
  try {
    await vscode.window.showTextDocument(uri, { preview: false });
  } catch {
    const message = vscode.l10n.t(
      "The setting plimsoll.openOnStart names {0}, which cannot be opened in this workspace.",
      path,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
  panel.open(uri);
}

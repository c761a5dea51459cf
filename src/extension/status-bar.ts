import * as vscode from "vscode";
import type { Picture } from "../protocol/messages";
import type { Pictures } from "./pictures";
import { activeRiskFile, isRiskFile } from "./risk-file";
import { statusOf } from "./status-text";

/** The last run of the active risk file, and its worst limit. Away from risk files it is hidden. */
export function createStatusBar(pictures: Pictures): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("plimsoll.status", vscode.StatusBarAlignment.Left);
  item.name = "Plimsoll";
  const show = (picture: Picture | undefined) => {
    const { text, tooltip, command } = statusOf(picture);
    Object.assign(item, { text, tooltip, command }).show();
  };
  const follow = (editor: vscode.TextEditor | undefined) => {
    if (editor && isRiskFile(editor.document)) show(pictures.of(editor.document.uri));
    else if (editor) item.hide();
  };
  follow(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(follow),
    pictures.onDidChange((picture) => {
      if (picture.uri === activeRiskFile()?.uri.toString()) show(picture);
    }),
  );
}

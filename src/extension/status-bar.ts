import * as vscode from "vscode";
import type { Picture } from "../protocol/messages";
import type { Pictures } from "./pictures";
import { isRiskFile } from "./risk-file";
import { statusOf } from "./status-text";

/**
 * The last run of the risk file that was edited last, and its worst limit. In another file's editor it is hidden; in what
 * is no text editor, such as the panel, it stays.
 */
export function createStatusBar(pictures: Pictures): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("plimsoll.status", vscode.StatusBarAlignment.Left);
  item.name = "Plimsoll";
  let shown: string | undefined;
  const show = (picture: Picture | undefined) => {
    const { text, tooltip, command } = statusOf(picture);
    Object.assign(item, { text, tooltip, command }).show();
  };
  const follow = (editor: vscode.TextEditor | undefined) => {
    if (!editor) return;
    const { document } = editor;
    shown = isRiskFile(document) ? document.uri.toString() : undefined;
    if (shown) show(pictures.of(document.uri));
    else item.hide();
  };
  follow(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(follow),
    pictures.onDidChange((picture) => {
      if (picture.uri === shown) show(picture);
    }),
  );
}

import * as vscode from "vscode";

export const LANGUAGE = "plimsoll";

/** The risk file in the active editor. */
export function activeRiskFile(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === LANGUAGE ? document : undefined;
}

import * as vscode from "vscode";
import { isPast } from "../protocol/past";

export const LANGUAGE = "plimsoll";

/** The risk file in the active editor. */
export function activeRiskFile(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isRiskFile(document) ? document : undefined;
}

/** The document of a file that is open, in an editor or behind one. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Whether a document is a risk file that a person edits, not the old side of a comparison. */
export function isRiskFile({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === LANGUAGE && !isPast(uri.toString());
}

/** By which risk files are known on disk. */
export const RISK_FILES = "**/*.risk.{yaml,yml}";

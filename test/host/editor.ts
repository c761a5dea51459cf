import { strict as assert } from "node:assert";
import * as vscode from "vscode";

/** Opens a file of the workspace in the editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "the tests run on a workspace folder");
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

/** Where a text begins that must be in the document. */
export function offsetOf(document: vscode.TextDocument, text: string): number {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `"${text}" is in ${document.fileName}`);
  return at;
}

/** Replaces the first occurrence of `found` in the editor. */
export async function replace(editor: vscode.TextEditor, found: string, replacement: string): Promise<void> {
  const { document } = editor;
  const at = offsetOf(document, found);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + found.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, replacement)));
}

/** Our diagnostics of a document, in the order of their positions. */
export function diagnostics(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((each) => each.source === "plimsoll")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** Waits until our diagnostics of a document are as expected, and resolves to them. */
export function untilDiagnostics(
  document: vscode.TextDocument,
  expected: (all: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return until(() => diagnostics(document), expected, describe);
}

/** Asks again until what `read` gives is as expected, and resolves to it; fails after 40 s. */
export async function until<T>(
  read: () => T,
  expected: (value: T) => boolean,
  describe: (value: T) => string = String,
): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const value = read();
    if (expected(value)) return value;
    if (Date.now() > deadline) assert.fail(`it stayed at ${describe(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function describe(all: vscode.Diagnostic[]): string {
  return JSON.stringify(
    all.map(({ range, message, code }) => ({ line: range.start.line + 1, message, code })),
  );
}

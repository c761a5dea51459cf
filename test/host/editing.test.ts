import { strict as assert } from "node:assert";
import { afterEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { offsetOf, open, replace, untilDiagnostics } from "./editor";

const example = "aave-v3-core.risk.yaml";

/** The errors of the text itself; findings of a simulation may stand beside them. */
function errors(all: vscode.Diagnostic[]): vscode.Diagnostic[] {
  return all.filter(
    ({ severity, code }) => severity === vscode.DiagnosticSeverity.Error && !isSimulated(code),
  );
}

describe("editing a risk file", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.files.revert"));

  it("puts a wrong value's error on the value, with a fix that corrects it", async () => {
    const { document } = await edit(
      "ltv: 80.5%, liquidationThreshold: 83%",
      "ltv: 80.5%, liquidationThreshold: 83",
    );
    const [wrong] = errors(await untilDiagnostics(document, hasErrors));
    assert.equal(document.getText(wrong.range), "83");
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      wrong.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = fixes.find(({ title }) => title.includes("83%"));
    assert.ok(fix?.edit, `a fix to 83% is offered among: ${fixes.map(({ title }) => title).join(", ")}`);
    await vscode.workspace.applyEdit(fix.edit);
    await untilDiagnostics(document, (all) => errors(all).length === 0);
    assert.ok(document.getText().includes("liquidationThreshold: 83%"));
  });

  it("names an unknown key and an unknown asset where they stand", async () => {
    const { document } = await edit("eth-usd: { of: WETH,", "eth-usd: { off: WETH,");
    const key = await untilErrorAt(document, "off");
    assert.match(key.message, /\bof\b/);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await edit("eth-usd: { of: WETH,", "eth-usd: { of: WETG,");
    const asset = await untilErrorAt(document, "WETG");
    assert.match(asset.message, /WETH/);
  });

  it("explains a value when one points at it", async () => {
    const { document } = await open(example);
    const at = document.positionAt(offsetOf(document, "liquidationThreshold: 83%") + 23);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((each) => (typeof each === "string" ? each : each.value)),
    );
    assert.match(text.join("\n"), /liquidation threshold/i);
  });

  it("keeps up with edits that are taken back before they are checked", async () => {
    const editor = await edit("eth-usd: { of: WETH,", "eth-usd: { off: WETH,");
    await vscode.commands.executeCommand("workbench.action.files.revert");
    for (let turn = 0; turn < 10; turn++) {
      await replace(editor, "eth-usd: { of: WETH,", "eth-usd: { off: WETH,");
      await vscode.commands.executeCommand(turn % 2 === 0 ? "undo" : "workbench.action.files.revert");
    }
    await untilDiagnostics(editor.document, (all) => !hasErrors(all));
    await replace(editor, "liquidationThreshold: 83%", "liquidationThreshold: 83");
    await untilErrorAt(editor.document, "83");
  });

  it("survives what is not a risk file", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0].uri as vscode.Uri;
    const uri = vscode.Uri.joinPath(folder, "conflict.risk.yaml");
    await vscode.workspace.fs.writeFile(
      uri,
      Buffer.from("plimsoll: 1\n<<<<<<< ours\nname: a\n=======\nname: b\n>>>>>>> theirs\n"),
    );
    const { document } = await open("conflict.risk.yaml");
    const found = await untilDiagnostics(document, hasErrors);
    assert.match(found[0].message, /conflict/i);
    await vscode.workspace.fs.delete(uri);
  });
});

function hasErrors(all: vscode.Diagnostic[]): boolean {
  return errors(all).length > 0;
}

/** Waits for an error that stands exactly on `text`. */
async function untilErrorAt(document: vscode.TextDocument, text: string): Promise<vscode.Diagnostic> {
  const at = (all: vscode.Diagnostic[]) => errors(all).find(({ range }) => document.getText(range) === text);
  return at(await untilDiagnostics(document, (all) => at(all) !== undefined)) as vscode.Diagnostic;
}

/** Opens the example, waits until it is free of errors, and replaces a text in it. */
async function edit(found: string, replacement: string): Promise<vscode.TextEditor> {
  const editor = await open(example);
  await untilDiagnostics(editor.document, (all) => !hasErrors(all));
  await replace(editor, found, replacement);
  return editor;
}

function isSimulated(code: vscode.Diagnostic["code"]): boolean {
  return typeof code === "object" && code.value === "limit-broken";
}

import { strict as assert } from "node:assert";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import { open, untilDiagnostics } from "./editor";

const rules = () => vscode.workspace.getConfiguration("plimsoll");

describe("the setting plimsoll.rules", () => {
  after(() => rules().update("rules", undefined, vscode.ConfigurationTarget.Workspace));

  it("takes effect on an open file at once", async () => {
    const { document } = await open("compound-dai-2020.risk.yaml");
    const untilSeverity = (severity: vscode.DiagnosticSeverity) =>
      untilDiagnostics(document, (all) => all.length > 0 && all.every((each) => each.severity === severity));
    await untilSeverity(vscode.DiagnosticSeverity.Error);
    await rules().update("rules", { "limit-broken": "information" }, vscode.ConfigurationTarget.Workspace);
    await untilSeverity(vscode.DiagnosticSeverity.Information);
    await rules().update("rules", { "limit-broken": "off" }, vscode.ConfigurationTarget.Workspace);
    await untilDiagnostics(document, (all) => all.length === 0);
  });

  it("completes rule ids and severities in settings.json", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const settings = vscode.Uri.joinPath(folder.uri, ".vscode/settings.json");
    const text = '{\n  "plimsoll.rules": {\n    \n  }\n}\n';
    await vscode.workspace.fs.writeFile(settings, Buffer.from(text));
    const document = await vscode.workspace.openTextDocument(settings);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      document.positionAt(text.indexOf("\n    \n") + 5),
    );
    const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("limit-undecided"), `among: ${labels.slice(0, 20).join(", ")}`);
  });
});

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { open, replace, until } from "./editor";

const name = "compound-dai-2020.risk.yaml";

describe("comparing with HEAD", () => {
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: folder });

  before(async () => {
    folder = vscode.workspace.workspaceFolders![0].uri.fsPath;
    git("init", "-q");
    git("add", name);
    git("commit", "-qm", "The file as it was");
    const extension = vscode.extensions.getExtension("vscode.git");
    assert.ok(extension, "the editor has its Git extension");
    const api = (await extension.activate()).getAPI(1);
    await api.openRepository(vscode.Uri.file(folder));
  });

  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("opens the diff of what was committed and what is in the editor", async () => {
    const editor = await open(name);
    await replace(editor, "max: 500k USD", "max: 498k USD");
    await vscode.commands.executeCommand("plimsoll.compareWithHead", editor.document.uri.toString());
    const tab = await until(
      () => vscode.window.tabGroups.activeTabGroup.activeTab,
      (active) => active?.input instanceof vscode.TabInputTextDiff,
    );
    const { original, modified } = tab!.input as vscode.TabInputTextDiff;
    assert.equal(modified.toString(), editor.document.uri.toString());
    const committed = await vscode.workspace.openTextDocument(original);
    assert.ok(committed.getText().includes("max: 500k USD"));
  });
});

import { strict as assert } from "node:assert";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import { open, replace, untilDiagnostics } from "./editor";

/** Ids of the Test Explorer's items at a file, each a path from its controller. */
function testsIn(uri: vscode.Uri): Thenable<string[][]> {
  return vscode.commands.executeCommand("vscode.testing.getTestsInFile", uri);
}

async function untilTests(uri: vscode.Uri, expected: (names: string[]) => boolean): Promise<void> {
  const names = async () => (await testsIn(uri)).map((path) => path.at(-1) ?? "");
  const deadline = Date.now() + 40_000;
  for (let last = await names(); !expected(last); last = await names()) {
    if (Date.now() > deadline) assert.fail(`the tests stayed ${last.join(" | ")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("the Test Explorer", () => {
  it("has the scenarios and limits of an open file, and follows its edits", async () => {
    const editor = await open("compound-dai-2020.risk.yaml");
    const { uri } = editor.document;
    await untilTests(uri, (names) => names.includes("scenario dai-110"));
    await untilTests(uri, (names) => names.includes("limit shortfall in dai-110"));
    await replace(editor, "metric: shortfall", "metric: bad-debt");
    await untilTests(uri, (names) => !names.includes("limit shortfall in dai-110"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await untilTests(uri, (names) => names.includes("limit shortfall in dai-110"));
  });
});

describe("a new risk file", () => {
  const written: vscode.Uri[] = [];

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const uri of written) await vscode.workspace.fs.delete(uri);
  });

  it("is written into the workspace and simulated; the next one has another name", async () => {
    for (const name of ["first.risk.yaml", "first-2.risk.yaml"]) {
      await vscode.commands.executeCommand("plimsoll.newFile");
      const { document } = vscode.window.activeTextEditor!;
      written.push(document.uri);
      assert.ok(document.uri.path.endsWith(`/${name}`), `${document.uri.path} is ${name}`);
      await untilDiagnostics(document, (all) =>
        all.some(({ message }) => message.startsWith("crash: bad debt 10,802,901 USD")),
      );
    }
  });
});

import { strict as assert } from "node:assert";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { diagnostics, open, replace, until, untilDiagnostics } from "./editor";

describe("simulating the DAI event of November 2020", () => {
  it("finds the missing debt capacity at 1.10 against a limit that was edited and saved", async () => {
    const editor = await open("compound-dai-2020.risk.yaml");
    await replace(editor, "max: 500k USD", "max: 499k USD");
    await editor.document.save();
    const shortfall = await finding(editor.document, /dai-110: shortfall\D* 561,17\d.* 499,000 USD/);
    assert.match(editor.document.getText(shortfall.range), /^75%$|^499k USD$/);
  });

  it("counts five liquidatable accounts at 1.10 and none at 1.05", async () => {
    const { document } = await open("compound-dai-2020.risk.yaml");
    await finding(document, /dai-110: liquidatable accounts\D* 5\b/);
    assert.deepEqual(
      diagnostics(document).filter(({ message }) => message.startsWith("dai-105")),
      [],
    );
  });
});

/** Waits for our diagnostic with a message of this form. */
async function finding(document: vscode.TextDocument, form: RegExp): Promise<vscode.Diagnostic> {
  const all = await untilDiagnostics(document, (some) => some.some(({ message }) => form.test(message)));
  return all.find(({ message }) => form.test(message)) as vscode.Diagnostic;
}

describe("the commands", () => {
  it("simulate the active file", async () => {
    const { document } = await open("aave-v3-core.risk.yaml");
    await vscode.commands.executeCommand("plimsoll.simulate");
    const found = await untilDiagnostics(document, (all) => all.length > 0);
    assert.match(found.map(({ message }) => message).join("\n"), /bad debt/i);
  });

  it("open the panel beside the file", async () => {
    await open("aave-v3-core.risk.yaml");
    await vscode.commands.executeCommand("plimsoll.openPanel");
    const panels = await until(webviews, (all) => all.length === 1);
    assert.match(panels[0].label, /plimsoll/i);
  });
});

function webviews(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview);
}

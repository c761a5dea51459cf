import { strict as assert } from "node:assert";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { open } from "./editor";

describe("the installed extension", () => {
  it("is the packaged one, not the source tree", () => {
    const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
    assert.ok(extension, "plimsoll.plimsoll is installed");
    assert.match(extension.extensionPath, /extensions[\\/]plimsoll\.plimsoll-\d/);
  });

  it("gives *.risk.yaml its own language and is active on it", async () => {
    const { document } = await open("aave-v3-core.risk.yaml");
    assert.equal(document.languageId, "plimsoll");
    const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it("registers its commands", async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes("plimsoll.simulate"));
    assert.ok(commands.includes("plimsoll.openPanel"));
  });
});

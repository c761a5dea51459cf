import { strict as assert } from "node:assert";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { cascade } from "../lsp/files";
import { untilDiagnostics } from "./editor";
import { MemoryFiles } from "./memory-files";

const csv = "account,asset,side,amount\nalice,WETH,collateral,1000\nalice,USDC,debt,2200000\n";

describe("a risk file in a virtual workspace", () => {
  const files = new MemoryFiles({
    "/risk/book.risk.yaml": cascade({ book: "file: positions.csv" }),
    "/risk/wrong.risk.yaml": cascade({ book: "file: nowhere.csv" }),
    "/risk/positions.csv": csv,
  });
  let registered: vscode.Disposable;

  before(() => {
    registered = vscode.workspace.registerFileSystemProvider("memory", files, { isReadonly: true });
  });

  after(() => registered.dispose());

  const open = (name: string) => vscode.workspace.openTextDocument(vscode.Uri.parse(`memory:/risk/${name}`));

  it("is simulated with the data file beside it", async () => {
    const document = await open("book.risk.yaml");
    const found = await untilDiagnostics(document, (all) => all.length > 0);
    assert.match(found[0].message, /bad debt/);
    assert.ok(files.reads.includes("/risk/positions.csv"));
  });

  it("says of a data file that is not there what it says of one on disk", async () => {
    const document = await open("wrong.risk.yaml");
    const [wrong] = await untilDiagnostics(document, (all) => all.length > 0);
    assert.equal(document.getText(wrong.range), "nowhere.csv");
    assert.match(wrong.message, /^nowhere\.csv does not exist\./);
  });
});

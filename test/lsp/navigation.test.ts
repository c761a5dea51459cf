import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;
let uri: string;

beforeAll(async () => {
  client = await startClient();
  uri = folder.uri("names.risk.yaml");
  client.open(uri, cascade());
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  folder.remove();
});

/** The place of what stands between two `|` of an excerpt of the text. */
function rangeOf(excerpt: string) {
  const [before, found, after] = excerpt.split("|");
  const offset = client.text(uri).indexOf(before + found + after) + before.length;
  const lines = client.text(uri).slice(0, offset).split("\n");
  const start = { line: lines.length - 1, character: lines.at(-1)!.length };
  return { start, end: { ...start, character: start.character + found.length } };
}

function ask<T>(method: string, range: { start: object }, more: object = {}): Promise<T> {
  return client.connection.sendRequest(`textDocument/${method}`, {
    textDocument: { uri },
    position: range.start,
    ...more,
  });
}

describe("navigation", () => {
  it("goes from a use to its declaration", async () => {
    const use = rangeOf("alice, asset: |WETH|,");
    expect(await ask("definition", use)).toEqual({ uri, range: rangeOf("|WETH|: { oracle") });
  });

  it("finds the references, with and without the declaration", async () => {
    const declaration = rangeOf("|eth-usd|: { of");
    const use = { uri, range: rangeOf("{ oracle: |eth-usd|,") };
    const all = await ask("references", use.range, { context: { includeDeclaration: true } });
    expect(all).toEqual([{ uri, range: declaration }, use]);
    expect(await ask("references", declaration, { context: { includeDeclaration: false } })).toEqual([use]);
  });

  it("highlights a name, its declaration as what is written", async () => {
    expect(await ask("documentHighlight", rangeOf("|crash|: {"))).toEqual([
      { range: rangeOf("|crash|: {"), kind: 3 },
      { range: rangeOf("in: |crash|,"), kind: 2 },
    ]);
  });

  it("renames a name in the file and, once a person agrees, in the data file that uses it", async () => {
    const data = folder.write(
      "book.csv",
      "account,asset,side,amount\r\na,weth,collateral,1\r\na,USDC,debt,1\r\n",
    );
    const own = folder.uri("data.risk.yaml");
    client.open(own, cascade({ book: "file: book.csv" }));
    const edit = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      textDocument: { uri: own },
      position: { line: 3, character: 3 },
      newName: "ETH",
    });
    const [risk, table] = edit.documentChanges as TextDocumentEdit[];
    expect(risk.textDocument).toEqual({ uri: own, version: 1 });
    expect(
      TextDocument.applyEdits(TextDocument.create("", "", 0, client.text(own)), risk.edits as TextEdit[]),
    ).toBe(client.text(own).replaceAll("WETH", "ETH"));
    expect(table).toEqual({
      textDocument: { uri: data, version: null },
      edits: [
        {
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
          newText: "ETH",
          annotationId: data,
        },
      ],
    });
    expect(edit.changeAnnotations?.[data]).toMatchObject({
      label: "book.csv: 1 cell",
      needsConfirmation: true,
    });
  });

  it("renames a market in the data file that says which rows are of it", async () => {
    const rows = [
      "account,asset,side,amount,market",
      "a,WETH,collateral,1,core",
      "a,USDC,debt,1,",
      "a,USDC,debt,1,core",
    ];
    folder.write("markets.csv", `${rows.join("\n")}\n`);
    const own = folder.uri("markets.risk.yaml");
    client.open(own, cascade({ book: "file: markets.csv" }));
    const lines = client.text(own).split("\n");
    const line = lines.findIndex((each) => each.startsWith("  core:"));
    const edit = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      textDocument: { uri: own },
      position: { line, character: 3 },
      newName: "main",
    });
    const [, table] = edit.documentChanges as TextDocumentEdit[];
    expect(
      table.edits.map((each) => [(each as TextEdit).range.start.line, (each as TextEdit).newText]),
    ).toEqual([
      [1, "main"],
      [3, "main"],
    ]);
  });

  it("says why a name is refused", async () => {
    const asked = ask("rename", rangeOf("|eth-usd|: { of"), { newName: "usdc-usd" });
    await expect(asked).rejects.toThrow("The file has the oracle `usdc-usd` already; choose another name.");
    expect(await ask("prepareRename", rangeOf("|eth-usd|: { of"))).toMatchObject({ placeholder: "eth-usd" });
  });

  it("links to a data file", async () => {
    const own = folder.uri("links.risk.yaml");
    client.open(own, cascade({ book: "file: book.csv" }));
    const links = await client.connection.sendRequest("textDocument/documentLink", {
      textDocument: { uri: own },
    });
    expect(links).toMatchObject([{ target: folder.uri("book.csv"), tooltip: "Open book.csv" }]);
  });
});

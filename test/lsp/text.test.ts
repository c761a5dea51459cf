import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";
import { legend } from "../../src/language/tokens/legend";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
const uri = folder.uri("text.risk.yaml");
const textDocument = { uri };
let client: Client;

beforeAll(async () => {
  client = await startClient();
  client.open(uri, cascade());
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  folder.remove();
});

function lineOf(text: string): number {
  return client
    .text(uri)
    .split("\n")
    .findIndex((line) => line.startsWith(text));
}

describe("the text of an open file", () => {
  it("folds", async () => {
    const folds = await client.connection.sendRequest("textDocument/foldingRange", { textDocument });
    expect(folds).toContainEqual({ startLine: lineOf("oracles:"), endLine: lineOf("markets:") - 1 });
  });

  it("is selected by ever larger parts, at several cursors", async () => {
    const positions = [
      { line: 0, character: 2 },
      { line: lineOf("  WETH:"), character: 4 },
    ];
    const ranges = await client.connection.sendRequest("textDocument/selectionRange", {
      textDocument,
      positions,
    });
    expect(ranges).toMatchObject([
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 8 } } },
      { range: { start: { line: 3, character: 2 }, end: { line: 3, character: 6 } }, parent: {} },
    ]);
  });

  it("is formatted, whole or in part", async () => {
    const untidy = folder.uri("untidy.risk.yaml");
    client.open(untidy, "plimsoll:  1\nassets: {A: {}}\n");
    const options = { tabSize: 2, insertSpaces: true };
    const params = { textDocument: { uri: untidy }, options };
    const all = await client.connection.sendRequest("textDocument/formatting", params);
    expect(all).toHaveLength(3);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const some = await client.connection.sendRequest("textDocument/rangeFormatting", { ...params, range });
    expect(some).toEqual([
      { range: { start: { line: 0, character: 9 }, end: { line: 0, character: 11 } }, newText: " " },
    ]);
  });

  it("is indented when a line is begun", async () => {
    const typed = folder.uri("typed.risk.yaml");
    client.open(typed, "plimsoll: 1\nassets:\n");
    const edits = await client.connection.sendRequest("textDocument/onTypeFormatting", {
      textDocument: { uri: typed },
      position: { line: 2, character: 0 },
      ch: "\n",
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits).toMatchObject([{ newText: "  " }]);
  });

  it("is coloured, and after an edit by what changed", async () => {
    const coloured = folder.uri("coloured.risk.yaml");
    const about = { textDocument: { uri: coloured } };
    client.open(coloured, cascade());
    const first = await client.connection.sendRequest<SemanticTokens>(
      "textDocument/semanticTokens/full",
      about,
    );
    client.replace(coloured, "price: 3000", "price: 30000");
    const changed = await client.connection.sendRequest<SemanticTokensDelta>(
      "textDocument/semanticTokens/full/delta",
      { ...about, previousResultId: first.resultId },
    );
    expect(changed.edits).toHaveLength(1);
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    const line = await client.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/range", {
      ...about,
      range,
    });
    const [asset, declaration] = [legend.tokenTypes.indexOf("class"), 1];
    expect(line.data.slice(0, 5)).toEqual([3, 2, 4, asset, declaration]);
    expect(line.data.length).toBeLessThan(first.data.length / 4);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
});

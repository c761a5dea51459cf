import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SIMULATE } from "../../src/protocol/messages";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(async () => {
  await client.stop();
  folder.remove();
});

describe("the old side of a comparison", () => {
  const uri = `${folder.uri("a.risk.yaml").replace(/^file:/, "git:")}?%7B%22ref%22%3A%22HEAD%22%7D`;
  const ask = (method: string, more: object = {}) =>
    client.connection.sendRequest(method, { textDocument: { uri }, ...more });

  it("is neither checked aloud nor simulated, when it is opened or asked for", async () => {
    client.open(uri, cascade().replace("price: 3000", "price: 30x"));
    client.save(uri);
    expect(await client.connection.sendRequest(SIMULATE, { uri })).toBe(false);
    const now = folder.uri("a.risk.yaml");
    client.open(now, cascade());
    await client.picture(now, ({ status }) => status.state === "done");
    client.close(uri);
    expect(client.published.filter((each) => each.uri === uri)).toEqual([]);
    expect(client.pictures.filter((each) => each.uri === uri)).toEqual([]);
  });

  it("is coloured and explained, and offers nothing to run", async () => {
    client.open(uri, cascade());
    const position = { line: 3, character: 12 };
    expect(await ask("textDocument/hover", { position })).toMatchObject({ contents: {} });
    expect(await ask("textDocument/semanticTokens/full")).toMatchObject({ data: expect.any(Array) });
    expect(await ask("textDocument/codeLens")).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompletionItem, CompletionList } from "vscode-languageserver";
import { type Client, startClient } from "./client";
import { cascade, longFile, newFolder } from "./files";

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  client = await startClient();
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  folder.remove();
});

/** Asks right behind the first occurrence of a text. */
function complete(uri: string, behind: string, context?: object): Promise<CompletionList> {
  const text = client.text(uri);
  const lines = text.slice(0, text.indexOf(behind) + behind.length).split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  return client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position,
    context,
  });
}

describe("completion", () => {
  it("answers for the text just typed, and documents an item when asked", async () => {
    const uri = folder.uri("completion.risk.yaml");
    client.open(uri, cascade());
    client.replace(uri, "{ oracle: usdc-usd }", "{ oracle: usdc-usd, liq");
    const { items } = await complete(uri, "{ oracle: usdc-usd, liq");
    const threshold = items.find(({ label }) => label === "liquidationThreshold");
    expect(threshold).toMatchObject({
      textEdit: { newText: "liquidationThreshold: " },
      detail: "Liquidation threshold",
    });
    expect(threshold?.documentation).toBeUndefined();
    const resolved: CompletionItem = await client.connection.sendRequest("completionItem/resolve", threshold);
    expect(resolved.documentation).toMatchObject({ value: expect.stringContaining("between 0% and 100%") });
  });

  it("is brought up by a digit where a number may have units", async () => {
    const uri = folder.uri("digit.risk.yaml");
    client.open(uri, cascade());
    const typed = { triggerKind: 2, triggerCharacter: "2" };
    client.replace(uri, "reaction: 12s", "reaction: 12");
    expect((await complete(uri, "reaction: 12", typed)).items[0]).toMatchObject({ label: "12s" });
    expect((await complete(uri, "price: 3000", typed)).items).toEqual([]);
  });

  it("documents a name by its declaration", async () => {
    const uri = folder.uri("names.risk.yaml");
    client.open(uri, cascade());
    const { items } = await complete(uri, "in: ");
    const resolved: CompletionItem = await client.connection.sendRequest("completionItem/resolve", items[0]);
    expect(resolved.documentation).toMatchObject({ value: expect.stringContaining("crash: { shock") });
  });

  it.each([100, 1_000, 10_000])("is quick right after an edit of %i lines", async (lines) => {
    const uri = folder.uri(`long-${lines}.risk.yaml`);
    client.open(uri, longFile(lines));
    await client.picture(uri, ({ status }) => status.state === "done");
    const times: number[] = [];
    for (let edit = 0; edit < 15; edit++) {
      const [found, text] = edit % 2 ? ["asset: WE\n", "asset: WETH\n"] : ["asset: WETH\n", "asset: WE\n"];
      client.replace(uri, found, text);
      const begun = performance.now();
      const { items } = await complete(uri, "asset: W");
      times.push(performance.now() - begun);
      expect(items.map(({ label }) => label)).toEqual(["WETH", "USDC"]);
    }
    times.sort((a, b) => a - b);
    console.log(`edit of ${lines} lines to completion: median ${times[7].toFixed(1)} ms of 15`);
    expect(times[0]).toBeLessThan(150);
  });
});

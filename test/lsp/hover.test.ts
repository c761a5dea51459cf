import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver/node";
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

/** The hover at the first occurrence of a text. */
async function hoverAt(uri: string, text: string): Promise<string> {
  const before = client.text(uri).split(text)[0].split("\n");
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  const params = { textDocument: { uri }, position };
  const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", params);
  return (hover?.contents as MarkupContent | undefined)?.value ?? "";
}

/** Asks again until the hover says something. */
async function hoverThat(uri: string, text: string, words: string): Promise<string> {
  for (;;) {
    const found = await hoverAt(uri, text);
    if (found.includes(words)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("the hover of an open file", () => {
  it("tells what its run measured, what is at stake, and draws it", async () => {
    const uri = folder.uri("hover.risk.yaml");
    client.open(uri, cascade());
    await client.picture(uri, ({ status }) => status.state === "done");
    const threshold = await hoverAt(uri, "83%");
    expect(threshold).toMatch(/\*\*Last run\*\* \(just now\)/);
    expect(threshold).toMatch(
      /bad debt in crash: \*\*\$[\d.]+[KM]\*\*, at most \$0: broken; 100% of the bad debt/,
    );
    const asset = await hoverThat(uri, "WETH: { price", "Liquidatable");
    expect(asset).toContain("| WETH | 1.5K WETH · $4.5M | 0 WETH · $0 |");
    expect(asset).toMatch(/!\[[^\]]+\]\(data:image\/svg\+xml;base64,[\w+/=]+\)/);
  });

  it("says that it is of a text before an edit, until that is undone", async () => {
    const uri = folder.uri("stale.risk.yaml");
    client.open(uri, cascade());
    await client.picture(uri, ({ status }) => status.state === "done");
    await hoverThat(uri, "WETH: { price", "Liquidatable");
    client.replace(uri, "price: 3000", "price: 3100");
    expect(await hoverAt(uri, "83%")).toContain("(just now, before this edit)");
    expect(await hoverAt(uri, "WETH: { price")).toContain("**At stake** (before this edit)");
    client.replace(uri, "price: 3100", "price: 3000");
    expect(await hoverAt(uri, "83%")).toContain("(just now)");
  });

  it("of a file that cannot be run says what is needed, and still tells the value", async () => {
    const uri = folder.uri("invalid.risk.yaml");
    client.open(uri, cascade().replace("ltv: 80%", "ltv: 80"));
    await client.picture(uri, ({ status }) => status.state === "invalid");
    const found = await hoverAt(uri, "83%");
    expect(found).toContain("`83%` is 0.83 as a fraction");
    expect(found).toContain("**Last run**: none yet. Save the file without errors");
  });
});

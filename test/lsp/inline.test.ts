import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeLens, InlayHint } from "vscode-languageserver/node";
import { type Client, startClient, until } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  client = await startClient({ settings: {} });
});

afterAll(async () => {
  await client.stop();
  folder.remove();
});

async function openAndRun(name: string): Promise<string> {
  const uri = folder.uri(name);
  client.open(uri, cascade());
  await client.picture(uri, ({ status }) => status.state === "done");
  return uri;
}

async function lenses(uri: string): Promise<string[]> {
  const found = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri },
  });
  return found.map(({ command }) => command!.title);
}

async function hints(uri: string): Promise<string[]> {
  const end = { line: client.text(uri).split("\n").length, character: 0 };
  const found = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end },
  });
  return found.map(({ label }) => String(label));
}

describe("code lenses", () => {
  it("tell results from when a run has ended, and the editor is asked to show them", async () => {
    const before = client.refreshed.length;
    const uri = await openAndRun("lenses.risk.yaml");
    await until(() => client.refreshed.slice(before).find((what) => what === "codeLens"));
    expect(await lenses(uri)).toEqual([
      "Simulate",
      "Compare with HEAD",
      "Simulate",
      "Open chart",
      expect.stringMatching(/^bad debt \$[\d.]+[KM], just now$/),
      "Simulate",
      "Open chart",
      "nothing is liquidated, just now",
      expect.stringMatching(/^✗ broken: bad debt in crash \$[\d.]+[KM], at most \$0, just now$/),
      expect.stringMatching(/^✓ kept: mean bad debt in tail/),
    ]);
  });

  it("say when they are of a text before an edit", async () => {
    const uri = await openAndRun("old.risk.yaml");
    client.replace(uri, "price: 3000", "price: 3100");
    expect((await lenses(uri))[4]).toMatch(/, just now, before this edit$/);
  });

  it("ask to be shown again only when something has changed", async () => {
    await openAndRun("quiet.risk.yaml");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = client.refreshed.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(client.refreshed.length).toBe(before);
  });
});

describe("inlay hints", () => {
  it("follow the text, and the model once it is known", async () => {
    const uri = await openAndRun("hints.risk.yaml");
    await until(() => client.refreshed.find((what) => what === "inlayHint"));
    for (let found = await hints(uri); !found.some((label) => label.startsWith("1%: $")); )
      found = await hints(uri);
    expect(await hints(uri)).toEqual(["1%: $15.1K", "max 5x", "buffer 12.9%"]);
    client.replace(uri, "liquidationThreshold: 83%", "liquidationThreshold: 85%");
    expect(await hints(uri)).toEqual(["1%: $15.1K", "max 5x", "buffer 10.8%"]);
  });

  it("are switched off by their setting, at once", async () => {
    const uri = await openAndRun("off.risk.yaml");
    expect(await hints(uri)).toContain("max 5x");
    const before = client.refreshed.length;
    client.configure({ inlayHints: false });
    await until(() => client.refreshed.slice(before).find((what) => what === "inlayHint"));
    expect(await hints(uri)).toEqual([]);
    client.configure({});
    await until(() => client.refreshed.slice(before).filter((what) => what === "inlayHint")[1]);
    expect(await hints(uri)).toContain("max 5x");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompletionList, Hover, Location } from "vscode-languageserver/node";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;
let base: string;
let uri: string;

const proposal = `extends: base.risk.yaml
markets:
  core:
    reserves:
      WETH: { ltv: 90% }
`;

beforeAll(async () => {
  client = await startClient();
  base = folder.write("base.risk.yaml", cascade());
  uri = folder.uri("proposal.risk.yaml");
  client.open(uri, proposal);
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  folder.remove();
});

/** What stands between two `|` of an excerpt of a text. */
function rangeIn(text: string, excerpt: string) {
  const [before, found, after] = excerpt.split("|");
  const offset = text.indexOf(before + found + after) + before.length;
  const lines = text.slice(0, offset).split("\n");
  const start = { line: lines.length - 1, character: lines.at(-1)!.length };
  return { start, end: { ...start, character: start.character + found.length } };
}

function ask<T>(method: string, excerpt: string): Promise<T> {
  const position = rangeIn(client.text(uri), excerpt).start;
  return client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position });
}

const rules = (found: readonly { code?: unknown }[]) => found.map(({ code }) => code);

describe("a proposal in an editor", () => {
  it("is told what it makes wrong, with the place in its base", async () => {
    const [found] = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length === 1);
    expect(found).toMatchObject({ code: "ltv-above-threshold", range: rangeIn(proposal, "ltv: |90%|") });
    expect(found.relatedInformation).toMatchObject([
      { location: { uri: base, range: rangeIn(cascade(), "liquidationThreshold: |83%|") } },
    ]);
  });

  it("hovers with what the base says, and leads there", async () => {
    const { contents } = await ask<Hover>("hover", "ltv: |90%|");
    expect(contents).toMatchObject({ value: expect.stringContaining("In base.risk.yaml: `80%`") });
    expect(await ask<Location>("definition", "  |WETH|: {")).toMatchObject({
      uri: base,
      range: rangeIn(cascade(), "|WETH|: { oracle"),
    });
    expect(await ask<Location>("definition", "extends: |base|")).toMatchObject({ uri: base });
  });

  it("completes the names of its base, and the paths of risk files", async () => {
    client.replace(uri, "ltv: 90%", "ltv: 75%, oracle: ");
    const names = await ask<CompletionList>("completion", "oracle: || }");
    expect(names.items.map(({ label }) => label).sort()).toEqual(["eth-usd", "usdc-usd"]);
    const files = await ask<CompletionList>("completion", "extends: ||base");
    expect(files.items[0].label).toBe("base.risk.yaml");
    client.replace(uri, "ltv: 75%, oracle: ", "ltv: 75%");
  });

  it("is simulated over its base", async () => {
    client.save(uri);
    const picture = await client.picture(uri, ({ status }) => status.state === "done");
    expect(picture.limits.length).toBe(2);
    const found = await client.diagnostics(uri, ({ diagnostics }) =>
      rules(diagnostics).includes("limit-broken"),
    );
    const broken = found.find(({ code }) => code === "limit-broken")!;
    expect(broken.range).toEqual(rangeIn(client.text(uri), "|WETH|: {"));
    expect(broken.relatedInformation?.[0].location.uri).toBe(base);
  });

  it("follows an edit of its base that is open", async () => {
    client.open(base, cascade());
    client.replace(base, "liquidationThreshold: 83%", "liquidationThreshold: 70%");
    client.replace(base, "ltv: 80%", "ltv: 65%");
    await client.diagnostics(uri, ({ diagnostics }) => rules(diagnostics).includes("ltv-above-threshold"));
    client.replace(base, "plimsoll: 1", "plimsoll: 2");
    const [broken] = await client.diagnostics(uri, ({ diagnostics }) =>
      rules(diagnostics).includes("unusable-base"),
    );
    expect(broken).toMatchObject({ range: rangeIn(proposal, "extends: |base.risk.yaml|") });
  });
});

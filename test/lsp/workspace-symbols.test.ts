import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SymbolInformation } from "vscode-languageserver/node";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  folder.write("closed.risk.yaml", "plimsoll: 1\nassets: { stETH: { price: 3200 } }\n");
  folder.write("notes.yaml", "plimsoll: 1\nassets: { other: { price: 3200 } }\n");
  client = await startClient({ root: folder.uri("") });
  client.open(folder.uri("open.risk.yaml"), cascade());
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  folder.remove();
});

async function found(query: string) {
  const symbols: SymbolInformation[] = await client.connection.sendRequest("workspace/symbol", { query });
  return symbols.map(({ name, containerName, location }) => {
    return `${name} of ${containerName} in ${location.uri.split("/").at(-1)}`;
  });
}

describe("symbols of the workspace", () => {
  it("are the names that its risk files declare, those that are not open too", async () => {
    folder.write("open.risk.yaml", "not what is in the editor");
    expect(await found("ETH")).toEqual(
      expect.arrayContaining(["stETH of assets in closed.risk.yaml", "WETH of assets in open.risk.yaml"]),
    );
    expect(await found("other")).toEqual([]);
  });

  it("are found by some of their characters in their order, in any case", async () => {
    expect(await found("seth")).toEqual(["stETH of assets in closed.risk.yaml"]);
    expect(await found("hte")).toEqual([]);
  });

  it("follow the files", async () => {
    folder.write("closed.risk.yaml", "plimsoll: 1\nassets: { rETH: { price: 3200 } }\n");
    expect(await found("eth")).toContain("rETH of assets in closed.risk.yaml");
    expect(await found("seth")).toEqual([]);
  });
});

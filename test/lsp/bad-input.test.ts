import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FileChangeType } from "vscode-languageserver/node";
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

/** The server is up when it still answers, on a file that was never wrong. */
afterEach(async () => {
  const uri = folder.uri("witness.risk.yaml");
  client.open(uri, "plimsoll: 1\nassets:\n  WETH: { price: 3000, volatility: 80% }\n");
  const symbols = await client.connection.sendRequest("textDocument/documentSymbol", {
    textDocument: { uri },
  });
  expect(symbols).toHaveLength(2);
  client.close(uri);
});

const good = cascade();
const tabbed = good.replace("    kind: lending", "\tkind: lending");
const conflict = good.replace(
  "name: Cascade",
  "<<<<<<< ours\nname: Cascade\n=======\nname: Fall\n>>>>>>> theirs",
);
const huge = `${good}# ${"x".repeat(78)}\n`.concat(`# ${"x".repeat(78)}\n`.repeat(66_000));

describe("a text that cannot be read", () => {
  it.each([
    ["an empty file", "", ""],
    ["a file of 5 MB", huge, ""],
    ["a tab", tabbed, "\t"],
    ["merge-conflict markers", conflict, "<<<<<<<"],
    ["a half-typed key", good.replace("    kind: lending\n", "    kind: lending\n    clos\n"), "clos"],
    ["an unclosed quote", good.replace("name: Cascade", 'name: "Cascade'), '"'],
    ["one column off", good.replace("    kind: lending", "     kind: lending"), ""],
    ["text", "Dear colleagues,", ""],
    ["a list", "- plimsoll: 1\n", ""],
    ["binary", "\u0000\u0001\u0002\uFFFD", ""],
  ])("is one diagnostic: %s", async (name, text, start) => {
    const uri = folder.uri(`${name}.risk.yaml`);
    client.open(uri, text);
    const [found, ...more] = await client.diagnostics(uri);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: 1, source: "plimsoll" });
    const line = text.split("\n")[found.range.start.line] ?? "";
    expect(line.slice(found.range.start.character)).toMatch(new RegExp(`^${start}`));
    const { status } = await client.picture(uri, () => true);
    expect(status).toMatchObject({ state: "invalid" });
  });
});

function withFile(name: string): string {
  return cascade({ book: `file: ${name}` });
}

const header = "account,asset,side,amount\n";
const rows = "alice,WETH,collateral,1000\nalice,USDC,debt,2200000\n";

describe("a data file", () => {
  it.each([
    ["that is missing", undefined],
    ["with wrong columns", "who,what\nalice,WETH\n"],
    ["that is empty", ""],
    ["with an amount that is no number", `${header}${rows}bob,WETH,collateral,NaN\n`],
    ["with a negative amount", `${header}${rows}bob,WETH,collateral,-1\n`],
    ["with an unknown asset", `${header}${rows}bob,DOGE,collateral,1\n`],
  ])("%s is one error at its name", async (what, content) => {
    const name = `${what.replaceAll(" ", "-")}.csv`;
    if (content !== undefined) folder.write(name, content);
    const uri = folder.uri(`${what}.risk.yaml`);
    client.open(uri, withFile(name));
    const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(found).toHaveLength(1);
    const { range, severity, message } = found[0];
    const line = client.text(uri).split("\n")[range.start.line];
    expect(line.slice(range.start.character, range.end.character)).toBe(name);
    expect(severity).toBe(1);
    expect(message).toContain(name);
    await client.picture(uri, ({ status }) => status.state === "invalid");
  });

  it("with a position twice is used, and said", async () => {
    folder.write("twice.csv", `${header}${rows}alice,WETH,collateral,1\n`);
    const uri = folder.uri("twice.risk.yaml");
    client.open(uri, withFile("twice.csv"));
    await client.picture(uri, ({ status }) => status.state === "done");
    expect(await client.diagnostics(uri)).toContainEqual(
      expect.objectContaining({ code: "duplicate-position", severity: 2 }),
    );
  });

  it("is read again when it changes on disk", async () => {
    const uri = folder.uri("later.risk.yaml");
    client.open(uri, withFile("later.csv"));
    await client.picture(uri, ({ status }) => status.state === "invalid");
    const created = folder.write("later.csv", header + rows);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: created, type: FileChangeType.Created }],
    });
    await client.picture(uri, ({ status }) => status.state === "done");
    expect(await client.diagnostics(uri)).not.toContainEqual(
      expect.objectContaining({ code: "missing-file" }),
    );
  });

  it("cannot be found from a document that is not on disk, which is said", async () => {
    const uri = "untitled:Untitled-1";
    client.open(uri, withFile("positions.csv"));
    const [{ message }] = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(message).toContain("this risk file is not on disk");
  });

  it("is not needed by a document that is not on disk", async () => {
    const uri = "untitled:Untitled-2";
    client.open(uri, cascade());
    await client.picture(uri, ({ status }) => status.state === "done");
  });
});

describe("a client that asks for what is not there", () => {
  it("gets empty answers", async () => {
    const textDocument = { uri: folder.uri("never-opened.risk.yaml") };
    const position = { line: 0, character: 0 };
    const ask = (method: string, params = {}) =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, position, ...params });
    expect(await ask("hover")).toBeNull();
    expect(await ask("documentSymbol")).toEqual([]);
    const range = { start: position, end: position };
    expect(await ask("codeAction", { range, context: { diagnostics: [] } })).toEqual([]);
  });
});

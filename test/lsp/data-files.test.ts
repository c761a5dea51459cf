import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import type { FileFailure, OpenText, ReadFileParams, ReadFileResult } from "../../src/protocol/files";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;
let readFile: (params: ReadFileParams) => ReadFileResult;
const open = new Map<string, OpenText>();

beforeAll(async () => {
  client = await startClient({
    readFile: (params) => readFile(params),
    openText: ({ uri }) => open.get(uri) ?? null,
  });
});

afterAll(async () => {
  await client.stop();
  folder.remove();
});

const csv = `account,asset,side,amount
alice,WETH,collateral,1000
alice,USDC,debt,2200000
`;

const text = cascade({ book: "file: data/positions.csv" });

/** Opens a file whose client answers the server in this way. */
async function openWith(uri: string, answer: (params: ReadFileParams) => ReadFileResult) {
  readFile = answer;
  client.open(uri, text);
  const picture = await client.picture(uri, ({ status }) => status.state !== "running");
  const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
  return { picture, found };
}

describe("renaming in a data file that is open and not saved", () => {
  it("changes what the editor shows, in the version that it has", async () => {
    const uri = "memfs:/risk/open.risk.yaml";
    const data = "memfs:/risk/data/positions.csv";
    open.set(data, { text: csv.replace("alice", "a\nbob,WETH,debt,1\nal"), version: 7 });
    await openWith(uri, () => ({ base64: Buffer.from(csv).toString("base64") }));
    const edit = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      textDocument: { uri },
      position: { line: 3, character: 3 },
      newName: "ETH",
    });
    const [, table] = edit.documentChanges as TextDocumentEdit[];
    expect(table.textDocument).toEqual({ uri: data, version: 7 });
    expect(table.edits).toMatchObject([
      { newText: "ETH", range: { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } } },
      { newText: "ETH", range: { start: { line: 3, character: 3 }, end: { line: 3, character: 7 } } },
    ]);
  });
});

describe("a client that offers its files", () => {
  it("is asked for a data file beside the document, on any file system", async () => {
    const asked: string[] = [];
    const { picture } = await openWith("memfs:/risk/a.risk.yaml", ({ uri }) => {
      asked.push(uri);
      return { base64: Buffer.from(csv).toString("base64") };
    });
    expect(asked).toEqual(["memfs:/risk/data/positions.csv"]);
    expect(picture.limits[0]).toMatchObject({ verdict: "fail" });
  });

  it("may name a file of this machine, which is read here", async () => {
    const path = fileURLToPath(folder.uri("elsewhere.csv"));
    writeFileSync(path, csv);
    const { picture } = await openWith(folder.uri("b.risk.yaml"), () => ({ path }));
    expect(picture.limits[0]).toMatchObject({ verdict: "fail" });
  });

  it.each<[FileFailure, RegExp]>([
    [{ fault: "missing" }, /^data\/positions.csv does not exist/],
    [{ fault: "folder" }, /is a folder/],
    [{ fault: "forbidden" }, /may not be read/],
    [{ fault: "untrusted" }, /outside the workspace, which is not trusted/],
    [{ fault: "too-large", size: 300 * 1024 * 1024 }, /has 300 MiB/],
    [{ fault: "unreadable", detail: "it is offline" }, /cannot be read: it is offline\./],
  ])("may refuse with %j, which is told at the path", async (refusal, message) => {
    const uri = `memfs:/risk/${refusal.fault}.risk.yaml`;
    const { found } = await openWith(uri, () => refusal);
    expect(found).toHaveLength(1);
    expect(found[0].message).toMatch(message);
    const { start, end } = found[0].range;
    expect(text.split("\n")[start.line].slice(start.character, end.character)).toBe("data/positions.csv");
  });
});

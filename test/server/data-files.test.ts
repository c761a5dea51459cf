import { describe, expect, it } from "vitest";
import { FileProblem } from "../../src/data/workspace";
import { parse } from "../../src/dsl/parse";
import { readsFile, workspaceOf } from "../../src/server/data-files";
import { cascade } from "../lsp/files";

const { file } = parse(cascade({ book: "file: data/my positions.csv" }));
const risk = "file:///risk/a.risk.yaml";

describe("the data files of a document", () => {
  it.each([
    ["the file it names", "file:///risk/data/my%20positions.csv", true],
    ["the same name elsewhere", "file:///other/data/my%20positions.csv", false],
    ["another file", "file:///risk/data/quotes.csv", false],
    ["a file of another scheme", "untitled:data/my%20positions.csv", false],
    ["an address that is escaped in another way", "file:///risk/data/my%20%70ositions.csv", true],
  ])("include %s: %s %s", (_what, changed, expected) => {
    expect(readsFile(risk, file, changed)).toBe(expected);
  });

  it("stand beside it on any file system", () => {
    const virtual = "vscode-vfs://github/owner/repository/a.risk.yaml";
    expect(readsFile(virtual, file, "vscode-vfs://github/owner/repository/data/my%20positions.csv")).toBe(
      true,
    );
    expect(readsFile(virtual, file, "vscode-vfs://github/owner/other/data/my%20positions.csv")).toBe(false);
  });

  it("are none without a file, and none for a document that is not on disk", () => {
    expect(readsFile(risk, undefined, "file:///risk/data/my%20positions.csv")).toBe(false);
    expect(readsFile("untitled:Untitled-1", file, "file:///risk/data/my%20positions.csv")).toBe(false);
  });

  it("cannot be read for a document that is not on disk", async () => {
    const reading = workspaceOf("untitled:Untitled-1").read("positions.csv");
    await expect(reading).rejects.toThrow(FileProblem);
    await expect(reading).rejects.toThrow(/not on disk/);
  });
});

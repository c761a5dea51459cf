import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeWorkspace } from "../../src/data/node-workspace";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-data-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data/a.csv"), "x");
});

afterAll(() => rm(folder, { recursive: true }));

describe("the file system as a workspace", () => {
  it("reads paths from the risk file's folder", async () => {
    expect(new TextDecoder().decode(await nodeWorkspace(folder).read("data/a.csv"))).toBe("x");
  });

  it.each([
    ["data/b.csv", "does not exist. Paths are relative to the folder of the risk file."],
    ["data/a.csv/b", "does not exist. Paths are relative to the folder of the risk file."],
    ["data", "is a folder. Name a CSV file."],
  ])("says that %s cannot be read, and why", async (path, message) => {
    await expect(nodeWorkspace(folder).read(path)).rejects.toMatchObject({
      name: "FileProblem",
      rule: "missing-file",
      message,
    });
  });

  it("lists what is in a folder", async () => {
    const workspace = nodeWorkspace(folder);
    expect(await workspace.list(".")).toEqual([{ name: "data", folder: true }]);
    expect(await workspace.list("data")).toEqual([{ name: "a.csv", folder: false }]);
    await expect(workspace.list("nowhere")).rejects.toMatchObject({ rule: "missing-file" });
  });
});

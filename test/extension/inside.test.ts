import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInside } from "../../src/extension/inside";

let parent = "";

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "plimsoll-inside-"));
  await mkdir(join(parent, "work/data"), { recursive: true });
  for (const name of ["work/data/a.csv", "work/..b.csv", "outside.csv"])
    await writeFile(join(parent, name), "x");
  await symlink(join(parent, "outside.csv"), join(parent, "work/link.csv"));
  await symlink(join(parent, "work"), join(parent, "alias"));
});

afterAll(() => rm(parent, { recursive: true }));

describe("a file is inside a folder", () => {
  it.each([
    ["when it is below it", "work/data/a.csv", "work", true],
    ["also with dots in its name", "work/..b.csv", "work", true],
    ["not beside it", "outside.csv", "work", false],
    ["not by a path that leads out", "work/data/../../outside.csv", "work", false],
    ["not by a link that leads out", "work/link.csv", "work", false],
    ["when the folder is itself a link", "alias/data/a.csv", "alias", true],
    ["not when it is not there", "work/none.csv", "work", false],
  ])("%s", async (_what, file, folder, expected) => {
    expect(await isInside(join(parent, file), [join(parent, folder)])).toBe(expected);
  });

  it("when it is in any of several, and in none of none", async () => {
    const file = join(parent, "work/data/a.csv");
    expect(await isInside(file, [join(parent, "work/data"), parent])).toBe(true);
    expect(await isInside(file, [])).toBe(false);
  });
});

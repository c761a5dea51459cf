import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { examine } from "../../src/cli/examine";
import { nodeWorkspace } from "../../src/data/node-workspace";
import { wantsOf } from "./want";

const folders = ["../../examples/", "./cases/"].map((name) => new URL(name, import.meta.url));
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".risk.yaml"))
    .map((name) => [name, folder] as const),
);

/** Everything found without a simulation, the data files read. */
async function foundIn(text: string, folder: URL) {
  const { problems } = await examine(text, nodeWorkspace(fileURLToPath(folder)));
  return problems.map(({ rule, span }) => ({ line: text.slice(0, span.start).split("\n").length, rule }));
}

describe("a file of the corpus has exactly the diagnostics that it declares", () => {
  it.each(files)("%s", async (name, folder) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    expect(await foundIn(text, folder)).toEqual(wantsOf(text));
  });

  it("and one of them declares some", () => {
    const text = readFileSync(new URL("./cases/mistakes.risk.yaml", import.meta.url), "utf8");
    expect(wantsOf(text).length).toBeGreaterThan(8);
  });
});

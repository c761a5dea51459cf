import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureNode } from "../../scripts/cache.mjs";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-digests-"));
const bundle = join(folder, "digests.mjs");

/** The digests that a Node binary prints. */
function digests(node: string): string {
  return execFileSync(node, [bundle], { encoding: "utf8" });
}

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, "print-digests.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: bundle,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("results", () => {
  it.each([20, 22, 24] as const)("are the same bits on Node %i", async (major) => {
    const node = await ensureNode(major);
    expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(new RegExp(`^v${major}\\.`));
    expect(digests(node)).toBe(digests(process.execPath));
  });
});

import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { Failure, root } from "./shell.mjs";

/** The development extension that carries the tests, and the module by which VS Code starts them. */
export const suite = {
  extension: path.join(root, "test/host/extension"),
  entry: path.join(root, "dist-test/host/index.js"),
};

/** Compiles the tests that run inside VS Code; Mocha and `vscode` are resolved where they run. */
export async function compileSuite() {
  const outdir = path.join(root, "dist-test/host");
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/host/index.ts", "test/host/*.test.ts"],
    outdir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}

/** A copy of the examples for tests to edit. */
export async function copyOfExamples() {
  const parent = await mkdtemp(path.join(os.tmpdir(), "plimsoll-workspace-"));
  const folder = path.join(parent, "examples");
  await cp(path.join(root, "examples"), folder, { recursive: true });
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}

const resultsFile = path.join(root, "test-results/host.json");

export function forgetResults() {
  return rm(resultsFile, { force: true });
}

/**
 * Prints what the suite wrote at its end, and resolves to its counts.
 * @param {number} code the exit code that VS Code gave the suite
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function reportSuite(code) {
  const text = await readFile(resultsFile, "utf8").catch(() => undefined);
  if (text === undefined) throw new Failure(`VS Code ended with code ${code} before any test had reported.`);
  const { lines, ...counts } = JSON.parse(text);
  for (const line of lines) console.log(`  ${line}`);
  return code === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

import "./preflight.mjs";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { testInEmbeddedVscode } from "./host-tests.mjs";
import { packageExtension } from "./package.mjs";
import { isMain, main, must, root, run, tool } from "./shell.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const nothing = { passed: 0, failed: 0, skipped: 0 };
const results = path.join(root, "test-results");

/** A stage without tests of its own counts only when it fails; a stage marked `needed` ends the run then. */
const quick = [
  { name: "generate", needed: true, body: () => must(process.execPath, ["scripts/generate.mjs"]) },
  { name: "typecheck", body: () => must(tool("tsc"), ["--noEmit"]) },
  { name: "lint", body: () => must(tool("biome"), ["check", "."]) },
  { name: "unit tests", body: () => vitest("unit") },
  { name: "tests against the protocols' bytecode", body: () => vitest("contracts") },
  { name: "tests of the import on a node", body: () => vitest("chain") },
  { name: "build and package", needed: true, body: packageExtension },
  { name: "package and language server tests", body: () => vitest("package", "lsp") },
  { name: "tests in VS Code's extension host", body: testInEmbeddedVscode },
  { name: "user interface tests", body: () => vitest("panel", "ui") },
];

const long = [
  { name: "generate", needed: true, body: () => must(process.execPath, ["scripts/generate.mjs"]) },
  { name: "build and package", needed: true, body: packageExtension },
  { name: "long tests", body: () => vitest("long") },
  { name: "more user interface tests", body: () => vitest("ui-long") },
];

/**
 * Runs stages in order and prints the closing line that sums their tests.
 * @returns {Promise<number>} the exit code
 */
async function runStages(stages) {
  await mkdir(results, { recursive: true });
  let total = nothing;
  for (const [index, stage] of stages.entries()) {
    const counts = await runStage(stage);
    total = add(total, counts);
    if (!stage.needed || counts.failed === 0) continue;
    const rest = stages.slice(index + 1).map(({ name }) => name);
    console.log(`\nNot run because "${stage.name}" failed: ${rest.join(", ")}.`);
    break;
  }
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

async function runStage({ name, body }) {
  console.log(`\n▶ ${name}`);
  const begun = Date.now();
  const counts = await body().then(
    (value) => (value?.passed === undefined ? nothing : value),
    (error) => {
      console.error(error.message);
      return { ...nothing, failed: 1 };
    },
  );
  const verdict = counts.failed > 0 ? "failed" : "ok";
  console.log(`◀ ${name}: ${verdict} in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return counts;
}

/** Runs vitest projects; a suite that could not even be loaded counts as a failure. */
async function vitest(...projects) {
  const report = path.join(results, `${projects.join("-")}.json`);
  await rm(report, { force: true });
  const chosen = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(tool("vitest"), ["run", ...chosen, ...reporters]);
  const seen = JSON.parse(await readFile(report, "utf8").catch(() => "{}"));
  const failed = seen.numFailedTests ?? 0;
  return {
    passed: seen.numPassedTests ?? 0,
    failed: code !== 0 ? Math.max(failed, 1) : failed,
    skipped: (seen.numPendingTests ?? 0) + (seen.numTodoTests ?? 0),
  };
}

function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

if (isMain(import.meta.url)) await main(() => runStages(process.argv.includes("--long") ? long : quick));

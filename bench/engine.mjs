import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { riskFile } from "./files.mjs";
import { median, milliseconds, time } from "./measure.mjs";

const require = createRequire(import.meta.url);

/** Reading a file whose first value changes every time. */
export async function parsing(root) {
  const { parse } = await load(root, `export { parse } from "./src/dsl/parse";`);
  const rows = [];
  for (const lines of [100, 1_000, 10_000]) {
    const text = riskFile(lines);
    const times = [];
    for (let i = 0; i < 15; i++)
      times.push(await time(() => parse(text.replace("price: 3200", `price: ${3200 + i}`))));
    const measured = `${milliseconds(median(times))} (first ${milliseconds(times[0])})`;
    rows.push({ what: `parse ${lines.toLocaleString("en-US")} lines, median of 15`, budget: "", measured });
  }
  return rows;
}

/** Throughput of the larger example's Monte Carlo on one and on two threads, once the threads are warm. */
export async function throughput(root) {
  const { openRiskFile, createPool } = await load(
    root,
    `export { openRiskFile } from "./src/cli/open"; export { createPool } from "./src/run/pool";`,
  );
  const { runnable } = await openRiskFile(path.join(root, "examples/aave-v3-core.risk.yaml"));
  const scenario = runnable.scenarios.find(({ kind }) => kind === "monte-carlo");
  const rates = [];
  for (const size of [1, 2]) {
    const pool = createPool({ worker: path.join(root, "dist/worker.js"), size });
    const run = (first, count) => pool.simulate({ model: runnable.model, scenario, first, count });
    await run(0, 200 * size);
    rates.push(2000 / ((await time(() => run(0, 2000))) / 1000));
    await pool.dispose();
  }
  const rows = rates.map((rate, i) => ({
    what: `paths a second of the example's tail, ${i + 1} thread${i === 0 ? "" : "s"}`,
    budget: "",
    measured: rate.toFixed(0),
  }));
  return [...rows, { what: "  ratio", budget: "", measured: `${(rates[1] / rates[0]).toFixed(2)}x` }];
}

/** What a piece of TypeScript exports, from the sources of now. */
async function load(root, contents) {
  const folder = await mkdtemp(path.join(tmpdir(), "plimsoll-bench-"));
  try {
    const outfile = path.join(folder, "bench.cjs");
    const stdin = { contents, resolveDir: root, loader: "ts" };
    await build({ stdin, outfile, bundle: true, platform: "node", format: "cjs", target: "node20" });
    return require(outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import "../scripts/preflight.mjs";
import os from "node:os";
import { buildAll } from "../scripts/build.mjs";
import { main, root } from "../scripts/shell.mjs";
import { parsing, throughput } from "./engine.mjs";
import { language } from "./language.mjs";
import { opening } from "./opening.mjs";
import { idleMemory, saving, typing } from "./server.mjs";

/** Prints what the budgets are and what this machine needs. It judges nothing: machines differ, and so does their load. */
async function bench() {
  await buildAll();
  const [{ model }] = os.cpus();
  const load = os.loadavg()[0].toFixed(1);
  console.log(
    `Node ${process.versions.node}, ${os.availableParallelism()} processors (${model}), load ${load}\n`,
  );
  print({ what: "what", budget: "budget", measured: "measured" });
  for (const measure of [idleMemory, typing, opening, saving, parsing, language, throughput])
    for (const row of await measure(root)) print(row);
}

function print({ what, budget, measured }) {
  console.log(`${what.padEnd(56)} ${budget.padStart(9)}   ${measured}`);
}

await main(bench);

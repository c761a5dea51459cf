import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Samples } from "../../src/engine/samples";
import { Cancelled, simulate } from "../../src/engine/simulate";
import { simulateInline } from "../../src/run/inline";
import { createPool, type Pool, type PoolOptions, WorkerLost } from "../../src/run/pool";
import { type Bundled, bundle } from "./bundle";
import { smallModel, smallScenario } from "./small-model";

vi.setConfig({ testTimeout: 30_000 });

let bundled: Bundled;
let worker: string;
const pools: Pool[] = [];

beforeAll(async () => {
  bundled = await bundle({ worker: "src/run/worker.ts" });
  worker = path.join(bundled.folder, "worker.js");
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});
afterAll(() => bundled.remove());

function pool(options: Partial<PoolOptions> = {}): Pool {
  const made = createPool({ worker, size: 2, ...options });
  pools.push(made);
  return made;
}

const model = smallModel();
const scenario = smallScenario(120);
const all = { model, scenario, first: 0, count: 120 };
/** Long enough to be interrupted: minutes of work. */
const endless = { ...all, scenario: smallScenario(1_000_000), count: 1_000_000 };

describe("the bits of a run", () => {
  it("are those of one call of the engine, with 1, 2 and 3 threads and without any", async () => {
    const expected = simulate(model, scenario, { first: 0, count: 120 });
    expect(expected.markets[0].liquidatedAccounts.some((count) => count > 0)).toBe(true);
    for (const size of [1, 2, 3]) expect(await pool({ size }).simulate(all)).toEqual(expected);
    expect(await simulateInline(all)).toEqual(expected);
  });

  it("are the same for a range that starts later", async () => {
    const whole = simulate(model, scenario, { first: 0, count: 120 });
    const part = await pool().simulate({ ...all, first: 33, count: 50 });
    expect(part.first).toBe(33);
    expect(part.markets[0].badDebt).toEqual(whole.markets[0].badDebt.slice(33, 83));
    expect(part.assets[0].lowest).toEqual(whole.assets[0].lowest.slice(33, 83));
  });

  it("include the trace of the first path only when it is asked for", async () => {
    const traced = await pool().simulate({ ...all, first: 5, count: 40, trace: true });
    const alone = simulate(model, scenario, { first: 5, count: 1 }, { trace: true });
    expect(traced.trace).toEqual(alone.trace);
    expect((await pool().simulate(all)).trace).toBeUndefined();
  });

  it("do not depend on the models that were run before or are run beside it", async () => {
    const models = [10, 20, 30, 40].map((accounts) => smallModel(accounts));
    const threads = pool();
    const run = (each: typeof model) => threads.simulate({ ...all, model: each, count: 30 });
    const first = await Promise.all(models.map(run));
    const again = await Promise.all(models.toReversed().map(run));
    expect(again.toReversed()).toEqual(first);
    first.forEach((samples, i) => {
      expect(samples).toEqual(simulate(models[i], scenario, { first: 0, count: 30 }));
    });
  });
});

describe("progress", () => {
  it("gives growing prefixes of the result, none of them the whole", async () => {
    const job = { ...all, scenario: smallScenario(2000), count: 2000 };
    const seen: Samples[] = [];
    const result = await pool().simulate(job, undefined, (sofar) => seen.push(sofar));
    expect(seen.length).toBeGreaterThan(0);
    const counts = seen.map((samples) => samples.count);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    for (const { first, count, markets } of seen) {
      expect(first).toBe(0);
      expect(count).toBeLessThan(result.count);
      expect(markets[0].badDebt).toEqual(result.markets[0].badDebt.slice(0, count));
    }
  });

  it("is told by the inline form, too", async () => {
    const counts: number[] = [];
    await simulateInline(all, undefined, (sofar) => counts.push(sofar.count));
    expect(counts[0]).toBeLessThan(120);
  });
});

describe("cancellation", () => {
  it("rejects at once, and frees the threads for the next job", async () => {
    const threads = pool();
    const controller = new AbortController();
    const run = threads.simulate(endless, controller.signal, () => controller.abort());
    await expect(run).rejects.toThrow(Cancelled);
    expect((await threads.simulate(all)).count).toBe(120);
  });

  it("starts nothing when the signal was aborted before", async () => {
    await expect(pool().simulate(all, AbortSignal.abort())).rejects.toThrow(Cancelled);
    await expect(simulateInline(all, AbortSignal.abort())).rejects.toThrow(Cancelled);
  });

  it("ends all jobs of a signal, without a warning of too many listeners", async () => {
    const warnings: Error[] = [];
    process.on("warning", (warning) => warnings.push(warning));
    const controller = new AbortController();
    const threads = pool();
    const jobs = Array.from({ length: 20 }, () => threads.simulate(endless, controller.signal));
    controller.abort();
    const outcomes = await Promise.allSettled(jobs);
    expect(outcomes.every((each) => each.status === "rejected" && each.reason instanceof Cancelled)).toBe(
      true,
    );
    await sleep(10);
    expect(warnings).toEqual([]);
  });

  it("is not waited for: a job beside a long one gets its turns", async () => {
    const shared = pool({ size: 1 });
    const control = new AbortController();
    const long = shared.simulate(endless, control.signal).catch((error: Error) => error.name);
    expect((await shared.simulate(all)).count).toBe(120);
    control.abort();
    expect(await long).toBe("Cancelled");
  });

  it("leaves the jobs beside it alone", async () => {
    const threads = pool();
    const controller = new AbortController();
    const cancelled = threads.simulate(endless, controller.signal);
    const other = threads.simulate(all);
    setTimeout(() => controller.abort(), 50);
    await expect(cancelled).rejects.toThrow(Cancelled);
    expect((await other).count).toBe(120);
  });
});

describe("a thread that dies", () => {
  /** A worker that dies of a job of 13 paths, and otherwise does the real work. */
  async function mortalWorker(death: string): Promise<string> {
    const file = path.join(bundled.folder, `mortal-${death.length}.js`);
    const wrap = `const { parentPort } = require("node:worker_threads");
      const on = parentPort.on.bind(parentPort);
      parentPort.on = (event, listener) => on(event, (chunk) => {
        if (chunk.scenario.paths === 13) { ${death} }
        listener(chunk);
      });`;
    await writeFile(file, `${wrap}\nrequire("./worker.js");`);
    return file;
  }

  it.each([
    ["ends by itself", "process.exit(3)", /exit code 3/],
    ["throws outside of any job", 'throw new Error("bits fell off")', /bits fell off/],
    ["runs out of memory", "const all = []; for (;;) all.push(new Array(1e5).fill({}));", /memory/],
  ])(
    "because it %s rejects its job with WorkerLost, and a fresh one does the next",
    async (_, death, message) => {
      const threads = pool({ worker: await mortalWorker(death), heapMegabytes: 32 });
      expect((await threads.simulate(all)).count).toBe(120);
      const doomed = threads.simulate({ ...all, scenario: smallScenario(13), count: 13 });
      await expect(doomed).rejects.toThrow(WorkerLost);
      await expect(doomed).rejects.toThrow(message);
      expect(await threads.simulate(all)).toEqual(simulate(model, scenario, { first: 0, count: 120 }));
    },
  );

  it("before it did anything is not replaced again and again", async () => {
    const threads = pool({ worker: path.join(bundled.folder, "missing.js") });
    threads.warm();
    await sleep(200);
    await expect(threads.simulate(all)).rejects.toThrow(WorkerLost);
  });
});

describe("a failure of the engine", () => {
  it("rejects the job with its message and leaves the thread alive", async () => {
    const threads = pool();
    const broken = { ...model, markets: [{ ...model.markets[0], rules: "no-such-rules" }] };
    for (let time = 0; time < 2; time++)
      await expect(threads.simulate({ ...all, model: broken })).rejects.toThrow(/no-such-rules/);
    expect((await threads.simulate(all)).count).toBe(120);
  });
});

describe("the end of a pool", () => {
  it("cancels the jobs at work and takes no more", async () => {
    const threads = pool();
    const run = threads.simulate(endless);
    const outcome = expect(run).rejects.toThrow(Cancelled);
    await threads.dispose();
    await outcome;
    await expect(threads.simulate(all)).rejects.toThrow(/ended/);
  });
});

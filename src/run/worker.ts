import { parentPort } from "node:worker_threads";
import type { Model } from "../engine/model";
import { Cancelled, prepare, type Simulation } from "../engine/simulate";
import { buffersOf } from "./buffers";
import type { Answer, Chunk } from "./messages";

/** Prepared at their first chunk. */
const models = new Map<number, { readonly model: Model; simulation?: Simulation }>();

parentPort?.on("message", (chunk: Chunk) => {
  const answer = answerTo(chunk);
  parentPort?.postMessage(answer, answer.kind === "samples" ? buffersOf(answer.samples) : []);
});

function answerTo(chunk: Chunk): Answer {
  try {
    return runChunk(chunk);
  } catch (error) {
    if (error instanceof Cancelled) return { kind: "cancelled" };
    if (error instanceof Error) return { kind: "failed", message: error.message, stack: error.stack };
    return { kind: "failed", message: String(error) };
  }
}

function runChunk({ forget, modelId, model, scenario, first, count, trace, cancel }: Chunk): Answer {
  for (const id of forget) models.delete(id);
  if (model) models.set(modelId, { model });
  const known = models.get(modelId);
  if (!known) throw new Error(`Model ${modelId} was never sent to this worker.`);
  const begun = performance.now();
  const cancelled = () => Atomics.load(cancel, 0) !== 0;
  known.simulation ??= prepare(known.model);
  const samples = known.simulation.run(scenario, { first, count }, { trace, cancelled });
  return { kind: "samples", samples, milliseconds: performance.now() - begun };
}

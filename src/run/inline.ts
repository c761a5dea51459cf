import { prepare } from "../engine/simulate";
import { nextChunk, type Pace } from "./pace";
import { addPart, emptyPrefix, joinPrefix } from "./prefix";
import type { Simulate } from "./simulate";

/** `Simulate` on the calling thread, for tests and where threads cannot be had. Other work goes on between chunks. */
export const simulateInline: Simulate = async (job, signal, onProgress) => {
  const simulation = prepare(job.model);
  const pace: Pace = {};
  const prefix = emptyPrefix(job.first);
  const end = job.first + job.count;
  const cancelled = () => signal?.aborted === true;
  while (prefix.next < end) {
    if (prefix.parts.length > 0) onProgress?.(joinPrefix(prefix));
    await new Promise(setImmediate);
    const range = { first: prefix.next, count: nextChunk(pace, end - prefix.next, 1) };
    const begun = performance.now();
    addPart(prefix, simulation.run(job.scenario, range, { trace: traced(range.first), cancelled }));
    pace.millisecondsPerPath = (performance.now() - begun) / range.count;
  }
  return joinPrefix(prefix);

  function traced(first: number): boolean {
    return job.trace === true && first === job.first;
  }
};

import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";

/** The paths [first, first + count) of a scenario. */
export interface Job {
  readonly model: Model;
  readonly scenario: Scenario;
  readonly first: number;
  readonly count: number;
  /** Record every step of the job's first path. */
  readonly trace?: boolean;
}

/**
 * Runs a job. The samples are the same bits for any number of threads. Rejects with the engine's `Cancelled` when
 * `signal` aborts, and with `WorkerLost` when the thread it ran on died.
 * @param onProgress gets the samples of all paths up to the first one that is missing, about every 100 ms
 */
export type Simulate = (
  job: Job,
  signal?: AbortSignal,
  onProgress?: (sofar: Samples) => void,
) => Promise<Samples>;

import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";

/** The paths [first, first + count) of a scenario; `trace` records every step of the first one. */
export interface Job {
  readonly model: Model;
  readonly scenario: Scenario;
  readonly first: number;
  readonly count: number;
  readonly trace?: boolean;
}

/**
 * How insight asks for samples, wherever they are computed. Rejects when `signal` aborts.
 * @param onProgress gets the samples of all paths up to the first one that is missing
 */
export type Simulate = (
  job: Job,
  signal?: AbortSignal,
  onProgress?: (sofar: Samples) => void,
) => Promise<Samples>;

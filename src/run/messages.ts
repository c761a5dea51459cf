import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";

/** To a worker: one range of paths. Answered by exactly one `Answer`. */
export interface Chunk {
  readonly modelId: number;
  /** Sent with the first chunk of a model; the worker keeps it until told to forget it. */
  readonly model?: Model;
  readonly forget: readonly number[];
  readonly scenario: Scenario;
  readonly first: number;
  readonly count: number;
  readonly trace: boolean;
  /** One element; not zero once the job is cancelled. In shared memory, because a busy worker reads no messages. */
  readonly cancel: Int32Array;
}

/** From a worker. */
export type Answer =
  | { readonly kind: "samples"; readonly samples: Samples; readonly milliseconds: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string; readonly stack?: string };

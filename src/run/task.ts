import type { Samples } from "../engine/samples";
import { nextChunk, type Pace } from "./pace";
import { emptyPrefix, joinPrefix, type Prefix } from "./prefix";
import type { Job } from "./simulate";

/** A job at work. */
export interface Task {
  readonly job: Job;
  /** The path after the last. */
  readonly end: number;
  /** Shared with the threads; not zero once the task is over. */
  readonly cancel: Int32Array;
  readonly pace: Pace;
  readonly prefix: Prefix;
  /** The first path no thread has yet. */
  unassigned: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (sofar: Samples) => void;
  /** When progress was last told, in milliseconds. */
  told: number;
  readonly resolve: (samples: Samples) => void;
  readonly reject: (error: Error) => void;
}

const PROGRESS_MILLISECONDS = 100;

export function newTask(job: Job, outcome: Pick<Task, "signal" | "onProgress" | "resolve" | "reject">): Task {
  if (!(job.count >= 1))
    throw new RangeError(`A job needs at least one path, and this one has ${job.count}.`);
  return {
    job,
    end: job.first + job.count,
    cancel: new Int32Array(new SharedArrayBuffer(4)),
    pace: {},
    prefix: emptyPrefix(job.first),
    unassigned: job.first,
    told: performance.now(),
    ...outcome,
  };
}

/** Takes the next paths of a task for one of `threads` threads. */
export function takeRange(task: Task, threads: number): { first: number; count: number; trace: boolean } {
  const first = task.unassigned;
  const count = nextChunk(task.pace, task.end - first, threads);
  task.unassigned += count;
  return { first, count, trace: task.job.trace === true && first === task.job.first };
}

export function tellProgress(task: Task): void {
  const now = performance.now();
  if (!task.onProgress || task.prefix.parts.length === 0 || now - task.told < PROGRESS_MILLISECONDS) return;
  task.told = now;
  task.onProgress(joinPrefix(task.prefix));
}

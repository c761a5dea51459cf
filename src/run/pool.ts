import { availableParallelism } from "node:os";
import * as l10n from "@vscode/l10n";
import type { Model } from "../engine/model";
import type { Samples } from "../engine/samples";
import { Cancelled } from "../engine/simulate";
import type { Answer } from "./messages";
import { addPart, joinPrefix } from "./prefix";
import { type Lost, occupy, openSeat, type Seat, type SeatOptions } from "./seat";
import type { Job, Simulate } from "./simulate";
import { newTask, type Task, takeRange, tellProgress } from "./task";

export interface PoolOptions extends SeatOptions {
  /** Number of threads; by default two, or one on a machine with one processor. */
  readonly size?: number;
}

export interface Pool {
  readonly size: number;
  readonly simulate: Simulate;
  /** Starts the threads ahead of the first job. */
  warm(): void;
  /** Ends all threads; jobs at work reject with `Cancelled`. The pool takes no jobs afterwards. */
  dispose(): Promise<void>;
}

/** A job's thread died before it had finished. A fresh thread does the next jobs. */
export class WorkerLost extends Error {
  override readonly name = "WorkerLost";
}

interface State {
  readonly options: PoolOptions;
  readonly size: number;
  readonly seats: Set<Seat>;
  /** The one that has waited longest for a thread comes first. */
  readonly tasks: Set<Task>;
  readonly modelId: (model: Model) => number;
  readonly watched: WeakSet<AbortSignal>;
  disposed: boolean;
}

/** Threads that share the chunks of all jobs. */
export function createPool(options: PoolOptions): Pool {
  const size = options.size ?? Math.min(2, availableParallelism());
  const pool: State = {
    options,
    size,
    seats: new Set(),
    tasks: new Set(),
    modelId: identities(),
    watched: new WeakSet(),
    disposed: false,
  };
  return {
    size,
    simulate: (job, signal, onProgress) => runJob(pool, job, signal, onProgress),
    warm() {
      while (!pool.disposed && pool.seats.size < size) open(pool);
    },
    async dispose() {
      pool.disposed = true;
      for (const task of pool.tasks) finish(pool, task, new Cancelled());
      await Promise.all([...pool.seats].map((seat) => seat.worker.terminate()));
    },
  };
}

async function runJob(
  pool: State,
  job: Job,
  signal?: AbortSignal,
  onProgress?: (sofar: Samples) => void,
): Promise<Samples> {
  if (pool.disposed) throw new Error("The simulation threads were ended; they take no more jobs.");
  if (signal?.aborted) throw new Cancelled();
  const outcome = new Promise<Samples>((resolve, reject) => {
    pool.tasks.add(newTask(job, { signal, onProgress, resolve, reject }));
  });
  if (signal) watch(pool, signal);
  dispatch(pool);
  return outcome;
}

/** One listener a signal, however many jobs it stands for. */
function watch(pool: State, signal: AbortSignal): void {
  if (pool.watched.has(signal)) return;
  pool.watched.add(signal);
  const cancel = () => {
    for (const task of pool.tasks) if (task.signal === signal) finish(pool, task, new Cancelled());
  };
  signal.addEventListener("abort", cancel, { once: true });
}

/** Gives free threads the next chunks, one of each task in turn: a long job does not hold up another file's. */
function dispatch(pool: State): void {
  for (let task = nextTask(pool); task; task = nextTask(pool)) {
    const seat = freeSeat(pool);
    if (!seat) return;
    pool.tasks.delete(task);
    pool.tasks.add(task);
    void assign(pool, task, seat);
  }
}

function nextTask({ tasks }: State): Task | undefined {
  for (const task of tasks) if (task.unassigned < task.end) return task;
  return undefined;
}

function freeSeat(pool: State): Seat | undefined {
  for (const seat of pool.seats) if (!seat.waiting) return seat;
  return pool.seats.size < pool.size ? open(pool) : undefined;
}

function open(pool: State): Seat {
  const seat = openSeat(pool.options, () => {
    pool.seats.delete(seat);
    if (seat.proven && !pool.disposed) open(pool);
  });
  pool.seats.add(seat);
  return seat;
}

async function assign(pool: State, task: Task, seat: Seat): Promise<void> {
  const { model, scenario } = task.job;
  const chunk = {
    ...takeRange(task, pool.size),
    scenario,
    cancel: task.cancel,
    modelId: pool.modelId(model),
  };
  try {
    receive(pool, task, await occupy(seat, chunk, model));
  } catch (error) {
    finish(pool, task, error as Error);
  }
  dispatch(pool);
}

function receive(pool: State, task: Task, answer: Answer | Lost): void {
  if (!pool.tasks.has(task) || answer.kind === "cancelled") return;
  if (answer.kind === "lost")
    throw new WorkerLost(l10n.t("A simulation thread was lost: {0}", answer.reason));
  if (answer.kind === "failed") throw Object.assign(new Error(answer.message), { stack: answer.stack });
  task.pace.millisecondsPerPath = answer.milliseconds / answer.samples.count;
  addPart(task.prefix, answer.samples);
  if (task.prefix.next === task.end) finish(pool, task);
  else tellProgress(task);
}

/** Ends a task once, with its samples or with what went wrong, and stops the threads that are still at it. */
function finish(pool: State, task: Task, error?: Error): void {
  if (!pool.tasks.delete(task)) return;
  task.unassigned = task.end;
  Atomics.store(task.cancel, 0, 1);
  if (error) task.reject(error);
  else task.resolve(joinPrefix(task.prefix));
}

/** Numbers objects by identity, without keeping them alive. */
function identities<T extends object>(): (item: T) => number {
  const known = new WeakMap<T, number>();
  let last = 0;
  return (item) => {
    const id = known.get(item) ?? ++last;
    known.set(item, id);
    return id;
  };
}

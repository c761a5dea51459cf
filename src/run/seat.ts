import { Worker } from "node:worker_threads";
import * as l10n from "@vscode/l10n";
import type { Model } from "../engine/model";
import type { Answer, Chunk } from "./messages";

/** The thread ended before it answered, and why. */
export interface Lost {
  readonly kind: "lost";
  readonly reason: string;
}

/** One worker thread with at most one chunk at work. */
export interface Seat {
  readonly worker: Worker;
  /** False until its first answer; a worker that never answered is not worth replacing before it is needed. */
  proven: boolean;
  /** What the chunk at work is waited on with. */
  waiting?: (answer: Answer | Lost) => void;
  /** Ids of the models the worker has, the most recently used last. */
  held: number[];
  /** Of its end, when it told one. */
  reason?: string;
}

export interface SeatOptions {
  /** File of the bundled `worker.ts`. */
  readonly worker: string;
  /** Limit of the thread's JavaScript heap in MB; typed arrays lie outside it. */
  readonly heapMegabytes?: number;
}

/** Changes of parameters alternate between two models: the one before and the one after. */
const MODELS_KEPT = 2;

/** Starts a thread; `onGone` is called once when it ended, whatever the cause. */
export function openSeat({ worker: file, heapMegabytes }: SeatOptions, onGone: (seat: Seat) => void): Seat {
  const resourceLimits = heapMegabytes === undefined ? {} : { maxOldGenerationSizeMb: heapMegabytes };
  const worker = new Worker(file, { resourceLimits });
  const seat: Seat = { worker, proven: false, held: [] };
  worker.on("message", (answer: Answer) => {
    seat.proven = true;
    settle(seat)?.(answer);
  });
  worker.on("error", (error) => {
    seat.reason = error.message;
  });
  worker.on("exit", (code) => {
    onGone(seat);
    settle(seat)?.({ kind: "lost", reason: seat.reason ?? l10n.t("it ended with exit code {0}", code) });
  });
  return seat;
}

/** Gives the seat a chunk; it must be free. */
export function occupy(
  seat: Seat,
  chunk: Omit<Chunk, "model" | "forget">,
  model: Model,
): Promise<Answer | Lost> {
  const known = seat.held.includes(chunk.modelId);
  const held = [...seat.held.filter((id) => id !== chunk.modelId), chunk.modelId];
  const forget = held.slice(0, -MODELS_KEPT);
  return new Promise((resolve) => {
    seat.worker.postMessage({ ...chunk, forget, ...(!known && { model }) } satisfies Chunk);
    seat.held = held.slice(-MODELS_KEPT);
    seat.waiting = resolve;
  });
}

function settle(seat: Seat): Seat["waiting"] {
  const { waiting } = seat;
  seat.waiting = undefined;
  return waiting;
}

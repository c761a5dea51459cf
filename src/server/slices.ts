import { setImmediate as turn } from "node:timers/promises";
import type { Steps } from "../dsl/steps";

/** Milliseconds for which work may keep messages waiting. */
const SLICE = 20;

/**
 * Turns of the event loop between two slices. Each answers one message: what was asked during a slice does not queue up
 * behind the next one.
 */
const BREAK = 16;

/** Does work in slices, so that messages are answered before it and in between. */
export async function inSlices<T>(work: Steps<T>): Promise<T> {
  for (;;) {
    for (let turns = 0; turns < BREAK; turns++) await turn();
    const { done, value } = slice(work);
    if (done) return value;
  }
}

/**
 * Does work in slices, the first one at once.
 * @param over called with what the work came to: before this returns, when one slice is enough
 * @param length milliseconds of a slice
 * @returns a function that stops the work
 */
export function startInSlices<T>(work: Steps<T>, over: (result: T) => void, length = SLICE): () => void {
  let waiting: NodeJS.Immediate | undefined;
  const go = () => {
    const { done, value } = slice(work, length);
    if (done) over(value);
    else rest(BREAK);
  };
  const rest = (turns: number) => {
    waiting = setImmediate(() => (turns > 1 ? rest(turns - 1) : go()));
  };
  go();
  return () => clearImmediate(waiting);
}

function slice<T>(work: Steps<T>, length = SLICE): IteratorResult<void, T> {
  const end = performance.now() + length;
  for (;;) {
    const step = work.next();
    if (step.done || performance.now() >= end) return step;
  }
}

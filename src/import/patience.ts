import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled } from "../engine/simulate";
import { type FailureKind, failureOf } from "./failure";

/** The waits double: 0.25 s to 8 s. A node that says how long to wait is obeyed. */
export const MOST_WAITS = 6;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 60_000;

/** Repeats a request that fails for one of the reasons given. @throws Cancelled, or what the last attempt threw */
export async function patiently<T>(
  body: () => Promise<T>,
  reasons: readonly FailureKind[],
  signal: AbortSignal,
): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await body();
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      const { kind, wait = FIRST_WAIT * 2 ** waits } = failureOf(error);
      if (waits === MOST_WAITS || !reasons.includes(kind)) throw error;
      await sleep(Math.min(wait, LONGEST_WAIT), undefined, { signal }).catch(() => {});
    }
  }
}

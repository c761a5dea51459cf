import { setTimeout as sleep } from "node:timers/promises";
import type { Hex } from "viem";
import { Cancelled } from "../engine/simulate";
import type { Chain, Log } from "./chain";
import { failureOf } from "./failure";
import { ImportProblem } from "./import-problem";

/** What nodes allow differs from 10 blocks to all of them: a range that is refused is halved, one that is not doubled. */
const FIRST_RANGE = 10_000;
const LARGEST_RANGE = 1_000_000;
const MOST_WAITS = 6;
const FIRST_WAIT = 250;

export interface LogOptions {
  readonly address: Hex;
  readonly topic: Hex;
  readonly from: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  readonly onLogs: (logs: readonly Log[]) => void;
}

/** All logs of an event up to the pinned block, in ranges that the node allows. */
export async function eachLog(chain: Chain, options: LogOptions): Promise<void> {
  const { address, topic, from, signal, onProgress, onLogs } = options;
  let range = FIRST_RANGE;
  let waits = 0;
  for (let next = from; next <= chain.block; ) {
    if (signal.aborted) throw new Cancelled();
    const last = Math.min(chain.block, next + range - 1);
    try {
      onLogs(await chain.logs(address, topic, next, last));
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      const { kind, detail } = failureOf(error);
      if (kind === "rejected" || kind === "timeout" || kind === "no-state") {
        if (range === 1) throw refused(next, detail);
        range = Math.ceil(Math.min(range, last - next + 1) / 2);
        continue;
      }
      if (waits === MOST_WAITS) throw tooOften(next, last, detail);
      await sleep(FIRST_WAIT * 2 ** waits++, undefined, { signal }).catch(() => {});
      continue;
    }
    waits = 0;
    next = last + 1;
    range = Math.min(LARGEST_RANGE, range * 2);
    onProgress(next - from, chain.block - from + 1);
  }
}

/** The first block at which there is code at an address; 0 where the node does not know old states. */
export async function firstBlockOf(chain: Chain, address: Hex): Promise<number> {
  let [without, withCode] = [-1, chain.block];
  try {
    while (withCode - without > 1) {
      const middle = Math.floor((without + withCode) / 2);
      if (await chain.hasCode(address, middle)) withCode = middle;
      else without = middle;
    }
    return withCode;
  } catch (error) {
    if (error instanceof ImportProblem) return 0;
    throw error;
  }
}

function refused(block: number, detail: string): ImportProblem {
  return new ImportProblem(
    `The node gives no logs of block ${block}, not even of it alone. It said: ${detail} Use a node with eth_getLogs over the deployment's whole history.`,
  );
}

function tooOften(from: number, to: number, detail: string): ImportProblem {
  return new ImportProblem(
    `The node failed ${MOST_WAITS + 1} times on the logs of blocks ${from} to ${to}, with growing waits. It said: ${detail} Try again later, or use another node.`,
  );
}

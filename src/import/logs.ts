import type { Hex } from "viem";
import { Cancelled } from "../engine/simulate";
import type { Chain, Log, Topics } from "./chain";
import { type FailureKind, failureOf } from "./failure";
import { ImportProblem } from "./import-problem";
import { MOST_WAITS } from "./patience";

/** What nodes allow differs from 10 blocks to all of them: ranges double until one is refused; that is halved, and they grow slowly. */
const FIRST_RANGE = 10_000;
const LARGEST_RANGE = 1_000_000;
const FAST = 2;
const SLOW = 1.1;

const SHORTER_MAY_DO: readonly FailureKind[] = ["rejected", "timeout", "no-state"];

export interface LogOptions {
  readonly address: Hex;
  readonly topics: Topics;
  readonly from: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  readonly onLogs: (logs: readonly Log[]) => void;
}

/** All logs of an event up to the pinned block, in ranges that the node allows. */
export async function eachLog(chain: Chain, options: LogOptions): Promise<void> {
  const { address, topics, from, signal, onProgress, onLogs } = options;
  let range = FIRST_RANGE;
  let growth = FAST;
  for (let next = from; next <= chain.block; ) {
    if (signal.aborted) throw new Cancelled();
    const last = Math.min(chain.block, next + range - 1);
    try {
      onLogs(await chain.logs(address, topics, next, last));
    } catch (error) {
      if (signal.aborted || error instanceof Cancelled) throw new Cancelled();
      const { kind, detail } = failureOf(error);
      if (!SHORTER_MAY_DO.includes(kind)) throw failed(next, last, detail);
      if (last === next) throw refused(next, detail);
      range = Math.ceil((last - next + 1) / 2);
      growth = SLOW;
      continue;
    }
    next = last + 1;
    range = Math.min(LARGEST_RANGE, Math.ceil(range * growth));
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
    `The node gives no logs of block ${block}, not even of it alone. It said: ${detail}. Use a node with eth_getLogs over the deployment's whole history.`,
  );
}

function failed(from: number, to: number, detail: string): ImportProblem {
  return new ImportProblem(
    `The node gives no logs of blocks ${from} to ${to}, also after ${MOST_WAITS} waits. It said: ${detail}. Try again later, or use another node.`,
  );
}

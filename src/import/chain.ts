import { type Abi, createClient, type Hex, HttpRequestError, http, type PublicClient } from "viem";
import { getBlock, getChainId, getCode, multicall } from "viem/actions";
import { Cancelled } from "../engine/simulate";
import { type Failure, type FailureKind, failureOf, isOfNode } from "./failure";
import { ImportProblem } from "./import-problem";
import { MOST_WAITS, patiently } from "./patience";
import { publicUrl } from "./redact";

/** A call of a contract's view function. */
export interface Call {
  readonly to: Hex;
  readonly abi: Abi;
  readonly name: string;
  readonly args?: readonly unknown[];
}

/** What an event's topics are, in order; of several, any. */
export type Topics = readonly (Hex | readonly Hex[])[];

export interface Log {
  readonly topics: readonly Hex[];
}

/** A chain as it was at one block. */
export interface Chain {
  readonly id: number;
  readonly block: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** The results of calls; undefined where a call was reverted or the contract lacks the function. */
  ask<T>(calls: readonly Call[]): Promise<(T | undefined)[]>;
  /** The results of calls that every contract of the kind answers. @throws ImportProblem where one does not */
  need<T>(calls: readonly Call[]): Promise<T[]>;
  /** Whether there is code at an address at a block. */
  hasCode(address: Hex, block?: number): Promise<boolean>;
  /** Logs in a range of blocks, both included. @throws Failure of the node, as it is */
  logs(address: Hex, topics: Topics, from: number, to: number): Promise<readonly Log[]>;
  /** Whether the block is still part of the chain. */
  isCanonical(): Promise<boolean>;
}

export interface ChainOptions {
  readonly url: string;
  /** Absent: the newest block. */
  readonly block?: number;
  readonly signal: AbortSignal;
}

/** Calls in one request; the node runs them in one go, and its gas for that is bounded. */
const CALLS_A_REQUEST = 40;
const TIMEOUT = 30_000;
/** Where a part of the request would fail as well. */
const WORTH_WAITING: readonly FailureKind[] = ["rate-limited", "failing"];

/** Connects to a node and pins a block. @throws ImportProblem, Cancelled */
export async function connect({ url, block, signal }: ChainOptions): Promise<Chain> {
  const client = clientOf(url, signal);
  const attempt = async <T>(body: () => Promise<T>): Promise<T> => {
    try {
      return await patiently(body, [...WORTH_WAITING, "timeout"], signal);
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      throw problemOf(failureOf(error), url, block);
    }
  };
  const id = await attempt(() => getChainId(client));
  const pinned = await attempt(() =>
    getBlock(client, block === undefined ? { blockTag: "latest" } : { blockNumber: BigInt(block) }),
  );
  const { number, hash } = pinned;
  const chain: Chain = {
    id,
    block: Number(number),
    time: Number(pinned.timestamp),
    ask: async <T>(calls: readonly Call[]) => {
      const answers: (T | undefined)[] = [];
      for (let first = 0; first < calls.length; first += CALLS_A_REQUEST)
        answers.push(
          ...(await attempt(() => askSome<T>(client, calls.slice(first, first + CALLS_A_REQUEST), number))),
        );
      return answers;
    },
    need: async <T>(calls: readonly Call[]) => {
      const answers = await chain.ask<T>(calls);
      return answers.map((answer, i) => (answer === undefined ? missing(calls[i], chain) : answer));
    },
    hasCode: async (address, at = chain.block) =>
      ((await attempt(() => getCode(client, { address, blockNumber: BigInt(at) }))) ?? "0x") !== "0x",
    logs: (address, topics, from, to) => {
      const range = { fromBlock: hex(from), toBlock: hex(to) };
      const params: [object] = [{ address, topics, ...range }];
      return patiently(() => client.request({ method: "eth_getLogs", params }), WORTH_WAITING, signal);
    },
    isCanonical: () => attempt(async () => (await getBlock(client, { blockNumber: number })).hash === hash),
  };
  return chain;
}

/** Waiting is not left to viem: it also waits for what nothing listens at. */
function clientOf(url: string, signal: AbortSignal): PublicClient {
  const transport = http(url, {
    timeout: TIMEOUT,
    retryCount: 0,
    fetchOptions: { signal },
    onFetchResponse: keepStatus,
  });
  return createClient({ transport }) as PublicClient;
}

/** An error page that calls itself JSON would hide its status. */
async function keepStatus(response: Response): Promise<void> {
  if (response.ok || isJson(await response.clone().text())) return;
  const { status, headers, statusText: details, url } = response;
  throw new HttpRequestError({ status, headers, details, url });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What fails among others is asked for alone: it may only have been one call too many for the node's gas. */
async function askSome<T>(client: PublicClient, calls: readonly Call[], block: bigint) {
  const contracts = calls.map(({ to, abi, name, args = [] }) => ({
    address: to,
    abi,
    functionName: name,
    args,
  }));
  const options = { contracts, blockNumber: block, deployless: true, batchSize: 0 } as const;
  const results = await multicall(client, options);
  const answers: (T | undefined)[] = [];
  for (const [i, result] of results.entries()) {
    if (result.status === "failure") requireOwnFailure(result.error, calls.length === 1);
    const answer = result.status === "success" ? (result.result as T) : undefined;
    answers.push(
      answer === undefined && calls.length > 1 ? (await askSome<T>(client, [calls[i]], block))[0] : answer,
    );
  }
  return answers;
}

/** A request that failed as a whole comes back as the failure of each of its calls. */
function requireOwnFailure(error: Error, alone: boolean): void {
  if (!isOfNode(error)) return;
  const { kind, detail } = failureOf(error);
  if (kind === "rejected" && (!alone || /revert|gas|invalid opcode/i.test(detail))) return;
  throw error;
}

/** @throws ImportProblem where there is no contract at an address. @param advice what to do then */
export async function requireCode(chain: Chain, address: Hex, advice: string): Promise<void> {
  if (await chain.hasCode(address)) return;
  throw new ImportProblem(
    `There is no contract at ${address} on chain ${chain.id} at block ${chain.block}. ${advice}`,
  );
}

function missing({ to, name }: Call, { id, block }: Chain): never {
  throw new ImportProblem(
    `The contract ${to} on chain ${id} at block ${block} does not answer ${name}(), or reverts it. ` +
      "Check that the address is the one the command asks for, that the RPC URL is of the right chain, and that the deployment was complete at that block.",
  );
}

function problemOf({ kind, detail }: Failure, url: string, block: number | undefined): ImportProblem {
  const node = publicUrl(url);
  const at = block === undefined ? "the newest block" : `block ${block}`;
  const said = detail ? ` It said: ${firstLine(detail)}` : "";
  switch (kind) {
    case "rate-limited":
      return new ImportProblem(
        `The node at ${node} limits requests, also after ${MOST_WAITS} waits.${said} Try again later, or use another node.`,
      );
    case "timeout":
      return new ImportProblem(
        `The node at ${node} did not answer within ${TIMEOUT / 1000} s. Try again, or use another node.`,
      );
    case "refused":
      return new ImportProblem(
        `The node at ${node} refuses the request. Check the key in the RPC URL.${said}`,
      );
    case "no-state":
      return new ImportProblem(
        `The node at ${node} does not have the state of ${at}.${said} Use an archive node or another block, or leave --block out.`,
      );
    case "failing":
      return new ImportProblem(
        `The node at ${node} failed, also after ${MOST_WAITS} waits.${said} Try again later, or use another node.`,
      );
    case "rejected":
      return new ImportProblem(`The node at ${node} rejected a request.${said}`);
    case "unreachable":
      return new ImportProblem(
        `There is no JSON-RPC node to talk to at ${node}.${said} Check the RPC URL (http or https) and the network.`,
      );
  }
}

function firstLine(text: string): string {
  return `${text.split("\n")[0].slice(0, 200).replace(/\.$/, "")}.`;
}

function hex(block: number): Hex {
  return `0x${block.toString(16)}`;
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { decodeFunctionResult, encodeDeployData, encodeFunctionData, type Hex } from "viem";
import { type Chain, type Contract, linked, OWNER, reasonOf } from "../contracts/evm";

/** An Ethereum node of its own on loopback: anvil, a real JSON-RPC server. Every transaction has a block. */
export interface Node extends Chain {
  readonly url: string;
  request<T>(method: string, params?: readonly unknown[]): Promise<T>;
  /** What a call would return at the newest block; it changes nothing. */
  foresee<T>(from: Hex, to: Contract, name: string, ...args: unknown[]): Promise<T>;
  /** The result of a view function at the newest block. */
  read<T>(to: Contract, name: string, ...args: unknown[]): Promise<T>;
  stop(): Promise<void>;
}

export const CHAIN_ID = 424_242;
const GAS = "0x1c9c380";

/** Starts a node on a free port. Accounts need no keys and pay no fees, contracts may be as large as they like. */
export async function startNode(): Promise<Node> {
  const options =
    "--port 0 --hardfork shanghai --gas-price 0 --base-fee 0 --disable-code-size-limit --auto-impersonate --no-mining";
  const anvil = createRequire(import.meta.url).resolve("@foundry-rs/anvil/bin.mjs");
  const args = [anvil, ...options.split(" "), "--chain-id", String(CHAIN_ID)];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressOf(child);
  const request = async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const { result, error } = (await answer.json()) as { result: T; error?: { message: string; data?: Hex } };
    if (error) throw new Rejected(error.message, error.data);
    return result;
  };
  /** The node's own mining would race with what comes next. */
  const transact = async (transaction: Record<string, unknown>): Promise<Receipt> => {
    const hash = await request<Hex>("eth_sendTransaction", [{ ...transaction, gas: GAS, gasPrice: "0x0" }]);
    await request("evm_mine");
    const receipt = await request<Receipt | null>("eth_getTransactionReceipt", [hash]);
    if (!receipt) throw new Error("A transaction was not mined.");
    return receipt;
  };
  const call = (from: Hex, to: Contract, data: Hex) =>
    request<Hex>("eth_call", [{ from, to: to.address, data, gas: GAS }, "latest"]);
  const node: Node = {
    url,
    request,
    async deploy(artifact, args = [], libraries = {}) {
      const data = encodeDeployData({ abi: artifact.abi, bytecode: linked(artifact, libraries), args });
      const { status, contractAddress } = await transact({ from: OWNER, data });
      if (status !== "0x1" || !contractAddress) throw new Error("A contract could not be deployed.");
      return { address: contractAddress, abi: artifact.abi };
    },
    async send(from, to, name, args) {
      const answer = await node.attempt(from, to, name, args);
      if (answer.revert !== undefined) throw new Error(`${name} was reverted: ${answer.revert}`);
      return answer.value;
    },
    async attempt(from, to, name, args = []) {
      try {
        const value = await node.foresee(from, to, name, ...args);
        if (isView(to, name)) return { value, logs: [] };
        const data = encodeFunctionData({ abi: to.abi, functionName: name, args });
        const { logs } = await transact({ from, to: to.address, data });
        return { value, logs };
      } catch (error) {
        if (error instanceof Rejected)
          return { logs: [], revert: error.data ? reasonOf(to.abi, error.data) : error.message };
        throw error;
      }
    },
    async foresee<T>(from: Hex, to: Contract, name: string, ...args: unknown[]) {
      const data = encodeFunctionData({ abi: to.abi, functionName: name, args });
      return decodeFunctionResult({
        abi: to.abi,
        functionName: name,
        data: await call(from, to, data),
      }) as T;
    },
    read: (to, name, ...args) => node.foresee(OWNER, to, name, ...args),
    async rehearse(body) {
      const snapshot = await request("evm_snapshot");
      try {
        return await body();
      } finally {
        await request("evm_revert", [snapshot]);
      }
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
  return node;
}

interface Receipt {
  readonly status: Hex;
  readonly contractAddress?: Hex;
  readonly logs: readonly { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex }[];
}

class Rejected extends Error {
  constructor(
    message: string,
    readonly data?: Hex,
  ) {
    super(message);
  }
}

function isView({ abi }: Contract, name: string): boolean {
  const found = abi.find((each) => each.type === "function" && each.name === name);
  return found?.type === "function" && (found.stateMutability === "view" || found.stateMutability === "pure");
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, address] = /^Listening on (\S+)/.exec(line) ?? [];
    if (!address) continue;
    child.stdout!.resume();
    return `http://${address}`;
  }
  throw new Error("anvil ended before it listened.");
}

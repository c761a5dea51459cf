import { Common, Hardfork, Mainnet } from "@ethereumjs/common";
import { createEVM, type EVM } from "@ethereumjs/evm";
import { createAddressFromString, createZeroAddress, hexToBytes } from "@ethereumjs/util";
import {
  type Abi,
  bytesToHex,
  decodeErrorResult,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
} from "viem";

/** A contract as a compiler leaves it. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: string;
  /** By file and library, where their addresses go in the bytecode, in bytes. */
  readonly linkReferences?: Readonly<
    Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
  >;
}

export interface Contract {
  readonly address: Hex;
  readonly abi: Abi;
}

/** What a call came to: its decoded result and the logs, or why it was reverted. */
export interface Answer {
  readonly value?: unknown;
  readonly logs: readonly { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex }[];
  /** Absent when the call went through. */
  readonly revert?: string;
}

/** An Ethereum of its own, in this process: no blocks, no fees, time stands still. */
export interface Chain {
  deploy(
    artifact: Artifact,
    args?: readonly unknown[],
    libraries?: Readonly<Record<string, Hex>>,
  ): Promise<Contract>;
  /** Throws when the call is reverted. */
  send(from: Hex, to: Contract, name: string, args?: readonly unknown[]): Promise<unknown>;
  attempt(from: Hex, to: Contract, name: string, args?: readonly unknown[]): Promise<Answer>;
  /** Forgets everything that `body` changes. */
  rehearse<T>(body: () => Promise<T>): Promise<T>;
}

/**
 * The interpreter looks for a contract's jump destinations anew in every call, which takes most of its time. Code
 * never changes, so what it found is kept.
 */
async function keepJumpDestinations(): Promise<void> {
  const file = new URL("interpreter.js", import.meta.resolve("@ethereumjs/evm"));
  const { Interpreter } = await import(file.href);
  const { _getValidJumpDestinations: find } = Interpreter.prototype;
  const found = new WeakMap<Uint8Array, unknown>();
  Interpreter.prototype._getValidJumpDestinations = function (this: unknown, code: Uint8Array) {
    if (!found.has(code)) found.set(code, find.call(this, code));
    return found.get(code);
  };
}

export const OWNER = "0x00000000000000000000000000000000000a11ce";
const GAS = 0xffffffffn;
/** The one block in which everything happens; contracts take a time of 0 for never. */
const BLOCK = {
  header: {
    number: 1n,
    timestamp: 1_700_000_000n,
    coinbase: createZeroAddress(),
    difficulty: 0n,
    prevRandao: new Uint8Array(32),
    gasLimit: GAS,
    baseFeePerGas: 0n,
    getBlobGasPrice: () => undefined,
  },
};

export async function newChain(): Promise<Chain> {
  await keepJumpDestinations();
  const common = new Common({ chain: Mainnet, hardfork: Hardfork.Shanghai });
  const evm = await createEVM({
    common,
    allowUnlimitedContractSize: true,
    allowUnlimitedInitCodeSize: true,
  });
  const chain: Chain = {
    async deploy(artifact, args = [], libraries = {}) {
      const data = encodeDeployData({ abi: artifact.abi, bytecode: linked(artifact, libraries), args });
      const { createdAddress, execResult } = await run(evm, OWNER, undefined, data);
      if (!createdAddress || execResult.exceptionError) throw new Error("A contract could not be deployed.");
      return { address: createdAddress.toString() as Hex, abi: artifact.abi };
    },
    async send(from, to, name, args) {
      const answer = await chain.attempt(from, to, name, args);
      if (answer.revert !== undefined) throw new Error(`${name} was reverted: ${answer.revert}`);
      return answer.value;
    },
    async attempt(from, to, name, args = []) {
      const data = encodeFunctionData({ abi: to.abi, functionName: name, args });
      const { execResult } = await run(evm, from, to.address, data);
      const returned = bytesToHex(execResult.returnValue);
      if (execResult.exceptionError) return { logs: [], revert: reasonOf(to.abi, returned) };
      const logs = (execResult.logs ?? []).map(([address, topics, logged]) => ({
        address: bytesToHex(address),
        topics: topics.map((topic) => bytesToHex(topic)),
        data: bytesToHex(logged),
      }));
      return { logs, value: decodeFunctionResult({ abi: to.abi, functionName: name, data: returned }) };
    },
    async rehearse(body) {
      await evm.stateManager.checkpoint();
      try {
        return await body();
      } finally {
        await evm.stateManager.revert();
      }
    },
  };
  return chain;
}

async function run(evm: EVM, from: Hex, to: Hex | undefined, data: Hex) {
  const caller = createAddressFromString(from);
  const result = await evm.runCall({
    caller,
    origin: caller,
    to: to && createAddressFromString(to),
    data: hexToBytes(data),
    gasLimit: GAS,
    block: BLOCK,
    skipBalance: true,
  });
  await evm.journal.cleanup();
  return result;
}

/** The bytecode with the addresses of its libraries. */
export function linked(
  { bytecode, linkReferences = {} }: Artifact,
  libraries: Readonly<Record<string, Hex>>,
): Hex {
  const places = Object.values(linkReferences).flatMap((file) => Object.entries(file));
  return places.reduce((code, [library, at]) => {
    const address = libraries[library];
    if (!address) throw new Error(`The library ${library} is not deployed.`);
    return at.reduce(
      (text, { start }) => text.slice(0, 2 + 2 * start) + address.slice(2) + text.slice(42 + 2 * start),
      code,
    );
  }, bytecode) as Hex;
}

/** What a reverted call says of why. */
export function reasonOf(abi: Abi, returned: Hex): string {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data: returned });
    return errorName === "Error" ? String(args[0]) : errorName;
  } catch {
    return returned;
  }
}

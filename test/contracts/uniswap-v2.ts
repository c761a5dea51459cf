import { createRequire } from "node:module";
import type { Hex } from "viem";
import { type Artifact, type Chain, type Contract, newChain, OWNER } from "./evm";

const require = createRequire(import.meta.url);
const artifact = (name: string): Artifact => {
  const { abi, bytecode } = require(`@uniswap/v2-core/build/${name}.json`);
  return { abi, bytecode: `0x${bytecode}` };
};

/** A token with all of its supply at the owner, by which pairs are ordered. */
export type Tokens = readonly Contract[];

/** Factory and pairs of npm @uniswap/v2-core, without liquidity. */
export interface Pairs {
  readonly chain: Chain;
  readonly tokens: Tokens;
  /** The pair of tokens `i` and `i + 1`. */
  readonly pairs: readonly Contract[];
}

/** @param count of the tokens, each in a pair with the next */
export async function deployPairs(count: number): Promise<Pairs> {
  const chain = await newChain();
  const factory = await chain.deploy(artifact("UniswapV2Factory"), [OWNER]);
  const tokens: Contract[] = [];
  for (let i = 0; i < count; i++) tokens.push(await chain.deploy(artifact("ERC20"), [10n ** 40n]));
  const pairs: Contract[] = [];
  for (let i = 0; i + 1 < count; i++) {
    const address = await chain.send(OWNER, factory, "createPair", [
      tokens[i].address,
      tokens[i + 1].address,
    ]);
    pairs.push({ address: address as Hex, abi: artifact("UniswapV2Pair").abi });
  }
  return { chain, tokens, pairs };
}

/** Puts the first liquidity into a pair. */
export async function fund(
  { chain, tokens, pairs }: Pairs,
  pair: number,
  reserves: readonly bigint[],
): Promise<void> {
  for (const side of [0, 1])
    await chain.send(OWNER, tokens[pair + side], "transfer", [pairs[pair].address, reserves[side]]);
  await chain.send(OWNER, pairs[pair], "mint", [OWNER]);
}

/** Gives `amount` of a token to a pair and asks for `out` of the other; the reason where the pair refuses. */
export async function swap(
  { chain, tokens, pairs }: Pairs,
  pair: number,
  { token, amount, out }: { readonly token: number; readonly amount: bigint; readonly out: bigint },
): Promise<string | undefined> {
  const sold = tokens[token].address;
  const first = await chain.send(OWNER, pairs[pair], "token0");
  const outs = String(first).toLowerCase() === sold.toLowerCase() ? [0n, out] : [out, 0n];
  await chain.send(OWNER, tokens[token], "transfer", [pairs[pair].address, amount]);
  return (await chain.attempt(OWNER, pairs[pair], "swap", [...outs, OWNER, "0x"])).revert;
}

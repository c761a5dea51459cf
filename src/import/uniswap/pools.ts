import { type Hex, zeroAddress } from "viem";
import type { Chain } from "../chain";
import { ImportProblem } from "../import-problem";
import { erc20, type Token } from "../tokens";
import * as abi from "./abi";

export interface PricedToken extends Token {
  /** Of one token, in the numeraire. */
  readonly price: number;
}

export interface Pool {
  readonly address: Hex;
  /** In millionths. */
  readonly fee: number;
  readonly pair: readonly [PricedToken, PricedToken];
  /** What the pool has of the side of which it has less, in the numeraire. */
  readonly depth: number;
}

const FEES = [100, 500, 3000, 10_000];

/** The pools of Uniswap v3 that trade two of the tokens. @throws ImportProblem where there is no quoter */
export async function readPools(chain: Chain, quoter: Hex, tokens: readonly PricedToken[]): Promise<Pool[]> {
  const [factory] = await chain.ask<Hex>([{ to: quoter, abi: abi.quoter, name: "factory" }]);
  if (factory === undefined)
    throw new ImportProblem(
      `The contract at ${quoter} on chain ${chain.id} is no quoter of Uniswap v3: it does not answer factory(). Give the address of QuoterV2.`,
    );
  const possible = pairsOf(tokens).flatMap((pair) => FEES.map((fee) => ({ pair, fee })));
  const addresses = await chain.need<Hex>(
    possible.map(({ pair: [a, b], fee }) => ({
      to: factory,
      abi: abi.factory,
      name: "getPool",
      args: [a.address, b.address, fee],
    })),
  );
  const found = possible.flatMap((each, i) =>
    addresses[i] === zeroAddress ? [] : [{ ...each, address: addresses[i] }],
  );
  const balances = await chain.need<bigint>(
    found.flatMap(({ pair, address }) =>
      pair.map((token) => ({ to: token.address, abi: erc20, name: "balanceOf", args: [address] })),
    ),
  );
  return found.map((each, i) => {
    const sides = each.pair.map(
      ({ decimals, price }, k) => (Number(balances[2 * i + k]) / 10 ** decimals) * price,
    );
    return { ...each, depth: Math.min(...sides) };
  });
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));
}

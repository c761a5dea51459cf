import { type Hex, hexToString, parseAbi, size, trim } from "viem";
import type { Chain } from "./chain";
import { assetName } from "./names";

export const erc20 = parseAbi([
  "function symbol() view returns (string)",
  "function decimals() view returns (uint8)",
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address) view returns (uint256)",
]);
/** Some of the oldest tokens, such as MKR. */
const oldSymbol = parseAbi(["function symbol() view returns (bytes32)"]);

export interface Token {
  readonly address: Hex;
  /** The asset's name in the file. */
  readonly name: string;
  readonly decimals: number;
}

/** Names and decimals of tokens; of two with one symbol the second is numbered. */
export async function readTokens(chain: Chain, addresses: readonly Hex[]): Promise<Token[]> {
  const call = (name: string) => addresses.map((to) => ({ to, abi: erc20, name }));
  const symbols = await chain.ask<string>(call("symbol"));
  const old = await chain.ask<Hex>(
    addresses.flatMap((to, i) => (symbols[i] === undefined ? [{ to, abi: oldSymbol, name: "symbol" }] : [])),
  );
  const decimals = await chain.need<number>(call("decimals"));
  const taken = new Set<string>();
  return addresses.map((address, i) => {
    const name = assetName(symbols[i] ?? textOf(old.shift()), taken);
    taken.add(name);
    return { address, name, decimals: decimals[i] };
  });
}

function textOf(bytes: Hex | undefined): string {
  return bytes && size(bytes) > 0 ? hexToString(trim(bytes, { dir: "right" })) : "";
}

import { type Hex, slice } from "viem";
import type { Chain } from "../chain";
import { eachLog, firstBlockOf } from "../logs";
import type { Surroundings } from "../surroundings";
import { erc20 } from "../tokens";
import * as abi from "./abi";
import type { Deployment, Reserve } from "./deployment";

/** An account that owes something. */
export interface BorrowerAccount {
  readonly address: Hex;
  /** Id of its E-mode; 0 for none. */
  readonly emode: number;
  readonly holdings: readonly Holding[];
  /** The contract's health factor, with 18 decimals. */
  readonly health: bigint;
  /** In the base currency, as the contract adds it up. */
  readonly debt: bigint;
}

export interface Holding {
  readonly reserve: Reserve;
  readonly side: "collateral" | "debt";
  readonly amount: bigint;
}

/** Everybody who owes at the pinned block: who ever borrowed is in the events, who still does in the pool. */
export async function readAccounts(
  chain: Chain,
  deployment: Deployment,
  provider: Hex,
  { progress, signal }: Surroundings,
): Promise<BorrowerAccount[]> {
  const borrowers = new Set<Hex>();
  await eachLog(chain, {
    address: deployment.pool,
    topics: [abi.BORROW],
    from: await firstBlockOf(chain, provider),
    signal,
    onProgress: (done, total) => progress("Searching for borrowers: blocks", done, total),
    onLogs: (logs) => {
      for (const { topics } of logs) borrowers.add(slice(topics[2], 12));
    },
  });
  const all = [...borrowers].sort();
  const accounts: BorrowerAccount[] = [];
  for (let first = 0; first < all.length; first += ACCOUNTS_AT_ONCE) {
    accounts.push(...(await readSome(chain, deployment, all.slice(first, first + ACCOUNTS_AT_ONCE))));
    progress("Reading accounts:", Math.min(all.length, first + ACCOUNTS_AT_ONCE), all.length);
  }
  return accounts;
}

const ACCOUNTS_AT_ONCE = 100;

async function readSome(
  chain: Chain,
  { pool, reserves }: Deployment,
  addresses: readonly Hex[],
): Promise<BorrowerAccount[]> {
  const ofAll = <T>(name: string) =>
    chain.need<T>(addresses.map((address) => ({ to: pool, abi: abi.pool, name, args: [address] })));
  const uses = await ofAll<bigint>("getUserConfiguration");
  const emodes = await ofAll<bigint>("getUserEMode");
  const standings = await ofAll<readonly bigint[]>("getUserAccountData");
  const legs = addresses.flatMap((address, i) =>
    reserves.flatMap((reserve) => legsOf(reserve, uses[i]).map((leg) => ({ ...leg, address, reserve }))),
  );
  const balances = await chain.need<bigint>(
    legs.map(({ token, address }) => ({ to: token, abi: erc20, name: "balanceOf", args: [address] })),
  );
  const accounts = addresses.map((address, i) => {
    const holdings = legs.flatMap((leg, k) =>
      leg.address === address ? [{ reserve: leg.reserve, side: leg.side, amount: balances[k] }] : [],
    );
    return {
      address,
      emode: Number(emodes[i]),
      holdings: holdings.filter(({ amount }) => amount > 0n),
      health: standings[i][5],
      debt: standings[i][1],
    };
  });
  return accounts.filter(({ holdings }) => holdings.some(({ side }) => side === "debt"));
}

/** Two bits a reserve: whether the account borrows it, and whether what it supplies of it is its collateral. */
function legsOf({ id, aToken, debtTokens }: Reserve, use: bigint): { token: Hex; side: Holding["side"] }[] {
  const bit = (at: number) => ((use >> BigInt(at)) & 1n) === 1n;
  return [
    ...(bit(2 * id + 1) ? [{ token: aToken, side: "collateral" as const }] : []),
    ...(bit(2 * id) ? debtTokens.map((token) => ({ token, side: "debt" as const })) : []),
  ];
}

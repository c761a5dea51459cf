import { type Hex, slice } from "viem";
import type { Chain } from "../chain";
import { eachLog, firstBlockOf } from "../logs";
import type { Surroundings } from "../surroundings";
import * as abi from "./abi";
import { owedBy } from "./accrual";
import type { MorphoMarket } from "./markets";

/** An account that owes something in a market, in units of the tokens. */
export interface MorphoAccount {
  readonly market: MorphoMarket;
  readonly address: Hex;
  readonly collateral: bigint;
  readonly debt: bigint;
}

/** Everybody who owes at the pinned block: who ever borrowed is in the events, who still does in the contract. */
export async function readAccounts(
  chain: Chain,
  morpho: Hex,
  markets: readonly MorphoMarket[],
  { progress, signal }: Surroundings,
): Promise<MorphoAccount[]> {
  const found = new Map(markets.map((market) => [market.id, new Set<Hex>()]));
  await eachLog(chain, {
    address: morpho,
    topics: [abi.BORROW, markets.map(({ id }) => id)],
    from: await firstBlockOf(chain, morpho),
    signal,
    onProgress: (done, total) => progress("Searching for borrowers: blocks", done, total),
    onLogs: (logs) => {
      for (const { topics } of logs) found.get(topics[1])!.add(slice(topics[2], 12));
    },
  });
  const all = markets.flatMap((market) =>
    [...found.get(market.id)!].sort().map((address) => ({ market, address })),
  );
  const accounts: MorphoAccount[] = [];
  for (let first = 0; first < all.length; first += ACCOUNTS_AT_ONCE) {
    const some = all.slice(first, first + ACCOUNTS_AT_ONCE);
    const positions = await chain.need<readonly [bigint, bigint, bigint]>(
      some.map(({ market, address }) => ({
        to: morpho,
        abi: abi.morpho,
        name: "position",
        args: [market.id, address],
      })),
    );
    for (const [i, [, shares, collateral]] of positions.entries())
      if (shares > 0n) accounts.push({ ...some[i], collateral, debt: owedBy(shares, some[i].market.totals) });
    progress("Reading accounts:", first + some.length, all.length);
  }
  return accounts;
}

const ACCOUNTS_AT_ONCE = 400;

const PRICE_SCALE = 10n ** 36n;
const WAD = 10n ** 18n;

/** Most that may be owed against the collateral over what is owed. `_isHealthy` of Morpho.sol. */
export function healthOf({ market, collateral, debt }: MorphoAccount): number {
  const most = (((collateral * market.price) / PRICE_SCALE) * market.lltv) / WAD;
  return Number(most) / Number(debt);
}

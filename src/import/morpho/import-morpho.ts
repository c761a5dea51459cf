import type { Hex } from "viem";
import { type Chain, requireCode } from "../chain";
import { differences } from "../health";
import type { Imported } from "../imported";
import { counted } from "../numbers";
import type { Surroundings } from "../surroundings";
import type { PricedToken } from "../uniswap/pools";
import { NO_VENUES, readVenues } from "../uniswap/venues";
import { healthOf, readAccounts } from "./accounts";
import { type MorphoMarket, readMarkets } from "./markets";
import { firstOfCollateral, positionsPath, positionsText, priceOf, riskFileText } from "./risk-file";

/** Where most chains have it. */
const MORPHO: Hex = "0xBBBBBbbBBb9cC5e90e3b3Af64bdAF62C37EEFFCb";
export const MORPHO_FILE = "morpho-blue.risk.yaml";

/** Reads markets of Morpho Blue. @throws ImportProblem, Cancelled */
export async function importMorpho(
  chain: Chain,
  { morpho = MORPHO, ids, quoter }: { morpho?: Hex; ids: readonly Hex[]; quoter?: Hex },
  around: Surroundings,
): Promise<Imported> {
  await requireCode(
    chain,
    morpho,
    "Give --morpho, the address of Morpho on this chain, and an RPC URL of it.",
  );
  const markets = await readMarkets(chain, morpho, [...new Set(ids)]);
  const accounts = await readAccounts(chain, morpho, markets, around);
  const owing = new Set(accounts.map(({ market }) => market));
  const venues = quoter ? await readVenues(chain, quoter, pricedIn(markets), around) : NO_VENUES;
  const books = markets.flatMap((market) => {
    const own = accounts.filter((account) => account.market === market);
    return own.length === 0 ? [] : [{ path: positionsPath(market), text: positionsText(own) }];
  });
  const data = [...books, ...venues.data];
  const text = riskFileText(chain, markets, owing, venues.lines);
  const stated = accounts.map((account) => ({
    market: account.market.name,
    account: account.address,
    health: healthOf(account),
    units: Number(account.debt),
  }));
  const under = stated.filter(({ health }) => health < 1).length;
  return {
    text,
    data,
    accounts: accounts.length,
    differences: await differences({ text, data }, stated),
    notes: [
      `${counted(markets.length, "market")} by the rules of morpho-blue.`,
      ...(under > 0
        ? [
            `${counted(under, "account")} can be liquidated at this block already; books have atOpen for that.`,
          ]
        : []),
      ...venues.notes,
    ],
  };
}

function pricedIn(markets: readonly MorphoMarket[]): PricedToken[] {
  const collateral = firstOfCollateral(markets).map((market) => ({
    ...market.collateral,
    price: Number(priceOf(market)),
  }));
  return [{ ...markets[0].loan, price: 1 }, ...collateral];
}

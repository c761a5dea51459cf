import type { Hex } from "viem";
import type { Chain } from "../chain";
import { differences } from "../health";
import type { Imported } from "../imported";
import { counted } from "../numbers";
import type { Surroundings } from "../surroundings";
import type { PricedToken } from "../uniswap/pools";
import { NO_VENUES, readVenues } from "../uniswap/venues";
import { type BorrowerAccount, readAccounts } from "./accounts";
import { type Deployment, readDeployment } from "./deployment";
import { reconciled } from "./reconcile";
import { isUsable, MARKET, positionsText, riskFileText } from "./risk-file";

export const AAVE_FILE = "aave-v3.risk.yaml";
const POSITIONS = "data/aave-v3.positions.csv";

/** Reads an Aave v3 deployment. @throws ImportProblem, Cancelled */
export async function importAave(
  chain: Chain,
  { provider, quoter }: { provider: Hex; quoter?: Hex },
  around: Surroundings,
): Promise<Imported> {
  const read = await readDeployment(chain, provider);
  const accounts = await readAccounts(chain, read, provider, around);
  const { deployment, notes } = reconciled(read, accounts);
  const venues = quoter ? await readVenues(chain, quoter, pricedIn(deployment), around) : NO_VENUES;
  const text = riskFileText(chain, deployment, accounts.length > 0 ? POSITIONS : undefined, venues.lines);
  const positions = positionsText(deployment, accounts);
  const book = accounts.length === 0 ? [] : [{ path: POSITIONS, text: positions }];
  const data = [...book, ...venues.data];
  const stated = accounts.map(({ address, health, debt }) => ({
    market: MARKET,
    account: address,
    health: Number(health) / 1e18,
    units: Number(debt),
  }));
  return {
    text,
    data,
    accounts: accounts.length,
    differences: await differences({ text, data }, stated),
    notes: [...notesOf(deployment, accounts), ...notes, ...venues.notes],
  };
}

function pricedIn({ reserves, priceDecimals }: Deployment): PricedToken[] {
  return reserves.map((reserve) => ({ ...reserve, price: Number(reserve.price) / 10 ** priceDecimals }));
}

function notesOf({ reserves, emodes, rules }: Deployment, accounts: readonly BorrowerAccount[]): string[] {
  const under = accounts.filter(({ health }) => health < 10n ** 18n).length;
  const left = emodes.filter((emode) => !isUsable(emode)).length;
  return [
    `${counted(reserves.length, "reserve")} and ${counted(emodes.length - left, "E-mode")} by the rules of ${rules}.`,
    ...(under > 0
      ? [`${counted(under, "account")} can be liquidated at this block already; books have atOpen for that.`]
      : []),
    "What accounts supply without using it as collateral is part of the totals, not of the book.",
  ];
}

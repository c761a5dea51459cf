import type { Hex } from "viem";
import type { Chain } from "../chain";
import { differences } from "../health";
import type { Imported } from "../imported";
import type { Surroundings } from "../surroundings";
import { type BorrowerAccount, readAccounts } from "./accounts";
import { type Deployment, readDeployment } from "./deployment";
import { isUsable, positionsText, riskFileText } from "./risk-file";

/** Reads an Aave v3 deployment. @throws ImportProblem, Cancelled */
export async function importAave(chain: Chain, provider: Hex, around: Surroundings): Promise<Imported> {
  const deployment = await readDeployment(chain, provider);
  const accounts = await readAccounts(chain, deployment, provider, around);
  const text = riskFileText(chain, deployment, POSITIONS);
  const positions = positionsText(deployment, accounts);
  const stated = new Map(
    accounts.map(({ address, health }) => [address.toLowerCase(), Number(health) / 1e18]),
  );
  const workspace = { read: async () => new TextEncoder().encode(positions) };
  const differing = accounts.length === 0 ? [] : await differences(text, workspace, stated);
  return {
    name: "aave-v3.risk.yaml",
    text,
    data: accounts.length === 0 ? [] : [{ path: POSITIONS, text: positions }],
    accounts: accounts.length,
    differences: differing,
    notes: notesOf(deployment, accounts),
  };
}

const POSITIONS = "data/aave-v3.positions.csv";

function notesOf({ reserves, emodes, rules }: Deployment, accounts: readonly BorrowerAccount[]): string[] {
  const under = accounts.filter(({ health }) => health < 10n ** 18n).length;
  const left = emodes.filter((emode) => !isUsable(emode)).length;
  return [
    `${reserves.length} reserves and ${emodes.length - left} E-modes by the rules of ${rules}.`,
    ...(under > 0
      ? [`${under} accounts can be liquidated at this block already; books have atOpen for them.`]
      : []),
    "What accounts supply without using it as collateral is part of the totals, not of the book.",
  ];
}

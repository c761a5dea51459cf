import type { BorrowerAccount, Holding } from "./accounts";
import type { Deployment, Reserve } from "./deployment";
import type { Emode } from "./emodes";

/**
 * What is said of a deployment, so that its accounts keep to it. On the chain they need not: a term that was changed
 * later binds new loans only, and totals are rounded otherwise than balances.
 */
export function reconciled(
  deployment: Deployment,
  accounts: readonly BorrowerAccount[],
): { deployment: Deployment; notes: string[] } {
  const notes: string[] = [];
  const all = deployment.reserves.map(({ name }) => name);
  const widen = (names: readonly string[], owed: ReadonlySet<string>, what: string): readonly string[] => {
    const more = [...owed].filter((name) => !names.includes(name)).sort();
    if (more.length > 0) notes.push(`Accounts owe ${more.join(", ")} ${what}: written as borrowable there.`);
    return all.filter((name) => names.includes(name) || owed.has(name));
  };
  const emodes = deployment.emodes.map(
    (emode): Emode => ({
      ...emode,
      borrowable: widen(
        emode.borrowable,
        owedBy(accounts.filter((each) => each.emode === emode.id)),
        `in E-mode ${emode.name}, which lends it no more`,
      ),
    }),
  );
  const isolated = accounts.filter((account) => collateralOf(account).some(isIsolated));
  const isMixed = isolated.some((account) => collateralOf(account).length > 1);
  if (isMixed) notes.push("Accounts have isolated collateral beside other: debt ceilings are left out.");
  const inIsolation = widen(
    deployment.inIsolation,
    owedBy(isMixed ? [] : isolated),
    "in isolation mode, which lends it no more",
  );
  const reserves = deployment.reserves.map((reserve) => withTotals(reserve, accounts, isMixed));
  return { deployment: { ...deployment, emodes, inIsolation, reserves }, notes };
}

function withTotals(reserve: Reserve, accounts: readonly BorrowerAccount[], isMixed: boolean): Reserve {
  const sum = (side: Holding["side"]) =>
    accounts
      .flatMap(({ holdings }) => holdings)
      .filter((each) => each.reserve.address === reserve.address && each.side === side)
      .reduce((total, { amount }) => total + amount, 0n);
  return {
    ...reserve,
    supplied: larger(reserve.supplied, sum("collateral")),
    borrowed: larger(reserve.borrowed, sum("debt")),
    terms: isMixed ? { ...reserve.terms, debtCeiling: 0 } : reserve.terms,
  };
}

function owedBy(accounts: readonly BorrowerAccount[]): Set<string> {
  const debts = accounts.flatMap(({ holdings }) => holdings.filter(({ side }) => side === "debt"));
  return new Set(debts.map(({ reserve }) => reserve.name));
}

function collateralOf({ holdings }: BorrowerAccount): Reserve[] {
  return holdings.flatMap(({ reserve, side }) =>
    side === "collateral" && reserve.terms.threshold > 0 ? [reserve] : [],
  );
}

function isIsolated({ terms }: Reserve): boolean {
  return terms.debtCeiling > 0;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

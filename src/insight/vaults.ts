import type { Model, Vault } from "../engine/model";
import type { Scope } from "./metric";

/** The vaults that a scope names, or all, with their positions in the model. */
export function vaultsOf({ vault: name }: Scope, { vaults }: Model): { vault: Vault; at: number }[] {
  return vaults
    .map((vault, at) => ({ vault, at }))
    .filter(({ vault }) => name === undefined || vault.name === name);
}

/** What they have at the start, in the numeraire. */
export function assetsOfVaults(scope: Scope, model: Model): number {
  return vaultsOf(scope, model).reduce((sum, { vault: { asset, idle, allocations } }) => {
    const units = allocations.reduce((total, { supplied }) => total + supplied, idle);
    return sum + units * model.assets[asset].price;
  }, 0);
}

/** The part of a market's loss that suppliers of vaults bear. */
export function vaultShare(scope: Scope, model: Model, market: number): number {
  const lent = model.markets[market].lending.reserves.find(({ interest }) => interest);
  const own = vaultsOf(scope, model).flatMap(({ vault }) =>
    vault.allocations.filter((allocation) => allocation.market === market),
  );
  return own.reduce((sum, { supplied }) => sum + supplied, 0) / (lent?.interest?.supplied ?? 1);
}

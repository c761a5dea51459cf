import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding, Path } from "../../dsl/problem";
import { figure } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const vaultRules: readonly StaticRule[] = [vaultMarket, aboveSupply, aboveCap];

type Market = NonNullable<NonNullable<Draft["markets"]>[string]>;
type Allocation = NonNullable<
  NonNullable<NonNullable<NonNullable<Draft["vaults"]>[string]>["allocations"]>[string]
>;

interface Placed {
  readonly vault: string;
  readonly asset: string | undefined;
  readonly name: string;
  readonly market: Market | undefined;
  readonly allocation: Allocation;
  readonly path: Path;
}

function allocationsOf({ vaults, markets }: Draft): Placed[] {
  return entries(vaults).flatMap(([vault, { asset, allocations }]) =>
    entries(allocations).map(([name, allocation]) => {
      const path = ["vaults", vault, "allocations", name];
      return { vault, asset, name, market: markets?.[name], allocation, path };
    }),
  );
}

/** A vault lends one asset, in isolated markets, and its share is of what is supplied there. */
function vaultMarket(draft: Draft): Finding[] {
  return allocationsOf(draft).flatMap(({ vault, asset, name, market, path }): Finding[] => {
    if (market?.rules === undefined || asset === undefined) return [];
    const message = messageOf(vault, asset, name, market);
    return message === undefined
      ? []
      : [{ rule: "vault-market", severity: "error", path, at: "key", message }];
  });
}

function messageOf(vault: string, asset: string, name: string, market: Market): string | undefined {
  if (market.rules !== "morpho-blue")
    return l10n.t(
      "Vault {0} cannot supply market {1}: a vault lends to Morpho Blue markets, and this one is by the rules {2}.",
      vault,
      name,
      market.rules ?? "",
    );
  if (market.loan !== undefined && market.loan !== asset)
    return l10n.t(
      "Vault {0} takes {1}, but market {2} lends {3}. Name a market that lends {1}.",
      vault,
      asset,
      name,
      market.loan,
    );
  return market.supplied === undefined
    ? l10n.t(
        "Market {0} does not say what is supplied, so the vault's share of it is not known. Write its `supplied`, `borrowed` and `rateAtTarget`.",
        name,
      )
    : undefined;
}

/** What vaults supply is part of what a market is supplied with. */
function aboveSupply(draft: Draft): Finding[] {
  const sofar = new Map<string, number>();
  return allocationsOf(draft).flatMap(({ name, market, allocation, path }): Finding[] => {
    const total = market?.rules === "morpho-blue" ? market.supplied : undefined;
    if (total === undefined || allocation.supplied === undefined) return [];
    const before = sofar.get(name) ?? 0;
    sofar.set(name, before + allocation.supplied);
    if (before + allocation.supplied <= total || before > total) return [];
    const message = l10n.t(
      "Vaults supply market {0} with {1}, more than the {2} that it is supplied with in all. Raise its `supplied`, or lower this.",
      name,
      figure(before + allocation.supplied),
      figure(total),
    );
    const related = [{ path: ["markets", name, "supplied"], message: l10n.t("All that is supplied.") }];
    return [
      { rule: "vaults-above-supply", severity: "error", path: [...path, "supplied"], message, related },
    ];
  });
}

/** A cap that was lowered, or interest, can leave more in a market than the vault may put there. */
function aboveCap(draft: Draft): Finding[] {
  return allocationsOf(draft).flatMap(({ vault, name, allocation, path }): Finding[] => {
    const { supplied, cap } = allocation;
    if (supplied === undefined || cap === undefined || supplied <= cap) return [];
    const message = l10n.t(
      "Vault {0} has {1} in market {2}, more than its cap of {3}: it could not put it there. Lower what is supplied, or raise the cap.",
      vault,
      figure(supplied),
      name,
      figure(cap),
    );
    const related = [{ path: [...path, "cap"], message: l10n.t("The cap.") }];
    return [
      { rule: "supplied-above-cap", severity: "warning", path: [...path, "supplied"], message, related },
    ];
  });
}

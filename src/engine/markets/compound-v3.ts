import { type Account, standingOf } from "../book/account";
import type { LendingTerms, Reserve } from "../model";
import { PRICE_DECIMALS, toUnits } from "./integer-units";
import { seizeAtBonus } from "./pair-values";
import type { Listing, Names, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface CometEntry {
  readonly base?: string;
  readonly oracle?: string;
  readonly reserves?: number;
  readonly targetReserves?: number;
  readonly storeFrontFactor?: number;
  readonly collaterals?: Readonly<Record<string, CollateralEntry | undefined>>;
}

interface CollateralEntry {
  readonly oracle?: string;
  readonly liquidateFactor?: number;
  readonly liquidationFactor?: number;
}

/**
 * Compound v3: Comet.sol of compound-finance/comet. Nobody repays an account's debt: the protocol absorbs account and
 * debt whole, and sells the collateral from its store front while its reserves are below their target.
 */
export const compoundV3: RuleSet<CometEntry> = {
  id: "compound-v3",
  terms,
  listings,
  check: () => [],
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater: (account) => liquidityInUnits(account) < 0n,
  maxRepay: () => 0,
  allowedRepay: () => 0,
  seize: seizeAtBonus,
  writesOff: () => false,
};

/** Values with 8 decimals, each product cut to whole ones. */
function liquidityInUnits({ layout, index, amount, price }: Account): bigint {
  const { first, reserve, side } = layout.market.book;
  let liquidity = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const decimals = layout.decimals[reserve[leg]];
    const value =
      (toUnits(amount[leg], decimals) * toUnits(price[reserve[leg]], PRICE_DECIMALS)) /
      10n ** BigInt(decimals);
    if (side[leg] === 1) liquidity -= value;
    else liquidity += (value * toUnits(layout.threshold[leg], 18)) / 10n ** 18n;
  }
  return liquidity;
}

function terms(entry: CometEntry, names: Names): LendingTerms {
  const collaterals = Object.entries(entry.collaterals ?? {});
  const { storeFrontFactor = 0, reserves = 0, targetReserves = 0 } = entry;
  const listed = collaterals.map(([asset, terms]): Reserve => {
    const { oracle = "", liquidateFactor = 0, liquidationFactor = 1 } = terms ?? {};
    const discount = storeFrontFactor * (1 - liquidationFactor);
    const threshold = liquidateFactor;
    const bonus = 1 / (1 - discount) - 1;
    return { asset: names.asset(asset), oracle: names.oracle(oracle), threshold, bonus, protocolFee: 0 };
  });
  const base = {
    asset: names.asset(entry.base ?? ""),
    oracle: names.oracle(entry.oracle ?? ""),
    threshold: 0,
    bonus: 0,
    protocolFee: 0,
  };
  return {
    emodes: [],
    reserves: [...listed, base],
    storeFront: {
      base: listed.length,
      reserves,
      target: targetReserves,
      credit: [...collaterals.map(([, terms]) => terms?.liquidationFactor ?? 1), 0],
    },
  };
}

function listings({ base = "", oracle, collaterals }: CometEntry): Listing[] {
  const held = Object.entries(collaterals ?? {}).map(([asset, terms]): Listing => {
    const path = ["collaterals", asset];
    const { liquidateFactor: value, oracle: name } = terms ?? {};
    return {
      asset,
      path,
      at: "key",
      side: "collateral",
      ...(value !== undefined && { threshold: { value, path: [...path, "liquidateFactor"] } }),
      ...(name !== undefined && { oracle: { name, path: [...path, "oracle"] } }),
    };
  });
  if (base === "") return held;
  const own = oracle === undefined ? {} : { oracle: { name: oracle, path: ["oracle"] } };
  return [...held, { asset: base, path: ["base"], side: "debt", ...own }];
}

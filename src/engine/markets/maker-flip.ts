import { standingOf } from "../book/account";
import type { LendingTerms } from "../model";
import { type FlipIlk, type FlipTerms, flipper } from "./flipper";
import { nobodyRepays } from "./nobody-repays";
import type { Names, RuleSet } from "./rule-set";
import {
  checkAssets,
  isUnsafe,
  type VaultEntry,
  type VaultsEntry,
  vaultListings,
  vaultReserves,
} from "./vaults";

/** A market entry of the risk file, as far as this rule set reads it. */
export type MakerFlipEntry = VaultsEntry<VaultEntry & Partial<FlipIlk>>;

/**
 * Maker's first liquidations, those of March 2020: vat.sol, spot.sol, cat.sol and flip.sol of makerdao/dss before 1.1. Vaults are
 * taken over in lots, which are sold in English auctions. What is owed counts for 1.
 */
export const makerFlip: RuleSet<MakerFlipEntry> = {
  id: "maker-flip",
  terms,
  listings: vaultListings,
  check: ({ ilks }) => checkAssets(ilks),
  oneCollateral: true,
  standing: standingOf,
  isUnderWater: isUnsafe,
  ...nobodyRepays,
  house: flipper,
};

/** The schema has made sure of all that is required. */
function terms(entry: MakerFlipEntry, names: Names): LendingTerms {
  const ilks = Object.values(entry.ilks ?? {}).map(
    (ilk): FlipIlk => ({ mat: 1, chop: 0, lump: 1, beg: 0, ttl: 0, tau: 0, ...ilk }),
  );
  return { emodes: [], reserves: vaultReserves(entry, names), own: { ilks } satisfies FlipTerms };
}

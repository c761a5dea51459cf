import { standingOf } from "../book/account";
import type { InterestTerms } from "../interest/pool";
import type { KinkedCurve } from "../interest/rate-curve";
import type { LendingTerms, Reserve } from "../model";
import { PRICE_DECIMALS } from "./integer-units";
import {
  type CapEntry,
  checkCollaterals,
  checkLent,
  debtAndCollaterals,
  type LentEntry,
} from "./lending-checks";
import { liquidityInUnits } from "./liquidity-in-units";
import { seizeAtBonus } from "./pair-values";
import type { Listing, Names, RuleSet } from "./rule-set";
import { type StoreTerms, storeFront } from "./store-front";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface CometEntry extends LentEntry {
  readonly base?: string;
  readonly oracle?: string;
  readonly reserves?: number;
  readonly targetReserves?: number;
  readonly storeFrontFactor?: number;
  readonly supplyRate?: RateEntry;
  readonly borrowRate?: RateEntry;
  readonly collaterals?: Readonly<Record<string, CollateralEntry | undefined>>;
}

interface RateEntry {
  readonly kink?: number;
  readonly base?: number;
  readonly slopeLow?: number;
  readonly slopeHigh?: number;
}

interface CollateralEntry extends LentEntry, CapEntry {
  readonly oracle?: string;
  readonly borrowFactor?: number;
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
  check: ({ collaterals, ...entry }) => [
    ...checkCollaterals(collaterals, "borrowFactor", "liquidateFactor"),
    ...checkLent([], entry, entry.reserves),
  ],
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater: (account) => liquidityInUnits(account, PRICE_DECIMALS, 18) < 0n,
  maxRepay: () => 0,
  allowedRepay: () => 0,
  seize: seizeAtBonus,
  writesOff: () => false,
  house: storeFront,
};

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
  const base = { asset: names.asset(entry.base ?? ""), oracle: names.oracle(entry.oracle ?? "") };
  return {
    emodes: [],
    reserves: [...listed, { ...base, threshold: 0, bonus: 0, protocolFee: 0, interest: interestOf(entry) }],
    own: {
      base: listed.length,
      reserves,
      target: targetReserves,
      credit: [...collaterals.map(([, terms]) => terms?.liquidationFactor ?? 1), 0],
    } satisfies StoreTerms,
  };
}

/** Comet.accruedInterestIndices: simple interest on both sides, what is left of it is the reserves'. */
function interestOf({ supplied, borrowed, supplyRate, borrowRate }: CometEntry): InterestTerms | undefined {
  if (supplied === undefined || borrowed === undefined || !supplyRate || !borrowRate) return undefined;
  return {
    supplied,
    borrowed,
    reserveFactor: 0,
    curve: curveOf(borrowRate),
    supplyCurve: curveOf(supplyRate),
    growth: "simple",
    lendsReserves: false,
    socialises: false,
  };
}

function curveOf({ kink = 1, base = 0, slopeLow: below = 0, slopeHigh: above = 0 }: RateEntry): KinkedCurve {
  return { kind: "kinked", kink, base, below, above };
}

function listings({ base, oracle, collaterals, supplied, borrowed, reserves }: CometEntry): Listing[] {
  const lent = { supplied, borrowed, lentReserves: reserves };
  return debtAndCollaterals({ asset: base, oracle, path: ["base"], ...lent }, collaterals, {
    threshold: "liquidateFactor",
    loanToValue: "borrowFactor",
    supplyCap: "supplyCap",
  });
}

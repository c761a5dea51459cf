import { type Account, type Standing, standingOf } from "../book/account";
import type { InterestTerms } from "../interest/pool";
import type { LendingTerms, Reserve } from "../model";
import {
  type CapEntry,
  checkCaps,
  checkCollaterals,
  checkLent,
  debtAndCollaterals,
  type LentEntry,
} from "./lending-checks";
import { liquidityInUnits } from "./liquidity-in-units";
import { seizeAtBonus, worthInDebt } from "./pair-values";
import type { Listing, Names, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it: one vault that lends, and its collaterals. */
export interface EulerEntry extends LentEntry, CapEntry {
  readonly asset?: string;
  readonly oracle?: string;
  readonly maxDiscount?: number;
  readonly rate?: {
    readonly kink?: number;
    readonly base?: number;
    readonly slope1?: number;
    readonly slope2?: number;
  };
  readonly collaterals?: Readonly<Record<string, CollateralEntry | undefined>>;
}

interface CollateralEntry extends LentEntry, CapEntry {
  readonly oracle?: string;
  readonly borrowLtv?: number;
  readonly liquidationLtv?: number;
}

/**
 * Euler v2: Liquidation.sol of euler-xyz/euler-vault-kit. The discount on the collateral is what the account's health
 * is short of 1, up to a most: an auction that runs in health. Debt left without any collateral is socialised at once.
 */
export const eulerV2: RuleSet<EulerEntry> = {
  id: "euler-v2",
  terms,
  listings,
  check: ({ collaterals, ...entry }) => [
    ...checkCollaterals(collaterals, "borrowLtv", "liquidationLtv"),
    ...checkLent([], entry),
    ...checkCaps([], entry),
  ],
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater: (account) => liquidityInUnits(account, VALUE_DECIMALS, LTV_DECIMALS) <= 0n,
  maxRepay: (account, pair) =>
    Math.min(account.amount[pair.debt], worthInDebt(account, pair, bonusAtHealth(account))),
  allowedRepay: (_account, _pair, repay) => repay,
  seize: (account, pair, repay, into) => seizeAtBonus(account, pair, repay, into, bonusAtHealth(account)),
  writesOff({ layout, index, amount }) {
    const { first, side } = layout.market.book;
    for (let leg = first[index]; leg < first[index + 1]; leg++) {
      if (side[leg] === 0 && amount[leg] > 0) return false;
    }
    return true;
  },
};

/** Of the unit of account, and of loan-to-values in basis points. */
const VALUE_DECIMALS = 18;
const LTV_DECIMALS = 4;

const standing: Standing = { capacity: 0, debt: 0 };

/** Collateral sold at the price x (1 - discount) is worth 1 / (1 - discount) of what is repaid. */
function bonusAtHealth(account: Account): number {
  const { maxDiscount = 0 } = account.layout.market.lending;
  const { capacity, debt } = standingOf(account, standing);
  const health = Math.min(1, capacity / debt);
  return 1 / Math.max(health, 1 - maxDiscount) - 1;
}

function terms(entry: EulerEntry, names: Names): LendingTerms {
  const { asset = "", oracle = "", maxDiscount, collaterals } = entry;
  const reserve = (of: string, by: string, threshold: number): Reserve => ({
    asset: names.asset(of),
    oracle: names.oracle(by),
    threshold,
    bonus: 0,
    protocolFee: 0,
  });
  const held = Object.entries(collaterals ?? {}).map(([name, each]) =>
    reserve(name, each?.oracle ?? "", each?.liquidationLtv ?? 0),
  );
  const owed = { ...reserve(asset, oracle, 0), interest: interestOf(entry) };
  return { emodes: [], maxDiscount, reserves: [...held, owed] };
}

/** IRMLinearKink.sol, compounded every second; the vault's fee is minted as supply, and socialised debt is taken from it. */
function interestOf({ supplied, borrowed, rate }: EulerEntry): InterestTerms | undefined {
  if (supplied === undefined || borrowed === undefined || !rate) return undefined;
  const { kink = 1, base = 0, slope1: below = 0, slope2: above = 0 } = rate;
  return {
    supplied,
    borrowed,
    reserveFactor: 0,
    curve: { kind: "kinked", kink, base, below, above },
    growth: "continuous",
    lendsReserves: true,
    socialises: true,
  };
}

function listings({ asset, oracle, collaterals, supplied, borrowed, borrowCap }: EulerEntry): Listing[] {
  const lent = { supplied, borrowed, borrowCap: { value: borrowCap, path: ["borrowCap"] } };
  return debtAndCollaterals({ asset, oracle, path: ["asset"], ...lent }, collaterals, {
    threshold: "liquidationLtv",
    loanToValue: "borrowLtv",
    supplyCap: "supplyCap",
  });
}

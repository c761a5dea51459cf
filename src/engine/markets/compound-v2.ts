import { type Account, standingOf } from "../book/account";
import type { InterestTerms } from "../interest/pool";
import type { LendingTerms } from "../model";
import { toUnits } from "./integer-units";
import { type CapEntry, checkCaps, checkLent, type LentEntry, reserveListings } from "./lending-checks";
import { seizeAtBonus, worthInDebt } from "./pair-values";
import type { Names, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface CompoundEntry {
  readonly closeFactor?: number;
  readonly liquidationIncentive?: number;
  readonly reserves?: Readonly<Record<string, ReserveEntry | undefined>>;
}

interface ReserveEntry extends LentEntry, CapEntry {
  readonly oracle?: string;
  readonly collateralFactor?: number;
  readonly reserveFactor?: number;
  readonly rate?: {
    readonly kink?: number;
    readonly base?: number;
    readonly multiplier?: number;
    readonly jumpMultiplier?: number;
  };
}

/**
 * Compound v2: Comptroller.sol of compound-finance/compound-protocol. A liquidation repays at most the close factor
 * of one debt and seizes repay x (1 + incentive); one that would seize more than there is reverts. Debt left
 * without collateral stays.
 */
export const compoundV2: RuleSet<CompoundEntry> = {
  id: "compound-v2",
  terms,
  listings: ({ reserves }) =>
    reserveListings(reserves, {
      threshold: "collateralFactor",
      loanToValue: "collateralFactor",
      borrowCap: "borrowCap",
    }),
  check: ({ reserves }) =>
    Object.entries(reserves ?? {}).flatMap(([asset, reserve = {}]) => [
      ...checkLent(["reserves", asset], reserve),
      ...checkCaps(["reserves", asset], reserve),
    ]),
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater: (account) => liquidityInUnits(account) < 0n,
  maxRepay(account, pair) {
    const { closeFactor = 1 } = account.layout.market.lending;
    return Math.min(closeFactor * account.amount[pair.debt], worthInDebt(account, pair));
  },
  allowedRepay: (_account, _pair, repay) => repay,
  seize: seizeAtBonus,
  writesOff: () => false,
};

/** Account liquidity, prices with 18 decimals: every product truncated, as the Comptroller's mantissas are. */
function liquidityInUnits({ layout, index, amount, price }: Account): bigint {
  const { first, reserve, side } = layout.market.book;
  let liquidity = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const decimals = layout.decimals[reserve[leg]];
    const unit = 10n ** BigInt(decimals);
    const value = toUnits(price[reserve[leg]], 18) * toUnits(amount[leg], decimals);
    if (side[leg] === 1) liquidity -= value / unit;
    else liquidity += (value * toUnits(layout.threshold[leg], 18)) / (unit * 10n ** 18n);
  }
  return liquidity;
}

function terms(entry: CompoundEntry, names: Names): LendingTerms {
  return {
    closeFactor: entry.closeFactor,
    emodes: [],
    reserves: Object.entries(entry.reserves ?? {}).map(([asset, reserve]) => ({
      asset: names.asset(asset),
      oracle: names.oracle(reserve?.oracle ?? ""),
      threshold: reserve?.collateralFactor ?? 0,
      bonus: entry.liquidationIncentive ?? 0,
      protocolFee: 0,
      interest: interestOf(reserve ?? {}),
    })),
  };
}

/** JumpRateModel.sol; CToken.sol lets simple interest accrue, and its reserves are not lent as supply. */
function interestOf({
  supplied,
  borrowed,
  reserveFactor = 0,
  rate,
}: ReserveEntry): InterestTerms | undefined {
  if (supplied === undefined || borrowed === undefined || !rate) return undefined;
  const { kink = 1, base = 0, multiplier: below = 0, jumpMultiplier: above = 0 } = rate;
  return {
    supplied,
    borrowed,
    reserveFactor,
    curve: { kind: "kinked", kink, base, below, above },
    growth: "simple",
    lendsReserves: false,
    socialises: false,
  };
}

import { type Account, standingOf } from "../book/account";
import type { InterestTerms } from "../interest/pool";
import type { LendingTerms } from "../model";
import { toUnits } from "./integer-units";
import { checkLent, type LentEntry } from "./lending-checks";
import { priceOf, seizeAtBonus, worthInDebt } from "./pair-values";
import type { Listing, Names, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface MorphoEntry extends LentEntry {
  readonly collateral?: string;
  readonly loan?: string;
  readonly lltv?: number;
  readonly oracle?: string;
  readonly rateAtTarget?: number;
  readonly fee?: number;
}

/**
 * Morpho Blue: Morpho.sol and ConstantsLib.sol of morpho-org/morpho-blue. One collateral and one loan, in whose units
 * the oracle's price is. A debt may be repaid whole at once; what it leaves when the collateral is gone, the
 * market's suppliers bear at once.
 */
export const morphoBlue: RuleSet<MorphoEntry> = {
  id: "morpho-blue",
  terms,
  listings,
  check: (entry) => checkLent([], entry),
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater,
  maxRepay: (account, pair) => Math.min(account.amount[pair.debt], worthInDebt(account, pair)),
  allowedRepay: (_account, _pair, repay) => repay,
  seize: seizeAtBonus,
  writesOff: ({ layout, index, amount }) => amount[layout.market.book.first[index]] === 0,
};

const CURSOR = 0.3;
const MOST_INCENTIVE = 0.15;

/** The liquidation incentive factor's part above 100%. */
export function incentiveOf(lltv: number): number {
  return Math.min(MOST_INCENTIVE, 1 / (1 - CURSOR * (1 - lltv)) - 1);
}

const COLLATERAL = 0;
const LOAN = 1;
const PRICE_DECIMALS = 36;

/** In units of the loan, both the collateral's worth and its part by the threshold cut to whole ones. */
function isUnderWater(account: Account): boolean {
  const { layout, index, amount } = account;
  const { first, reserve, side } = layout.market.book;
  const { [COLLATERAL]: own, [LOAN]: loan } = layout.decimals;
  let capacity = 0n;
  let debt = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    if (side[leg] === 1) debt += toUnits(amount[leg], loan);
    else if (reserve[leg] === COLLATERAL) {
      const price = toUnits(priceOf(account, leg), PRICE_DECIMALS + loan - own);
      const worth = (toUnits(amount[leg], own) * price) / 10n ** BigInt(PRICE_DECIMALS);
      capacity += (worth * toUnits(layout.threshold[leg], 18)) / 10n ** 18n;
    }
  }
  return capacity < debt;
}

function terms(entry: MorphoEntry, names: Names): LendingTerms {
  const { collateral = "", loan = "", lltv = 0, oracle = "" } = entry;
  const unit = names.asset(loan);
  return {
    unit,
    emodes: [],
    reserves: [
      {
        asset: names.asset(collateral),
        oracle: names.oracle(oracle),
        threshold: lltv,
        bonus: incentiveOf(lltv),
        protocolFee: 0,
      },
      { asset: unit, oracle: -1, threshold: 0, bonus: 0, protocolFee: 0, interest: interestOf(entry) },
    ],
  };
}

/** The adaptive curve; fees are minted as supply, and cancelled debt is taken from it. */
function interestOf({ supplied, borrowed, rateAtTarget, fee = 0 }: MorphoEntry): InterestTerms | undefined {
  if (supplied === undefined || borrowed === undefined || rateAtTarget === undefined) return undefined;
  return {
    supplied,
    borrowed,
    reserveFactor: fee,
    curve: { kind: "adaptive", rateAtTarget },
    growth: "compounded",
    lendsReserves: true,
    socialises: true,
  };
}

function listings({ collateral = "", loan = "", lltv, oracle, supplied, borrowed }: MorphoEntry): Listing[] {
  const both: Listing[] = [
    {
      asset: collateral,
      path: ["collateral"],
      side: "collateral",
      ...(lltv !== undefined && { threshold: { value: lltv, path: ["lltv"] } }),
      loanToValue: { value: lltv, path: ["lltv"] },
      ...(oracle !== undefined && { oracle: { name: oracle, path: ["oracle"], in: loan } }),
    },
    { asset: loan, path: ["loan"], side: "debt", supplied, borrowed },
  ];
  return both.filter(({ asset }) => asset !== "");
}

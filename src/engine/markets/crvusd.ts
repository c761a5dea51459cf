import type { Account, Standing } from "../book/account";
import { pow } from "../math/pow";
import type { LendingTerms } from "../model";
import type { ControllerTerms } from "./band-controller";
import { bandHouse } from "./band-house";
import { percent } from "./lending-checks";
import { nobodyRepays } from "./nobody-repays";
import { phrase } from "./phrase";
import type { Listing, Names, Remark, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface CrvusdEntry extends Partial<Omit<ControllerTerms, "loanToValue" | "distanceFee">> {
  readonly collateral?: string;
  readonly debt?: string;
  readonly oracle?: string;
  readonly loanDiscount?: number;
  readonly rate?: number;
}

/** AMM.get_dynamic_fee. */
const DISTANCE_FEE = 0.25;
const DEFAULT = { A: 100, bands: 10, fee: 0.006, loanDiscount: 0.09, liquidationDiscount: 0.06 };

/**
 * crvUSD: Controller.vy and AMM.vy of curvefi/curve-stablecoin. Loans stand in bands of an AMM that converts their collateral
 * while the oracle's price falls through them, and back; who loses too much on the way is liquidated. What is owed
 * counts for 1.
 */
export const crvusd: RuleSet<CrvusdEntry> = {
  id: "crvusd",
  terms,
  listings,
  check: checkDiscounts,
  oneCollateral: true,
  standing,
  isUnderWater(account) {
    const { capacity, debt } = standing(account, { capacity: 0, debt: 0 });
    return capacity < debt;
  },
  ...nobodyRepays,
  house: bandHouse,
};

/** The most that can be lent on collateral, and the stablecoin; who has less than is owed is in its bands. */
function standing({ layout, index, amount, price }: Account, into: Standing): Standing {
  const { first, reserve, side } = layout.market.book;
  into.capacity = 0;
  into.debt = 0;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const value = amount[leg] * price[reserve[leg]];
    if (side[leg] === 1) into.debt += value;
    else into.capacity += reserve[leg] === 0 ? value * layout.threshold[leg] : value;
  }
  return into;
}

function terms(
  { collateral = "", debt = "", oracle = "", ...entry }: CrvusdEntry,
  names: Names,
): LendingTerms {
  const { basePrice = 1, A = DEFAULT.A, bands = DEFAULT.bands, fee = DEFAULT.fee } = entry;
  const { liquidationDiscount = DEFAULT.liquidationDiscount } = entry;
  const loanToValue = mostLent(entry);
  const held = {
    asset: names.asset(collateral),
    oracle: names.oracle(oracle),
    threshold: loanToValue,
    debtRate: entry.rate,
  };
  const owed = { asset: names.asset(debt), oracle: -1, threshold: 0 };
  return {
    emodes: [],
    reserves: [held, owed].map((reserve) => ({ ...reserve, bonus: 0, protocolFee: 0 })),
    alsoHeld: 1,
    own: {
      A,
      basePrice,
      fee,
      distanceFee: DISTANCE_FEE,
      bands,
      loanToValue,
      liquidationDiscount,
    } satisfies ControllerTerms,
  };
}

/**
 * Controller.max_borrowable over the collateral's value: what it comes to if it is sold in its bands one after the other,
 * from the oracle's price down, less the discount.
 */
function mostLent({
  A = DEFAULT.A,
  bands = DEFAULT.bands,
  loanDiscount = DEFAULT.loanDiscount,
}: CrvusdEntry) {
  const ratio = (A - 1) / A;
  const sum = (1 - pow(ratio, bands)) / (1 - ratio);
  return ((1 - loanDiscount) * Math.sqrt(ratio) * sum) / bands;
}

function listings({ collateral, debt, oracle, ...entry }: CrvusdEntry): Listing[] {
  const loanToValue = { value: mostLent(entry), path: ["loanDiscount"] };
  const threshold = { ...loanToValue, liquidates: false } as const;
  const priced = oracle === undefined ? {} : { oracle: { name: oracle, path: ["oracle"] } };
  const held: Listing[] =
    collateral === undefined
      ? []
      : [
          {
            asset: collateral,
            path: ["collateral"],
            side: "collateral",
            threshold,
            loanToValue,
            ...priced,
          },
        ];
  return debt === undefined ? held : [...held, { asset: debt, path: ["debt"], side: "debt" }];
}

function checkDiscounts({
  loanDiscount = DEFAULT.loanDiscount,
  liquidationDiscount = DEFAULT.liquidationDiscount,
}: CrvusdEntry): Remark[] {
  if (loanDiscount > liquidationDiscount) return [];
  return [
    {
      rule: "loan-discount-too-low",
      severity: "error",
      path: ["loanDiscount"],
      message: phrase(
        "The loan discount must be above the liquidation discount of {0}: with {1} a new loan of the largest size could be liquidated at once.",
        percent(liquidationDiscount),
        percent(loanDiscount),
      ),
      related: [{ path: ["liquidationDiscount"], message: phrase("The liquidation discount.") }],
    },
  ];
}

import { type Account, isNear, type Standing, standingOf } from "../book/account";
import { aave, baseValue, CLOSE_FACTOR, isAboveCloseFactorHealth, WAD } from "./aave";
import { PRICE_DECIMALS, toUnits } from "./integer-units";
import { bonusOf, legValue, priceOf, worthInDebt } from "./pair-values";
import type { Pair } from "./rule-set";

/** In the base currency: both legs must reach it for the close factor to apply. */
const CLOSE_FACTOR_VALUE = 2000;
/** In the base currency: what a partial liquidation must leave on both legs. */
const LEAST_LEFTOVER = 1000;

/** Aave v3.3 as deployed: LiquidationLogic.sol of aave-dao/aave-v3-origin. */
export const aaveV33 = aave({
  id: "aave-v3.3",
  hasCaps: true,
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater: (account) => healthInWad(account) < WAD,
  closeLimit,
  allowedRepay(account, pair, repay) {
    const { amount } = account;
    if (repay >= amount[pair.debt] || repay >= worthInDebt(account, pair)) return repay;
    const price = priceOf(account, pair.debt);
    const debtRoom = legValue(account, pair.debt) - LEAST_LEFTOVER;
    const collateralRoom =
      (legValue(account, pair.collateral) - LEAST_LEFTOVER) / (1 + bonusOf(account, pair));
    return Math.max(0, Math.min(repay, Math.min(debtRoom, collateralRoom) / price));
  },
  writesOff({ layout, index, amount }) {
    const { first } = layout.market.book;
    for (let leg = first[index]; leg < first[index + 1]; leg++) {
      if (layout.threshold[leg] > 0 && amount[leg] > 0) return false;
    }
    return true;
  },
});

const standing: Standing = { capacity: 0, debt: 0 };

/** Half of the total debt above the health factor of the close factor, when both legs are large enough. */
function closeLimit(account: Account, pair: Pair): number {
  const owed = account.amount[pair.debt];
  if (!reaches(account, pair.collateral) || !reaches(account, pair.debt)) return owed;
  standingOf(account, standing);
  if (!isAboveCloseFactorHealth(account, standing, healthInWad)) return owed;
  return Math.min(owed, (CLOSE_FACTOR * standing.debt) / priceOf(account, pair.debt));
}

function reaches(account: Account, leg: number): boolean {
  const value = legValue(account, leg);
  if (!isNear(account, value, CLOSE_FACTOR_VALUE)) return value >= CLOSE_FACTOR_VALUE;
  return valueInUnits(account, leg) >= BigInt(CLOSE_FACTOR_VALUE) * 10n ** BigInt(PRICE_DECIMALS);
}

/** Health factor as the contract computes it: collateral values floored, debt values rounded up, the ratio floored. */
function healthInWad(account: Account): bigint {
  const { layout, index } = account;
  const { first, side } = layout.market.book;
  let capacity = 0n;
  let debt = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    if (side[leg] === 1) debt += valueInUnits(account, leg);
    else capacity += valueInUnits(account, leg) * toUnits(layout.threshold[leg], 4);
  }
  return debt === 0n ? 2n ** 256n - 1n : (capacity * WAD) / (debt * 10_000n);
}

function valueInUnits(account: Account, leg: number): bigint {
  return baseValue(account, leg, PRICE_DECIMALS, account.layout.market.book.side[leg] === 1);
}

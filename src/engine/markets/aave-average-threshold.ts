import { type Account, isNear, standingOf } from "../book/account";
import { baseValue, WAD } from "./aave";
import { toUnits } from "./integer-units";
import { legValue } from "./pair-values";
import type { RuleSet } from "./rule-set";

interface AverageThreshold extends Pick<RuleSet, "standing" | "thresholdLoss" | "isUnderWater"> {
  /** Health factor with 18 decimals: values floored, capacity and ratio rounded half up. */
  healthInWad(account: Account): bigint;
}

/**
 * Health up to Aave v3.2, GenericLogic.sol: the collateral's value times the average liquidation threshold, which is
 * cut to whole basis points.
 * @param priceDecimals those of the oracle's prices
 */
export function averageThreshold(priceDecimals: number): AverageThreshold {
  const healthInWad = (account: Account): bigint => {
    const { layout, index } = account;
    const { first, side } = layout.market.book;
    let debt = 0n;
    for (let leg = first[index]; leg < first[index + 1]; leg++) {
      if (side[leg] === 1) debt += baseValue(account, leg, priceDecimals, false);
    }
    if (debt === 0n) return 2n ** 256n - 1n;
    const { collateral, bps } = averageInBps(account, priceDecimals);
    const capacity = (collateral * bps + 5_000n) / 10_000n;
    return (capacity * WAD + debt / 2n) / debt;
  };
  return {
    thresholdLoss: 1 / BPS,
    healthInWad,
    isUnderWater: (account) => healthInWad(account) < WAD,
    standing(account, into) {
      standingOf(account, into);
      const collateral = mixedCollateral(account);
      if (collateral > 0) into.capacity = cutToBps(account, into.capacity, collateral, priceDecimals);
      return into;
    },
  };
}

const BPS = 1e4;

/** Value of the collateral that counts, when it has several thresholds; else 0: one threshold is its own average. */
function mixedCollateral(account: Account): number {
  const { layout, index } = account;
  const { first } = layout.market.book;
  let value = 0;
  let threshold = 0;
  let isMixed = false;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    if (layout.threshold[leg] === 0 || account.amount[leg] === 0) continue;
    isMixed ||= threshold !== 0 && threshold !== layout.threshold[leg];
    threshold = layout.threshold[leg];
    value += legValue(account, leg);
  }
  return isMixed ? value : 0;
}

/** Where the average is within rounding of a whole basis point, the integers decide to which side. */
function cutToBps(account: Account, capacity: number, collateral: number, priceDecimals: number): number {
  const average = (capacity / collateral) * BPS;
  const nearest = (Math.floor(average + 0.5) / BPS) * collateral;
  const bps = isNear(account, capacity, nearest)
    ? Number(averageInBps(account, priceDecimals).bps)
    : Math.floor(average);
  return (bps / BPS) * collateral;
}

function averageInBps(account: Account, priceDecimals: number): { collateral: bigint; bps: bigint } {
  const { layout, index } = account;
  const { first } = layout.market.book;
  let collateral = 0n;
  let weighted = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const threshold = toUnits(layout.threshold[leg], 4);
    if (threshold === 0n) continue;
    const value = baseValue(account, leg, priceDecimals, false);
    collateral += value;
    weighted += value * threshold;
  }
  return { collateral, bps: collateral === 0n ? 0n : weighted / collateral };
}

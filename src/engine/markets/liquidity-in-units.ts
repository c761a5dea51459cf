import type { Account } from "../book/account";
import { toUnits } from "./integer-units";

/**
 * What an account's collateral carries less what it owes, in the contract's integers: each value cut to whole ones,
 * then the collateral's by its threshold.
 */
export function liquidityInUnits(
  { layout, index, amount, price }: Account,
  priceDecimals: number,
  thresholdDecimals: number,
): bigint {
  const { first, reserve, side } = layout.market.book;
  let liquidity = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const decimals = layout.decimals[reserve[leg]];
    const units = toUnits(amount[leg], decimals) * toUnits(price[reserve[leg]], priceDecimals);
    const value = units / 10n ** BigInt(decimals);
    if (side[leg] === 1) liquidity -= value;
    else {
      const threshold = toUnits(layout.threshold[leg], thresholdDecimals);
      liquidity += (value * threshold) / 10n ** BigInt(thresholdDecimals);
    }
  }
  return liquidity;
}

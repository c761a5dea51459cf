/** The largest leverage that borrowing against one's own purchases reaches: 1 / (1 - ltv), the limit of 1 + ltv + ltv^2 + … */
export function maximumLeverage(loanToValue: number): number {
  return 1 / (1 - loanToValue);
}

/**
 * How far the collateral may fall from the point of liquidation, where debt = threshold x collateral, before it no
 * longer pays the debt and the bonus: 1 - threshold x (1 + bonus).
 */
export function bufferToBonus(threshold: number, bonus: number): number {
  return 1 - threshold * (1 + bonus);
}

/** What a liquidation costs the borrower on top of the debt repaid, and who gets it, as shares of that debt. */
export interface Penalty {
  readonly borrower: number;
  readonly liquidator: number;
  readonly treasury: number;
}

/** @param protocolFee share of the bonus for the treasury */
export function liquidationPenalty(bonus: number, protocolFee: number): Penalty {
  return { borrower: bonus, liquidator: bonus * (1 - protocolFee), treasury: bonus * protocolFee };
}

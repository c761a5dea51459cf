import type { RuleSet } from "../markets/rule-set";
import { type Account, isNear, type Standing, standingOf, wealthOf } from "./account";

const standing: Standing = { capacity: 0, debt: 0 };
const wealth = { collateral: 0, debt: 0 };

/** Whether an account is under water: doubles decide, except at the boundary, where the protocol's integers do. */
export function isUnderWater(account: Account, rules: RuleSet): boolean {
  const { capacity, debt } = rules.standing(account, standing);
  if (debt === 0) return false;
  return isNear(account, capacity, debt) ? rules.isUnderWater(account) : capacity < debt;
}

/** So many times the rounding of values outweighs it as long as debts keep a thousandth of their price. */
const SLACK = 1e4;

/** Capacity over debt at the least that the protocol's rounding leaves of it. Infinity without debt. */
export function leastHealthFactor(account: Account, rules: RuleSet): number {
  const { capacity, debt } = standingOf(account, standing);
  if (debt === 0) return Number.POSITIVE_INFINITY;
  wealthOf(account, account.price, wealth);
  return (capacity - rules.thresholdLoss * wealth.collateral) / (debt + SLACK * account.layout.rounding);
}

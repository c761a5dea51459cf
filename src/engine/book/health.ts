import type { RuleSet } from "../markets/rule-set";
import { type Account, isNear, type Standing, standingOf } from "./account";

const standing: Standing = { capacity: 0, debt: 0 };

/** Whether an account is under water: doubles decide, except at the boundary, where the protocol's integers do. */
export function isUnderWater(account: Account, rules: RuleSet): boolean {
  const { capacity, debt } = standingOf(account, standing);
  if (debt === 0) return false;
  return isNear(capacity, debt) ? rules.isUnderWater(account) : capacity < debt;
}

/** Capacity over debt; Infinity without debt. */
export function healthFactor(account: Account): number {
  const { capacity, debt } = standingOf(account, standing);
  return debt === 0 ? Number.POSITIVE_INFINITY : capacity / debt;
}

import type { RuleSet } from "./rule-set";

/** Of protocols that take positions over, or sell them, themselves: nobody repays an account's debt for its collateral. */
export const nobodyRepays: Pick<
  RuleSet,
  "thresholdLoss" | "maxRepay" | "allowedRepay" | "seize" | "writesOff"
> = {
  thresholdLoss: 0,
  maxRepay: () => 0,
  allowedRepay: () => 0,
  seize: () => {},
  writesOff: () => false,
};

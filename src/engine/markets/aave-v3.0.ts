import type { Account, Standing } from "../book/account";
import { aave, CLOSE_FACTOR, isAboveCloseFactorHealth } from "./aave";
import { averageThreshold } from "./aave-average-threshold";
import { PRICE_DECIMALS } from "./integer-units";
import type { Pair } from "./rule-set";

const { healthInWad, ...health } = averageThreshold(PRICE_DECIMALS);

/** Aave v3.0 to v3.2: LiquidationLogic.sol of aave/aave-v3-core. Debt left without collateral stays. */
export const aaveV30 = aave({
  ...health,
  id: "aave-v3.0",
  hasCaps: true,
  closeLimit,
  allowedRepay: (_account, _pair, repay) => repay,
  writesOff: () => false,
});

const standing: Standing = { capacity: 0, debt: 0 };

/** Half of one debt above the health factor of the close factor. */
function closeLimit(account: Account, pair: Pair): number {
  const owed = account.amount[pair.debt];
  health.standing(account, standing);
  return isAboveCloseFactorHealth(account, standing, healthInWad) ? CLOSE_FACTOR * owed : owed;
}

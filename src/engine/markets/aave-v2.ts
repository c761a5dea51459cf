import { aave, CLOSE_FACTOR } from "./aave";
import { averageThreshold } from "./aave-average-threshold";

/** The oracle of the main market gives prices in wei. */
const PRICE_DECIMALS = 18;

const { healthInWad: _, ...health } = averageThreshold(PRICE_DECIMALS);

/**
 * Aave v2: LendingPoolCollateralManager.sol of aave/protocol-v2. Half of one debt may be repaid, however low the
 * health factor; no protocol fee, no E-modes. Debt left without collateral stays.
 */
export const aaveV2 = aave({
  ...health,
  id: "aave-v2",
  hasCaps: false,
  closeLimit: (account, pair) => CLOSE_FACTOR * account.amount[pair.debt],
  allowedRepay: (_account, _pair, repay) => repay,
  writesOff: () => false,
});

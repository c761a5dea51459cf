import { parseAbi, toEventSelector } from "viem";

/** Those functions that Aave v3 has in every version, or whose absence tells the version. Signatures: aave-dao/aave-v3-origin. */
export const provider = parseAbi([
  "function getPool() view returns (address)",
  "function getPriceOracle() view returns (address)",
]);
/** Most contracts of a deployment, the pool among them, name its provider. */
export const provided = parseAbi(["function ADDRESSES_PROVIDER() view returns (address)"]);

export const pool = parseAbi([
  "function getReservesList() view returns (address[])",
  "function getReserveData(address) view returns ((uint256 configuration, uint128 liquidityIndex, uint128 currentLiquidityRate, uint128 variableBorrowIndex, uint128 currentVariableBorrowRate, uint128 currentStableBorrowRate, uint40 lastUpdateTimestamp, uint16 id, address aTokenAddress, address stableDebtTokenAddress, address variableDebtTokenAddress, address interestRateStrategyAddress, uint128 accruedToTreasury, uint128 unbacked, uint128 isolationModeTotalDebt))",
  "function getUserConfiguration(address) view returns (uint256)",
  "function getUserEMode(address) view returns (uint256)",
  "function getUserAccountData(address) view returns (uint256 collateral, uint256 debt, uint256 available, uint256 threshold, uint256 ltv, uint256 healthFactor)",
]);

/** From v3.3 on. */
export const deficits = parseAbi(["function getReserveDeficit(address) view returns (uint256)"]);

/** Up to v3.1. */
export const oldEmodes = parseAbi([
  "function getEModeCategoryData(uint8) view returns ((uint16 ltv, uint16 liquidationThreshold, uint16 liquidationBonus, address priceSource, string label))",
]);

/** From v3.2 on. */
export const emodes = parseAbi([
  "function getEModeCategoryCollateralConfig(uint8) view returns ((uint16 ltv, uint16 liquidationThreshold, uint16 liquidationBonus))",
  "function getEModeCategoryCollateralBitmap(uint8) view returns (uint128)",
  "function getEModeCategoryBorrowableBitmap(uint8) view returns (uint128)",
  "function getEModeCategoryLabel(uint8) view returns (string)",
]);

export const oracle = parseAbi([
  "function BASE_CURRENCY() view returns (address)",
  "function BASE_CURRENCY_UNIT() view returns (uint256)",
  "function getAssetPrice(address) view returns (uint256)",
]);

/** Rates are in ray a year. From v3.2 on one strategy serves all reserves and is asked with the reserve. */
export const rates = parseAbi([
  "function getOptimalUsageRatio(address) view returns (uint256)",
  "function getBaseVariableBorrowRate(address) view returns (uint256)",
  "function getVariableRateSlope1(address) view returns (uint256)",
  "function getVariableRateSlope2(address) view returns (uint256)",
]);
export const oldRates = parseAbi([
  "function OPTIMAL_USAGE_RATIO() view returns (uint256)",
  "function getBaseVariableBorrowRate() view returns (uint256)",
  "function getVariableRateSlope1() view returns (uint256)",
  "function getVariableRateSlope2() view returns (uint256)",
]);

/** Topics: the event, the reserve, the account that owes, the referral code. */
export const BORROW = toEventSelector(
  "event Borrow(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint8 interestRateMode, uint256 borrowRate, uint16 indexed referralCode)",
);

import { parseAbi, toEventSelector } from "viem";

/** Signatures: IMorpho.sol of morpho-org/morpho-blue. */
export const morpho = parseAbi([
  "function idToMarketParams(bytes32) view returns (address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)",
  "function market(bytes32) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)",
  "function position(bytes32, address) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)",
]);

/** The price of one unit of collateral in units of the loan, with 36 decimals. */
export const oracle = parseAbi(["function price() view returns (uint256)"]);

/** Rates are per second with 18 decimals. Every model has the first; the second is that of the adaptive curve. */
export const irm = parseAbi([
  "function borrowRateView((address loanToken, address collateralToken, address oracle, address irm, uint256 lltv) params, (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee) market) view returns (uint256)",
]);
export const adaptive = parseAbi(["function rateAtTarget(bytes32) view returns (int256)"]);

/** Topics: the event, the market, the account that owes, the receiver. */
export const BORROW = toEventSelector(
  "event Borrow(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)",
);

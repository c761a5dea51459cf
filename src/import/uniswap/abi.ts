import { parseAbi } from "viem";

/** Signatures: IQuoterV2.sol and IPeripheryImmutableState.sol of Uniswap/v3-periphery. */
export const quoter = parseAbi([
  "function factory() view returns (address)",
  "function quoteExactInputSingle((address tokenIn, address tokenOut, uint256 amountIn, uint24 fee, uint160 sqrtPriceLimitX96) params) view returns (uint256 amountOut, uint160 sqrtPriceX96After, uint32 ticksCrossed, uint256 gasEstimate)",
]);

/** IUniswapV3Factory.sol of Uniswap/v3-core. */
export const factory = parseAbi(["function getPool(address, address, uint24) view returns (address)"]);

import type { Hex } from "viem";
import type { Chain } from "../chain";
import * as abi from "./abi";
import type { Pool, PricedToken } from "./pools";

/** What a pool gives for an amount, in units of the tokens. */
export interface PoolQuote {
  readonly from: PricedToken;
  readonly to: PricedToken;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
}

/** Sizes double from 2^-13 of the pool's smaller side to twice of it. */
const SIZES = Array.from({ length: 15 }, (_, i) => 2 ** (i - 13));

/** Prices beyond which TickMath.sol has none: a swap that comes there was not filled whole. */
const LOWEST = 4295128739n;
const HIGHEST = 1461446703485210103287273052203988822378723970342n;

/** Both directions of a pool, by rising size, as far as it fills them whole. */
export async function readQuotes(
  chain: Chain,
  quoter: Hex,
  { pair, fee, depth }: Pool,
): Promise<PoolQuote[]> {
  const wanted = [pair, [pair[1], pair[0]] as const].flatMap(([from, to]) =>
    SIZES.map((size) => ({ from, to, amountIn: unitsOf((size * depth) / from.price, from.decimals) })),
  );
  const swaps = wanted.filter(({ amountIn }) => amountIn > 0n);
  const answers = await chain.ask<readonly [bigint, bigint, number, bigint]>(
    swaps.map(({ from, to, amountIn }) => ({
      to: quoter,
      abi: abi.quoter,
      name: "quoteExactInputSingle",
      args: [{ tokenIn: from.address, tokenOut: to.address, amountIn, fee, sqrtPriceLimitX96: 0n }],
    })),
  );
  return swaps.flatMap((swap, i) => {
    const [amountOut = 0n, after = 0n] = answers[i] ?? [];
    const isWhole = amountOut > 0n && after > LOWEST + 1n && after < HIGHEST - 1n;
    return isWhole ? [{ ...swap, amountOut }] : [];
  });
}

/** A size is rounded, which no measurement minds; doubles have 53 bits. */
function unitsOf(tokens: number, decimals: number): bigint {
  return BigInt(Math.floor(tokens * 10 ** Math.min(decimals, 9))) * 10n ** BigInt(Math.max(0, decimals - 9));
}

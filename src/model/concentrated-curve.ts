import { tenTo } from "../data/ten-to";
import type { Tick } from "../data/ticks";
import { exp } from "../engine/math/exp";
import type { ConcentratedCurve } from "../engine/model";

/** Prices in units of the quote asset per unit of the traded asset; the value in units of the quote asset. */
export interface LiquidityRange {
  readonly from?: number;
  readonly to?: number;
  readonly value: number;
}

/** The curve of ranges that hold their value at a price, each as one position of Uniswap v3 would. */
export function curveOfRanges(ranges: readonly LiquidityRange[], price: number): ConcentratedCurve {
  const positions = ranges.map(({ from = 0, to = Number.POSITIVE_INFINITY, value }) => {
    const [low, high] = [Math.sqrt(from), Math.sqrt(to)];
    return { low, high, liquidity: value / unitValue(low, high, Math.sqrt(price)) };
  });
  const ends = positions.flatMap(({ low, high }) => [low, high]);
  const root = Float64Array.from(new Set(ends.filter((end) => end > 0 && Number.isFinite(end)))).sort();
  const liquidity = Float64Array.from({ length: root.length + 1 }, (_, i) => {
    const inner = positions.filter(
      ({ low, high }) => low <= (root[i - 1] ?? 0) && (root[i] ?? Number.POSITIVE_INFINITY) <= high,
    );
    return inner.reduce((sum, position) => sum + position.liquidity, 0);
  });
  return { model: "concentrated", root, liquidity };
}

/** What a position of liquidity 1 is worth in the quote asset (white paper of Uniswap v3, 6.29 and 6.30). */
function unitValue(low: number, high: number, root: number): number {
  const inside = Math.min(Math.max(root, low), high);
  return inside - low + root * root * (1 / inside - 1 / high);
}

/** ln 1.0001 */
const LOG_TICK = 9.999500033330834e-5;

/** A pool's tokens as its contract orders them. */
export interface TokenOrder {
  /** Decimals of token0 and token1. */
  readonly decimals: readonly [number, number];
  readonly tradesToken0: boolean;
}

/**
 * The curve of a pool's ticks: sqrt(price) = 1.0001^(tick/2) and liquidity, from base units to units of the assets.
 * @param ticks by rising tick
 */
export function curveOfTicks(
  ticks: readonly Tick[],
  { decimals, tradesToken0 }: TokenOrder,
): ConcentratedCurve {
  const [unit0, unit1] = decimals.map((each) => Math.sqrt(tenTo(each)));
  const root = Float64Array.from(ticks, ({ tick }) => (exp(0.5 * tick * LOG_TICK) * unit0) / unit1);
  const liquidity = Float64Array.from(liquidityByTick(ticks), (each) => Number(each) / (unit0 * unit1));
  if (tradesToken0) return { model: "concentrated", root, liquidity };
  return {
    model: "concentrated",
    root: root.map((each) => 1 / each).reverse(),
    liquidity: liquidity.reverse(),
  };
}

/** Liquidity below the first tick, between each two and above the last: the first and the last are 0 for a whole pool. */
export function liquidityByTick(ticks: readonly Tick[]): bigint[] {
  let liquidity = 0n;
  return [0n, ...ticks.map(({ liquidityNet }) => (liquidity += liquidityNet))];
}

/** Whether the curve has liquidity at a price, or next to it. */
export function hasLiquidityAt({ root, liquidity }: ConcentratedCurve, price: number): boolean {
  const at = Math.sqrt(price);
  return liquidity.some(
    (each, i) => each > 0 && (root[i - 1] ?? 0) <= at && at <= (root[i] ?? Number.POSITIVE_INFINITY),
  );
}

/** The lowest and the highest price that the liquidity reaches to. */
export function reachOf({ root, liquidity }: ConcentratedCurve): {
  readonly low: number;
  readonly high: number;
} {
  const low = root[liquidity.findIndex((each) => each > 0) - 1] ?? 0;
  const high = root[liquidity.findLastIndex((each) => each > 0)] ?? Number.POSITIVE_INFINITY;
  return { low: low * low, high: high * high };
}

import { binomialQuantiles } from "./binomial";
import { type Estimate, Z95 } from "./estimate";

/** Fewer samples in the tail than this give no figure. */
export const LEAST_TAIL = 50;

/** Keeps n x level from passing a whole number by rounding only. */
const ROUNDING = 1e-9;

/** Whether n paths have enough of them beyond the level for a figure. */
export function hasTail(n: number, level: number): boolean {
  return n >= pathsForTail(level);
}

/** The least number of paths with `LEAST_TAIL` of them beyond the level. */
export function pathsForTail(level: number): number {
  return Math.ceil(LEAST_TAIL / (1 - level) - ROUNDING);
}

/** Rank of the quantile from 1: the order statistic ceil(n x level), the least value that a share `level` does not exceed. */
export function quantileRank(n: number, level: number): number {
  return Math.min(n, Math.max(1, Math.ceil(n * level - ROUNDING)));
}

/**
 * Value at risk: the order statistic ceil(n x level) of ascending losses, with the distribution-free interval between
 * two order statistics, from the exact binomial distribution of the number of losses at or below the quantile.
 */
export function valueAtRisk(sorted: Float64Array, level: number): Estimate {
  const n = sorted.length;
  const [low, high] = binomialQuantiles(n, level, [0.025, 0.975]);
  return {
    value: sorted[quantileRank(n, level) - 1],
    lower: sorted[Math.max(0, low - 1)],
    upper: sorted[Math.min(n - 1, high)],
  };
}

/**
 * Expected shortfall: the mean of the worst 1 - level of ascending losses, taking of an atom at the quantile only the
 * part that belongs to the tail (Acerbi and Tasche 2002). The interval is asymptotic, with
 * SE = sqrt(Var[(X - q)+] / n) / (1 - level), which is sqrt((Var[X | X >= q] + level (ES - q)^2) / (n (1 - level)))
 * where there is no atom.
 */
export function expectedShortfall(sorted: Float64Array, level: number): Estimate {
  const n = sorted.length;
  const q = sorted[quantileRank(n, level) - 1];
  let excess = 0;
  let squares = 0;
  for (let i = quantileRank(n, level); i < n; i++) {
    const beyond = sorted[i] - q;
    excess += beyond / n;
    squares += (beyond * beyond) / n;
  }
  const value = q + excess / (1 - level);
  const error = Math.sqrt(Math.max(0, squares - excess * excess) / n) / (1 - level);
  return { value, lower: Math.max(sorted[0], value - Z95 * error), upper: value + Z95 * error };
}

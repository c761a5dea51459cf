/** A figure with its 95% confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Quantile of the standard normal at 97.5%. */
export const Z95 = 1.959963984540054;

/** A figure without sampling error: of a single path, or of these very paths. */
export function exactly(value: number): Estimate {
  return { value, lower: value, upper: value };
}

export function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

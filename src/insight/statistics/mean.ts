import { type Estimate, Z95 } from "./estimate";

/** The mean with its interval by the central limit theorem, which does not reach below the least value seen. NaN without values. */
export function mean(values: Float64Array): Estimate {
  const n = values.length;
  const value = average(values);
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const x of values) {
    squares += (x - value) * (x - value);
    least = Math.min(least, x);
  }
  if (n < 2) return { value, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  const margin = Z95 * Math.sqrt(squares / (n - 1) / n);
  return { value, lower: Math.max(least, value - margin), upper: value + margin };
}

export function average(values: Float64Array): number {
  let sum = 0;
  for (const x of values) sum += x;
  return sum / values.length;
}

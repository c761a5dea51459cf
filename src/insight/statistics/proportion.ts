import { type Estimate, Z95 } from "./estimate";

/** The share of `hits` among `n` with Wilson's score interval (Wilson 1927), which holds near 0 and 1 too. */
export function proportion(hits: number, n: number): Estimate {
  const value = hits / n;
  const z = (Z95 * Z95) / n;
  const centre = (value + z / 2) / (1 + z);
  const margin = (Z95 * Math.sqrt((value * (1 - value)) / n + z / (4 * n))) / (1 + z);
  return { value, lower: hits === 0 ? 0 : centre - margin, upper: hits === n ? 1 : centre + margin };
}

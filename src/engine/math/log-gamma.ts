import { log } from "./log";

/** log(2 pi) / 2. */
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** From here on Stirling's series with six terms is exact to a double. */
const LARGE = 10;

/** Logarithm of the gamma function at x > 0, by Stirling's series and the recurrence Gamma(x + 1) = x Gamma(x). */
export function logGamma(x: number): number {
  let product = 1;
  let y = x;
  for (; y < LARGE; y++) product *= y;
  const r = 1 / (y * y);
  const series =
    1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))));
  return (y - 0.5) * log(y) - y + HALF_LOG_TWO_PI + series / y - log(product);
}

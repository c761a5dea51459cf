import { twoProduct } from "./double-double";
import { exp } from "./exp";
import { logPair } from "./log";

/** x^y for x >= 0, within 0.6 units in the last place on every platform alike; NaN for negative x. 0^0 and x^0 are 1. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return ofEdge(x, y);
  const [high, low] = logPair(x);
  const [product, rest] = twoProduct(high, y);
  const correction = rest + low * y;
  return Number.isFinite(correction) ? exp(product, correction) : exp(high * y);
}

/** x is 0, infinite, negative or NaN. */
function ofEdge(x: number, y: number): number {
  if (!(x >= 0) || Number.isNaN(y)) return Number.NaN;
  return (x === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
}

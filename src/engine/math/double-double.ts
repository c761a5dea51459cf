/** An unevaluated sum high + low of two doubles with |low| at most half a unit in the last place of high. */
export type DoubleDouble = readonly [high: number, low: number];

/** a + b exactly (Knuth 1969, two-sum). */
export function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const part = high - a;
  return [high, a - (high - part) + (b - part)];
}

/** a x b exactly, unless an intermediate overflows (Dekker 1971, Veltkamp's split). */
export function twoProduct(a: number, b: number): DoubleDouble {
  const high = a * b;
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return [high, a2 * b2 - (high - a1 * b1 - a2 * b1 - a1 * b2)];
}

/** The leading 26 bits. */
function upperHalf(a: number): number {
  const t = 134217729 * a;
  return t - (t - a);
}

export function addPair(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoSum(a[0], b[0]);
  return twoSum(high, low + (a[1] + b[1]));
}

export function multiplyPair(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0]);
  return twoSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

/** a / b for doubles. */
export function quotient(a: number, b: number): DoubleDouble {
  const high = a / b;
  const [product, rest] = twoProduct(high, b);
  return twoSum(high, (a - product - rest) / b);
}

/** The root of a positive pair, by one Newton step from the double's root. */
export function rootPair(a: DoubleDouble): DoubleDouble {
  const high = Math.sqrt(a[0]);
  const [square, rest] = twoProduct(high, high);
  return twoSum(high, (a[0] - square - rest + a[1]) / (2 * high));
}

/** Exponential and logarithm in 200-bit fixed point by their plain series: slow and obviously right. */
const BITS = 200n;
const ONE = 1n << BITS;

/** Fixed point: a whole number of 2^-200. */
export type Fixed = bigint;

/** A finite double, exactly (when it is a multiple of 2^-200). */
export function fixedOf(x: number): Fixed {
  const bits = new BigInt64Array(new Float64Array([Math.abs(x)]).buffer)[0];
  const exponent = bits >> 52n;
  const significand = exponent === 0n ? bits : (bits & 0xfffffffffffffn) | (1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + BITS;
  const size = shift >= 0n ? significand << shift : significand >> -shift;
  return x < 0 ? -size : size;
}

export function times(a: Fixed, b: Fixed): Fixed {
  return (a * b) >> BITS;
}

/** ln 2 = sum of 1 / (k 2^k). */
export const LN2: Fixed = series((k) => ONE / (BigInt(k) << BigInt(k)));

/** e^x as f x 2^k with 1 / sqrt 2 <= f < sqrt 2. */
export function expOf(x: Fixed): { f: Fixed; k: number } {
  const k = divideRound(x, LN2);
  const r = x - k * LN2;
  let term = ONE;
  let sum = ONE;
  for (let i = 1n; term !== 0n && i < 100n; i++) {
    term = times(term, r) / i;
    sum += term;
  }
  return { f: sum, k: Number(k) };
}

/** ln x by Newton's iteration on the exponential, from the double's logarithm. */
export function logOf(x: number): Fixed {
  const [f, k] = split(x);
  let y = fixedOf(Math.log(f));
  for (let i = 0; i < 3; i++) {
    const e = expOf(-y);
    const inverse = e.k >= 0 ? e.f << BigInt(e.k) : e.f >> BigInt(-e.k);
    y += times(fixedOf(f), inverse) - ONE;
  }
  return y + BigInt(k) * LN2;
}

/** How far a result is from f x 2^k, in units of the last place of the result's binade. */
export function ulps(result: number, { f, k }: { f: Fixed; k: number }): number {
  const [g, j] = split(result);
  const exact = k >= j ? f << BigInt(k - j) : f >> BigInt(j - k);
  const unit = j < -1022 ? BITS - 52n + BigInt(-1022 - j) : BITS - 52n;
  return Number(((fixedOf(g) - exact) * 1000000n) >> unit) / 1e6;
}

/** x as f x 2^k with 1 <= |f| < 2. */
function split(x: number): [number, number] {
  let k = 0;
  let f = x;
  while (Math.abs(f) >= 2) {
    f /= 2;
    k++;
  }
  while (Math.abs(f) < 1) {
    f *= 2;
    k--;
  }
  return [f, k];
}

function divideRound(a: bigint, b: bigint): bigint {
  const doubled = 2n * a + b;
  const whole = doubled / (2n * b);
  return doubled < 0n && doubled % (2n * b) !== 0n ? whole - 1n : whole;
}

function series(term: (k: number) => Fixed): Fixed {
  let sum = 0n;
  for (let k = 1; k <= 220; k++) sum += term(k);
  return sum;
}

import { addPair, type DoubleDouble, quotient, twoProduct, twoSum } from "./double-double";
import { powersOfTwo } from "./powers-of-two";

/** ln 2: the first part has 40 bits, so that its multiples by an exponent are exact. */
const LN2_HIGH = 0.6931471805592082;
const LN2_LOW = 7.371002565167799e-13;
/** 2^42: the first part of a tabled logarithm is a multiple of its inverse, so that exponents add to it exactly. */
const GRAIN = 4398046511104;

const TWO_54 = 18014398509481984;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** Leading word of 181 / 256: the significand is taken from there up to twice that. */
const LEAST_WORD = 0x3fe6a000;

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
/** Index of the word with sign and exponent. */
const LEADING = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 2^-k at SCALE_OF_ZERO - k. */
const SCALE = powersOfTwo(-1024, 1022);
const SCALE_OF_ZERO = 1024;

const [LOG_HIGH, LOG_LOW] = logTable();

/**
 * Natural logarithm, within 0.8 units in the last place on every platform alike. -Infinity at 0, NaN below.
 *
 * x = 2^k m with m near 1, and m = (n / 128) (1 + r) with n whole: ln x = k ln 2 + ln(n / 128) + ln(1 + r), a table
 * for the second term and a series for the third (the method of Tang, ACM TOMS 16, 1990).
 */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Number.POSITIVE_INFINITY)) return outside(x);
  value[0] = x;
  const k = (words[LEADING] - LEAST_WORD) >> 20;
  const scaled = x * SCALE[SCALE_OF_ZERO - k] * 128;
  const n = Math.floor(scaled + 0.5);
  const r = (scaled - n) / n;
  const high = k * LN2_HIGH + LOG_HIGH[n];
  const sum = high + r;
  const rest = high - sum + r;
  return sum + (rest + (k * LN2_LOW + LOG_LOW[n] + r * r * series(r)));
}

/** Natural logarithm of a positive finite number as an unevaluated sum, within 2^-68 of the result. */
export function logPair(x: number): DoubleDouble {
  if (x < SMALLEST_NORMAL) return addPair(logPair(x * TWO_54), [-54 * LN2_HIGH, -54 * LN2_LOW]);
  value[0] = x;
  const k = (words[LEADING] - LEAST_WORD) >> 20;
  const scaled = x * SCALE[SCALE_OF_ZERO - k] * 128;
  const n = Math.floor(scaled + 0.5);
  const r = quotient(scaled - n, n);
  const square = twoProduct(r[0], r[0]);
  const cubic = r[0] * r[0] * (series(r[0]) + 0.5);
  const tail: DoubleDouble = [-0.5 * square[0], -0.5 * square[1] - r[0] * r[1] + cubic];
  const tabled: DoubleDouble = [k * LN2_HIGH + LOG_HIGH[n], k * LN2_LOW + LOG_LOW[n]];
  return addPair(addPair(tabled, r), tail);
}

/** (ln(1 + r) - r) / r^2 for |r| <= 2^-7. */
function series(r: number): number {
  const square = r * r;
  return r * (1 / 3) - 1 / 2 + square * (r * (1 / 5) - 1 / 4 + square * (r * (1 / 7) - 1 / 6));
}

function outside(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x > 0 && x < SMALLEST_NORMAL) return log(x * TWO_54) - 54 * (LN2_HIGH + LN2_LOW);
  return x > 0 ? x : Number.NaN;
}

/** ln(n / 128) for the n that significands round to, walking away from n = 128 in both directions. */
function logTable(): [Float64Array, Float64Array] {
  const high = new Float64Array(182);
  const low = new Float64Array(182);
  const put = (n: number, [a, b]: DoubleDouble): void => {
    high[n] = Math.floor(a * GRAIN + 0.5) / GRAIN;
    low[n] = a - high[n] + b;
  };
  let up: DoubleDouble = [0, 0];
  for (let n = 128; n < 181; n++) {
    up = addPair(up, logRatio(n, 1));
    put(n + 1, up);
  }
  let down: DoubleDouble = [0, 0];
  for (let n = 127; n >= 90; n--) {
    down = addPair(down, logRatio(n, -1));
    put(n, down);
  }
  return [high, low];
}

/** sign x ln((n + 1) / n) = sign x 2 artanh(1 / (2n + 1)). */
function logRatio(n: number, sign: number): DoubleDouble {
  const odd = 2 * n + 1;
  let sum: DoubleDouble = [0, 0];
  let denominator = odd;
  for (let term = 1; term <= 5; term += 2) {
    sum = addPair(sum, quotient(2 * sign, term * denominator));
    denominator *= odd * odd;
  }
  const rest = 1 / (odd * odd);
  const [high, low] = twoSum(sum[0], sum[1]);
  return [high, low + ((2 * sign) / denominator) * (1 / 7 + rest * (1 / 9 + rest / 11))];
}

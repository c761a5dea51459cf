import { type DoubleDouble, multiplyPair, rootPair } from "./double-double";
import { powersOfTwo } from "./powers-of-two";

/** ln 2 / 128: the first part has 34 bits, so that its multiples by n are exact. */
const PART_HIGH = 0.005415212347998022;
const PART_LOW = 1.2655086083325438e-13;
const PARTS_PER_UNIT = 184.6649652337873;

const HIGHEST = 709.782712893384;
const LOWEST = -745.1332191019412;

/** 2^e at e - LEAST_HALF: results are scaled in two halves, which keeps every step exact until the last. */
const LEAST_HALF = -540;
const HALVES = powersOfTwo(LEAST_HALF, 513);

const [ROOT_HIGH, ROOT_LOW] = rootsOfTwo();

/**
 * e^(x + low), within 0.53 units in the last place on every platform alike. `low` is a correction below the last
 * bit of x. Overflows to Infinity above 709.78, underflows to 0 below -745.13; NaN gives NaN.
 *
 * x = (n / 128) ln 2 + r with |r| <= ln 2 / 256: a table for the first term, a short series for the second
 * (the method of Tang, ACM TOMS 15, 1989).
 */
export function exp(x: number, low = 0): number {
  if (!(x >= LOWEST && x <= HIGHEST)) return outside(x);
  const n = Math.floor(x * PARTS_PER_UNIT + 0.5);
  const r = x - n * PART_HIGH - n * PART_LOW + low;
  const series = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const part = n & 127;
  const root = ROOT_HIGH[part];
  const exponent = n >> 7;
  const half = exponent >> 1;
  const value = root + (ROOT_LOW[part] + root * series);
  return value * HALVES[half - LEAST_HALF] * HALVES[exponent - half - LEAST_HALF];
}

function outside(x: number): number {
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  return x < LOWEST ? 0 : Number.NaN;
}

/** 2^(j / 128) for j = 0..127, rounded, and what the rounding left. */
function rootsOfTwo(): [Float64Array, Float64Array] {
  let root: DoubleDouble = [2, 0];
  for (let halving = 0; halving < 7; halving++) root = rootPair(root);
  const high = new Float64Array(128);
  const low = new Float64Array(128);
  let power: DoubleDouble = [1, 0];
  for (let j = 0; j < 128; j++) {
    [high[j], low[j]] = power;
    power = multiplyPair(power, root);
  }
  return [high, low];
}

import { exp } from "./exp";
import { inverseNormal } from "./inverse-normal";
import { log } from "./log";
import { logGamma } from "./log-gamma";

const MOST_TERMS = 1000;
const SMALL = 1e-16;

/**
 * Share of a gamma distribution of shape a and scale 1 below x: the series of the incomplete gamma function for small x, its
 * continued fraction for large x (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
export function gammaShare(a: number, x: number): number {
  if (!(x > 0)) return 0;
  return x < a + 1 ? density(a, x) * series(a, x) : 1 - density(a, x) * fraction(a, x);
}

/** Chance that a standard normal is above z, to a relative 1e-13 on either side. */
export function normalAbove(z: number): number {
  const x = 0.5 * z * z;
  if (x < 1.5) return 0.5 - (z < 0 ? -0.5 : 0.5) * gammaShare(0.5, x);
  const tail = 0.5 * density(0.5, x) * fraction(0.5, x);
  return z > 0 ? tail : 1 - tail;
}

/** x times the density. */
function density(a: number, x: number): number {
  return exp(a * log(x) - x - logGamma(a));
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * SMALL; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** By Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < SMALL * 10) break;
  }
  return value;
}

const MOST_STEPS = 30;

/**
 * What a share p in (0, 1) of a gamma distribution of shape a >= 1 and scale 1 is below, to twelve digits: Halley's method from
 * the approximation of Wilson and Hilferty, near 0 from the first term of the series.
 */
export function inverseGamma(p: number, a: number): number {
  let x = firstGuess(p, a);
  const constant = logGamma(a);
  for (let i = 0; i < MOST_STEPS; i++) {
    const newton = (gammaShare(a, x) - p) / exp((a - 1) * log(x) - x - constant);
    const step = newton / (1 - 0.5 * Math.min(1, newton * ((a - 1) / x - 1)));
    if (!(Math.abs(step) > 1e-13 * x)) break;
    x = Math.max(x - step, x / 10);
  }
  return x;
}

function firstGuess(p: number, a: number): number {
  const root = 1 - 1 / (9 * a) + inverseNormal(p) / (3 * Math.sqrt(a));
  if (root > 0.3) return a * root * root * root;
  return exp((log(p) + logGamma(a + 1)) / a);
}

import { exp } from "../math/exp";
import { normalAbove } from "../math/inverse-gamma";
import { log } from "../math/log";
import type { HestonTerms, Model } from "../model";
import { YEAR } from "../year";
import { correlatedNormals } from "./correlated-normals";
import type { VariancePath } from "./variance-path";

/** Streams of the variances' normals, apart from those of the prices. */
const FIRST_FACTOR = 0x80000000;

/**
 * Heston's variance u over its long run: du = k (1 - u) dt + n sqrt(u) dW, whose W has the correlation r with the price's. The
 * variances of two assets are correlated as their prices are. Andersen's quadratic-exponential scheme with the mean of u
 * at both ends of a step: "Simple and efficient simulation of the Heston model", Journal of Computational Finance 11 (2008).
 */
export function hestonPath(
  terms: HestonTerms,
  model: Model,
  steps: Float64Array,
  seed: number,
): VariancePath {
  const { start, volatility, correlation } = terms;
  const reversion = (log(2) * YEAR) / terms.reversion;
  const normals = correlatedNormals(model, seed, steps.length, FIRST_FACTOR);
  const assets = model.assets.length;
  const level = new Float64Array(assets);
  const variance = new Float64Array(assets);
  const shared = new Float64Array(assets);
  const own = Math.sqrt(1 - correlation * correlation);
  return {
    variance,
    start(path) {
      normals.start(path);
      level.fill(start * start);
    },
    enter(step) {
      const years = steps[step] / YEAR;
      for (let a = 0; a < assets; a++) {
        const before = level[a];
        level[a] = nextVariance(before, reversion, volatility, years, normals.at(a, step));
        variance[a] = 0.5 * (before + level[a]);
        const noise = level[a] - before - reversion * years * (1 - variance[a]);
        shared[a] = (correlation * noise) / (volatility * Math.sqrt(years));
      }
    },
    move: (asset, normal) => shared[asset] + own * Math.sqrt(variance[asset]) * normal,
  };
}

/** Above this ratio of variance to squared mean the square of a normal has too little mass near 0. */
const SWITCH = 1.5;
/** Below it there is no time to move in. */
const NEGLIGIBLE = 1e-12;

/** A draw with the mean and variance that u has after `years`. */
function nextVariance(
  u: number,
  reversion: number,
  volatility: number,
  years: number,
  normal: number,
): number {
  const keep = exp(-reversion * years);
  const mean = 1 + (u - 1) * keep;
  const gone = ((1 - keep) * volatility * volatility) / reversion;
  const ratio = (gone * (u * keep + 0.5 * (1 - keep))) / (mean * mean);
  if (!(ratio > NEGLIGIBLE)) return mean;
  if (ratio <= SWITCH) {
    const inverse = 2 / ratio;
    const square = inverse - 1 + Math.sqrt(inverse * (inverse - 1));
    const root = Math.sqrt(square) + normal;
    return (mean / (1 + square)) * root * root;
  }
  const atZero = (ratio - 1) / (ratio + 1);
  const above = normalAbove(normal);
  return above >= 1 - atZero ? 0 : (mean / (1 - atZero)) * log((1 - atZero) / above);
}

import { inverseGamma } from "../math/inverse-gamma";
import type { GarchTerms } from "../model";
import { philox } from "../random/philox";
import { Domain, unit } from "../random/uniform";

/** How the variance of free assets varies along a path, over what it is in the long run. */
export interface VariancePath {
  start(path: number): void;
  /** Before the moves of a step. */
  enter(step: number): void;
  /** Variance in this step, by asset, before the draw that all assets share. */
  readonly variance: Float64Array;
  /** The move of an asset in this step for a standard normal, in long-run deviations of the step. */
  move(asset: number, normal: number): number;
}

/**
 * GARCH(1,1) by intervals: h' = 1 - alpha - beta + alpha e^2 + beta h, e being what the interval moved in long-run deviations.
 * Within an interval the variance is constant, so the step changes no interval's distribution.
 */
export function variancePath(
  terms: GarchTerms,
  assets: number,
  steps: Float64Array,
  seed: number,
): VariancePath {
  const { interval, alpha, beta, start } = terms;
  const intervals = intervalsOf(steps, interval);
  const scales = new Float64Array(intervals[steps.length - 1] + 1);
  const variance = new Float64Array(assets);
  const moved = new Float64Array(assets);
  let now = 0;
  let part = 0;
  return {
    variance,
    start(path) {
      fillScales(scales, terms.degreesOfFreedom, seed, path);
      variance.fill(start * start);
      moved.fill(0);
      now = 0;
    },
    enter(step) {
      part = Math.sqrt(steps[step] / interval);
      if (intervals[step] === now) return;
      now = intervals[step];
      for (let a = 0; a < assets; a++)
        variance[a] = 1 - alpha - beta + alpha * moved[a] * moved[a] + beta * variance[a];
      moved.fill(0);
    },
    move(asset, normal) {
      const move = Math.sqrt(variance[asset]) * scales[now] * normal;
      moved[asset] += move * part;
      return move;
    },
  };
}

/** The interval in which each step starts. */
function intervalsOf(steps: Float64Array, interval: number): Int32Array {
  let time = 0;
  return Int32Array.from(steps, (length) => {
    const index = Math.floor(time / interval + 1e-9);
    time += length;
    return index;
  });
}

const words = new Int32Array(4);

/**
 * A factor for each interval that all assets share: normals times it are a multivariate t of unit variance, so that extremes
 * come together. Chi-square by inversion, from the interval as counter.
 */
function fillScales(scales: Float64Array, degreesOfFreedom: number, seed: number, path: number): void {
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) {
    scales.fill(1);
    return;
  }
  for (let i = 0; i < scales.length; i++) {
    philox(words, i, 0, path, 0, seed, Domain.scales);
    const chiSquare = 2 * inverseGamma(unit(words[0], words[1]), degreesOfFreedom / 2);
    scales[i] = Math.sqrt((degreesOfFreedom - 2) / chiSquare);
  }
}

import type { Model } from "../model";
import { fillNormals } from "../random/normals";

/** Normals of a path by asset and step. */
export interface CorrelatedNormals {
  start(path: number): void;
  at(asset: number, step: number): number;
}

/**
 * Rows of the Cholesky factor for free assets, its own draw for the others. Every asset has its own stream, so adding a
 * path or step changes no other.
 */
export function correlatedNormals(
  model: Model,
  seed: number,
  steps: number,
  firstFactor = 0,
): CorrelatedNormals {
  const draws = model.assets.map(() => new Float64Array(steps));
  const free = model.assets.flatMap((asset, index) => (asset.kind === "free" ? [index] : []));
  const rank = new Int32Array(model.assets.length).fill(-1);
  free.forEach((asset, row) => {
    rank[asset] = row;
  });
  return {
    start(path) {
      draws.forEach((draw, factor) => {
        fillNormals(draw, seed, path, firstFactor + factor, 0, steps);
      });
    },
    at(asset, step) {
      const row = rank[asset];
      if (row < 0) return draws[asset][step];
      let sum = 0;
      for (let column = 0; column <= row; column++) {
        sum += model.correlationFactor[row * free.length + column] * draws[free[column]][step];
      }
      return sum;
    },
  };
}

import { inverseNormal } from "../math/inverse-normal";
import { philox } from "./philox";
import { Domain, unit } from "./uniform";

const words = new Int32Array(4);

/**
 * The standard normal draw of a step. A pure function of seed, path, factor and step (whole numbers from 0 to
 * 2^32 - 1), so any worker can draw any part of any path.
 */
export function normal(seed: number, path: number, factor: number, step: number): number {
  philox(words, step >>> 1, factor, path, 0, seed, Domain.paths);
  return (step & 1) === 0 ? toNormal(words[0], words[1]) : toNormal(words[2], words[3]);
}

/** The draws of steps firstStep .. firstStep + count - 1 into out[0 .. count - 1], the same bits as `normal`. */
export function fillNormals(
  out: Float64Array,
  seed: number,
  path: number,
  factor: number,
  firstStep: number,
  count: number,
): void {
  let i = 0;
  if ((firstStep & 1) === 1 && count > 0) out[i++] = normal(seed, path, factor, firstStep);
  for (; i + 1 < count; i += 2) {
    philox(words, (firstStep + i) >>> 1, factor, path, 0, seed, Domain.paths);
    out[i] = toNormal(words[0], words[1]);
    out[i + 1] = toNormal(words[2], words[3]);
  }
  if (i < count) out[i] = normal(seed, path, factor, firstStep + i);
}

function toNormal(high: number, low: number): number {
  return inverseNormal(unit(high, low));
}

import { exp } from "../math/exp";
import { inverseNormal } from "../math/inverse-normal";
import { log } from "../math/log";
import type { JumpSize } from "../model";
import { philox } from "../random/philox";
import { type Domain, unit } from "../random/uniform";
import { YEAR } from "../year";

/** The jumps of one stream on a path, in order of time. */
export interface Jumps {
  start(path: number): void;
  /** When the next one comes, in seconds from the start of the path; Infinity: none. */
  readonly time: number;
  /** Its size in the log. */
  readonly size: number;
  advance(): void;
}

const words = new Int32Array(4);

/**
 * A compound Poisson process. Waiting time and size of jump k of a stream are drawn by inversion from counter k, so
 * jumps come when they come: how finely a path is stepped changes none of them.
 * @param rate jumps a year
 */
export function poissonJumps(
  rate: number,
  size: JumpSize,
  seed: number,
  domain: Domain,
  factor: number,
): Jumps {
  let path = 0;
  let drawn = 0;
  const jumps = {
    time: 0,
    size: 0,
    start(next: number) {
      path = next;
      drawn = 0;
      jumps.time = 0;
      jumps.advance();
    },
    advance() {
      philox(words, drawn++, factor, path, 0, seed, domain);
      jumps.time += (-log(unit(words[0], words[1])) / rate) * YEAR;
      jumps.size = quantile(size, unit(words[2], words[3]));
    },
  };
  return jumps;
}

/** The log size that a share `u` of all jumps are below. */
function quantile(size: JumpSize, u: number): number {
  if (size.kind === "normal") return size.mean + size.spread * inverseNormal(u);
  const { up, down, upward } = size;
  return u < 1 - upward ? down * log(u / (1 - upward)) : -up * log((1 - u) / upward);
}

/** E[J^2]: what one jump a year adds to the variance of log returns. */
export function secondMoment(size: JumpSize): number {
  if (size.kind === "normal") return size.mean * size.mean + size.spread * size.spread;
  const { up, down, upward } = size;
  return 2 * (upward * up * up + (1 - upward) * down * down);
}

/** E[e^J] - 1: what one jump a year adds to the growth of the expected price. */
export function meanGrowth(size: JumpSize): number {
  if (size.kind === "normal") return exp(size.mean + 0.5 * size.spread * size.spread) - 1;
  const { up, down, upward } = size;
  return upward / (1 - up) + (1 - upward) / (1 + down) - 1;
}

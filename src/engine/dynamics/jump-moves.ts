import { exp } from "../math/exp";
import type { Asset, MonteCarloScenario } from "../model";
import { Domain } from "../random/uniform";
import { YEAR } from "../year";
import { type Jumps, poissonJumps } from "./jumps";

export interface JumpMoves {
  start(path: number): void;
  /** Adds to the log levels at `time`, in seconds, what jumped since the last time and has not reverted since. */
  add(logLevel: Float64Array, time: number): void;
}

interface Source {
  readonly jumps: Jumps;
  /** Assets that jump by it. */
  readonly assets: readonly number[];
}

/**
 * Depegs of pegs, and with jump-diffusion own and common jumps of free assets.
 * @param reversion by asset, a year: jumps of a peg revert as it does
 */
export function jumpMoves(
  assets: readonly Asset[],
  reversion: readonly number[],
  scenario: MonteCarloScenario,
): JumpMoves {
  const sources = sourcesOf(assets, scenario);
  return {
    start(path) {
      for (const { jumps } of sources) jumps.start(path);
    },
    add(logLevel, time) {
      for (const { jumps, assets: jumping } of sources) {
        for (; jumps.time <= time; jumps.advance()) {
          const years = (time - jumps.time) / YEAR;
          for (const a of jumping) logLevel[a] += jumps.size * exp(-reversion[a] * years);
        }
      }
    },
  };
}

function sourcesOf(assets: readonly Asset[], { seed, dynamics }: MonteCarloScenario): Source[] {
  const market = dynamics?.model === "jump-diffusion" ? dynamics : undefined;
  const own = assets.flatMap((asset, index): Source[] => {
    const terms = asset.kind === "free" ? market?.jumps : asset.depeg;
    if (!terms) return [];
    const rate = asset.kind === "free" ? terms.rate * (1 - (market?.common ?? 0)) : terms.rate;
    return [{ jumps: poissonJumps(rate, terms.size, seed, Domain.jumps, index), assets: [index] }];
  });
  if (!market) return own;
  const free = assets.flatMap(({ kind }, index) => (kind === "free" ? [index] : []));
  const { rate, size } = market.jumps;
  const common = poissonJumps(rate * market.common, size, seed, Domain.commonJumps, 0);
  return [...own, { jumps: common, assets: free }];
}

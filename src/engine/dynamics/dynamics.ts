import { exp } from "../math/exp";
import { log } from "../math/log";
import { pow } from "../math/pow";
import type { Asset, Model, MonteCarloScenario, Scenario, ShockScenario } from "../model";
import { fillNormals } from "../random/normals";
import { YEAR } from "../year";

/** Sets each asset's level for a step: price over the start price for free assets, the peg for the others. */
export interface Dynamics {
  start(path: number): void;
  /** The levels from the start of step `step` on. */
  move(step: number, level: Float64Array): void;
}

export function dynamicsOf(model: Model, scenario: Scenario, steps: Float64Array): Dynamics {
  return scenario.kind === "shock" ? shock(scenario, steps) : diffusion(model, scenario, steps);
}

/** Log-linear over `over`, then constant. */
function shock(scenario: ShockScenario, steps: Float64Array): Dynamics {
  const moved = new Float64Array(steps.length);
  let time = 0;
  steps.forEach((length, i) => {
    time += length;
    moved[i] = scenario.over > 0 ? Math.min(1, time / scenario.over) : 1;
  });
  return {
    start: () => {},
    move(step, level) {
      for (let a = 0; a < level.length; a++) {
        level[a] = moved[step] === 1 ? 1 + scenario.moves[a] : pow(1 + scenario.moves[a], moved[step]);
      }
    },
  };
}

/**
 * Correlated geometric Brownian motion without drift in price for free assets, Ornstein-Uhlenbeck log pegs for
 * the others, both exact over a step. Every asset has its own stream, so adding a path or step changes no other.
 */
function diffusion(model: Model, scenario: MonteCarloScenario, steps: Float64Array): Dynamics {
  const { assets } = model;
  const draws = assets.map(() => new Float64Array(steps.length));
  const logLevel = new Float64Array(assets.length);
  const correlated = correlate(model, draws);
  const lastStep = steps.length - 1;
  const whole = assets.map((asset) => stepOf(asset, steps[0] / YEAR));
  const last = assets.map((asset) => stepOf(asset, steps[lastStep] / YEAR));
  return {
    start(path) {
      draws.forEach((draw, factor) => {
        fillNormals(draw, scenario.seed, path, factor, 0, steps.length);
      });
      logLevel.fill(0);
    },
    move(step, level) {
      for (let a = 0; a < assets.length; a++) {
        const { keep, drift, deviation } = (step === lastStep ? last : whole)[a];
        logLevel[a] = keep * logLevel[a] + drift + deviation * correlated(a, step);
        level[a] = exp(logLevel[a]);
      }
    },
  };
}

/** x' = keep x + drift + deviation z, exactly, over `years`. */
function stepOf(asset: Asset, years: number): { keep: number; drift: number; deviation: number } {
  const { volatility } = asset;
  if (asset.kind === "free") {
    return {
      keep: 1,
      drift: -0.5 * volatility * volatility * years,
      deviation: volatility * Math.sqrt(years),
    };
  }
  if (asset.reversion === Number.POSITIVE_INFINITY)
    return { keep: 1, drift: 0, deviation: volatility * Math.sqrt(years) };
  const rate = (log(2) * YEAR) / asset.reversion;
  const keep = exp(-rate * years);
  return { keep, drift: 0, deviation: volatility * Math.sqrt((1 - keep * keep) / (2 * rate)) };
}

/** The asset's normal at a step: rows of the Cholesky factor for free assets, its own draw for the others. */
function correlate(model: Model, draws: readonly Float64Array[]): (asset: number, step: number) => number {
  const free = model.assets.flatMap((asset, index) => (asset.kind === "free" ? [index] : []));
  const rank = new Int32Array(model.assets.length).fill(-1);
  free.forEach((asset, row) => {
    rank[asset] = row;
  });
  return (asset, step) => {
    const row = rank[asset];
    if (row < 0) return draws[asset][step];
    let sum = 0;
    for (let column = 0; column <= row; column++) {
      sum += model.correlationFactor[row * free.length + column] * draws[free[column]][step];
    }
    return sum;
  };
}

import { exp } from "../math/exp";
import { log } from "../math/log";
import type { Asset, Model, MonteCarloScenario, PriceDynamics } from "../model";
import { YEAR } from "../year";
import { correlatedNormals } from "./correlated-normals";
import type { Dynamics } from "./dynamics";
import { jumpMoves } from "./jump-moves";
import { meanGrowth, secondMoment } from "./jumps";

/** A log level x: dx = (drift - reversion x) dt + volatility dW, a year. */
interface Terms {
  readonly drift: number;
  readonly volatility: number;
  readonly reversion: number;
}

/**
 * Correlated Brownian motions of the free assets' log prices, Ornstein-Uhlenbeck log pegs of the others, and the jumps of
 * both, exact over a step.
 */
export function diffusion(model: Model, scenario: MonteCarloScenario, steps: Float64Array): Dynamics {
  const { assets } = model;
  const normals = correlatedNormals(model, scenario.seed, steps.length);
  const terms = assets.map((asset) => termsOf(asset, scenario.dynamics));
  const jumps = jumpMoves(
    assets,
    terms.map(({ reversion }) => reversion),
    scenario,
  );
  const lastStep = steps.length - 1;
  const whole = terms.map((each) => stepOf(each, steps[0] / YEAR));
  const last = terms.map((each) => stepOf(each, steps[lastStep] / YEAR));
  const logLevel = new Float64Array(assets.length);
  let time = 0;
  return {
    start(path) {
      normals.start(path);
      jumps.start(path);
      logLevel.fill(0);
      time = 0;
    },
    move(step, level) {
      time += steps[step];
      for (let a = 0; a < assets.length; a++) {
        const { keep, drift, deviation } = (step === lastStep ? last : whole)[a];
        logLevel[a] = keep * logLevel[a] + drift + deviation * normals.at(a, step);
      }
      jumps.add(logLevel, time);
      for (let a = 0; a < assets.length; a++) level[a] = exp(logLevel[a]);
    },
  };
}

/**
 * A free asset's volatility is that of its log returns, jumps included, and jumps do not change its expected price. A
 * peg's volatility is that between depegs, which come on top.
 */
function termsOf(asset: Asset, dynamics?: PriceDynamics): Terms {
  const { volatility } = asset;
  if (asset.kind !== "free") return { drift: 0, volatility, reversion: (log(2) * YEAR) / asset.reversion };
  const { drift = 0 } = dynamics ?? {};
  const jumps = dynamics?.model === "jump-diffusion" ? dynamics.jumps : undefined;
  if (!jumps) return { drift: drift - 0.5 * volatility * volatility, volatility, reversion: 0 };
  const variance = Math.max(0, volatility * volatility - jumps.rate * secondMoment(jumps.size));
  return {
    drift: drift - 0.5 * variance - jumps.rate * meanGrowth(jumps.size),
    volatility: Math.sqrt(variance),
    reversion: 0,
  };
}

/** x' = keep x + drift + deviation z, exactly, over `years`. */
function stepOf({ drift, volatility, reversion }: Terms, years: number) {
  if (reversion === 0) return { keep: 1, drift: drift * years, deviation: volatility * Math.sqrt(years) };
  const keep = exp(-reversion * years);
  return { keep, drift: 0, deviation: volatility * Math.sqrt((1 - keep * keep) / (2 * reversion)) };
}

import { exp } from "../math/exp";
import { log } from "../math/log";
import type { Asset, Model, MonteCarloScenario, PriceDynamics } from "../model";
import { YEAR } from "../year";
import { correlatedNormals } from "./correlated-normals";
import type { Dynamics } from "./dynamics";
import { hestonPath } from "./heston-path";
import { jumpMoves } from "./jump-moves";
import { meanGrowth, secondMoment } from "./jumps";
import { type VariancePath, variancePath } from "./variance-path";

/** A log level x: dx = (growth - convexity - reversion x) dt + volatility dW, a year. */
interface Terms {
  readonly growth: number;
  /** Half the variance, for the price; 0 for a peg. */
  readonly convexity: number;
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
  const varying = varyingOf(model, scenario, steps);
  const lastStep = steps.length - 1;
  const whole = terms.map((each) => stepOf(each, steps[0] / YEAR));
  const last = terms.map((each) => stepOf(each, steps[lastStep] / YEAR));
  const logLevel = new Float64Array(assets.length);
  let time = 0;
  return {
    start(path) {
      normals.start(path);
      jumps.start(path);
      varying?.start(path);
      logLevel.fill(0);
      time = 0;
    },
    move(step, level) {
      time += steps[step];
      varying?.enter(step);
      for (let a = 0; a < assets.length; a++) {
        const { keep, growth, convexity, deviation } = (step === lastStep ? last : whole)[a];
        const normal = normals.at(a, step);
        const isVarying = varying && assets[a].kind === "free";
        const variance = isVarying ? varying.variance[a] : 1;
        const move = isVarying ? varying.move(a, normal) : normal;
        logLevel[a] = keep * logLevel[a] + growth - convexity * variance + deviation * move;
      }
      jumps.add(logLevel, time);
      for (let a = 0; a < assets.length; a++) level[a] = exp(logLevel[a]);
    },
  };
}

function varyingOf(
  model: Model,
  { dynamics, seed }: MonteCarloScenario,
  steps: Float64Array,
): VariancePath | undefined {
  if (dynamics?.model === "garch") return variancePath(dynamics, model.assets.length, steps, seed);
  return dynamics?.model === "heston" ? hestonPath(dynamics, model, steps, seed) : undefined;
}

/**
 * A free asset's volatility is that of its log returns, jumps included, and jumps do not change its expected price. A
 * peg's volatility is that between depegs, which come on top.
 */
function termsOf(asset: Asset, dynamics?: PriceDynamics): Terms {
  const { volatility } = asset;
  if (asset.kind !== "free")
    return { growth: 0, convexity: 0, volatility, reversion: (log(2) * YEAR) / asset.reversion };
  const jumps = dynamics?.model === "jump-diffusion" ? dynamics.jumps : { rate: 0, size: NO_JUMP };
  const variance = Math.max(0, volatility * volatility - jumps.rate * secondMoment(jumps.size));
  return {
    growth: (dynamics?.drift ?? 0) - jumps.rate * meanGrowth(jumps.size),
    convexity: 0.5 * variance,
    volatility: jumps.rate > 0 ? Math.sqrt(variance) : volatility,
    reversion: 0,
  };
}

const NO_JUMP = { kind: "normal", mean: 0, spread: 0 } as const;

/** x' = keep x + growth - convexity + deviation z, exactly, over `years`. */
function stepOf({ growth, convexity, volatility, reversion }: Terms, years: number) {
  const over = { growth: growth * years, convexity: convexity * years };
  if (reversion === 0) return { ...over, keep: 1, deviation: volatility * Math.sqrt(years) };
  const keep = exp(-reversion * years);
  return { ...over, keep, deviation: volatility * Math.sqrt((1 - keep * keep) / (2 * reversion)) };
}

import { describe, expect, it } from "vitest";
import { dynamicsOf } from "../../src/engine/dynamics/dynamics";
import type { Asset, JumpTerms, MonteCarloScenario, PriceDynamics } from "../../src/engine/model";
import { timeline } from "../../src/engine/timeline";
import { free, model, monteCarlo } from "./kit";

/** Levels of random prices beside closed forms, within three standard errors. */

const YEAR = 365 * 86_400;

function stable(options: { volatility?: number; reversion?: number; depeg?: JumpTerms }): Asset {
  const base = { name: "USDC", price: 1, decimals: 6, volatility: 0, reversion: Number.POSITIVE_INFINITY };
  return { ...base, kind: "stable", ...options };
}

/** Levels of all assets at the horizon, by path. */
function levels(assets: readonly Asset[], options: Partial<MonteCarloScenario>): Float64Array[] {
  const scenario = monteCarlo({ horizon: YEAR, step: YEAR, ...options });
  const from = model({ assets, markets: [] });
  const steps = timeline(from, scenario);
  const dynamics = dynamicsOf(from, scenario, steps);
  return Array.from({ length: scenario.paths }, (_, path) => {
    const level = new Float64Array(assets.length);
    dynamics.start(path);
    for (let step = 0; step < steps.length; step++) dynamics.move(step, level);
    return level;
  });
}

function logs(of: readonly Float64Array[], asset = 0): number[] {
  return of.map((level) => Math.log(level[asset]));
}

function moments(values: readonly number[]): { mean: number; variance: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance, error: Math.sqrt(variance / values.length) };
}

/** That the mean of the values is `expected`. */
function expectMean(values: readonly number[], expected: number): void {
  const { mean, error } = moments(values);
  expect(Math.abs(mean - expected)).toBeLessThan(3 * error);
}

/** That the values have the variance `expected` about a known mean. */
function expectVariance(values: readonly number[], mean: number, expected: number): void {
  expectMean(
    values.map((x) => (x - mean) ** 2),
    expected,
  );
}

const depeg: JumpTerms = { rate: 3, size: { kind: "normal", mean: -0.04, spread: 0.03 } };

describe("a depeg", () => {
  it("fades as the peg reverts, and adds its variance once to that of the peg's volatility", () => {
    const [volatility, halfLife, years] = [0.05, YEAR / 10, 0.5];
    const peg = stable({ volatility, reversion: halfLife, depeg });
    const values = logs(levels([peg], { paths: 20_000, horizon: years * YEAR, step: years * YEAR }));
    const reversion = (Math.LN2 * YEAR) / halfLife;
    const faded = (rate: number) => (1 - Math.exp(-rate * years)) / rate;
    const mean = depeg.rate * -0.04 * faded(reversion);
    expectMean(values, mean);
    const ofJumps = depeg.rate * (0.04 ** 2 + 0.03 ** 2);
    expectVariance(values, mean, (ofJumps + volatility ** 2) * faded(2 * reversion));
  });

  it("comes when it comes: no step changes a path", () => {
    const peg = stable({ reversion: YEAR / 50, depeg });
    const coarse = levels([peg], { paths: 50, step: YEAR });
    const fine = levels([peg], { paths: 50, step: YEAR / 1000 });
    expect(Math.min(...logs(coarse))).toBeLessThan(-0.01);
    coarse.forEach((level, path) => {
      expect(level[0]).toBeCloseTo(fine[path][0], 12);
    });
  });

  it("leaves every other asset as it is, bit for bit", () => {
    const others = [free("WETH", 2000, 0.8), stable({ volatility: 0.01, reversion: 86_400 })];
    const before = levels(others, { paths: 20, step: YEAR / 10 });
    const after = levels([...others, stable({ depeg })], { paths: 20, step: YEAR / 10 });
    expect(after.map((level) => [...level.slice(0, 2)])).toEqual(before.map((level) => [...level]));
  });

  it("of an asset pegged to a pegged one is in both prices once", () => {
    const pegged = { kind: "pegged", price: 2400, decimals: 18, volatility: 0 } as const;
    const assets: Asset[] = [
      free("WETH", 2000),
      { ...pegged, name: "stETH", base: 0, ratio: 1, reversion: Number.POSITIVE_INFINITY, depeg },
      { ...pegged, name: "wstETH", base: 1, ratio: 1.2, reversion: Number.POSITIVE_INFINITY },
    ];
    const found = levels(assets, { paths: 20 });
    expect(found.some((level) => level[1] !== 1)).toBe(true);
    expect(found.every((level) => level[0] === 1 && level[2] === 1)).toBe(true);
  });
});

const normalJumps: JumpTerms = { rate: 1, size: { kind: "normal", mean: -0.1, spread: 0.3 } };
const exponentialJumps: JumpTerms = {
  rate: 4,
  size: { kind: "double-exponential", up: 0.05, down: 0.08, upward: 0.3 },
};

/** The standard normal distribution function, by Simpson's rule over its density. */
function normal(x: number): number {
  const parts = 400;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < parts; i++) sum += density((x * i) / parts) * (i % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * x) / parts / 3;
}

/** E[max(level - 1, 0)] e^-rate of a lognormal level with expectation e^growth after a year. */
function call(growth: number, deviation: number, rate: number): number {
  const d = growth / deviation + deviation / 2;
  return Math.exp(-rate) * (Math.exp(growth) * normal(d) - normal(d - deviation));
}

/** Merton (1976): by the number of jumps in a year a lognormal each, weighted by Poisson. */
function mertonCall(rate: number, sigma: number, { rate: lambda, size }: JumpTerms): number {
  if (size.kind !== "normal") return Number.NaN;
  const { mean, spread } = size;
  const growth = Math.exp(mean + spread ** 2 / 2) - 1;
  let sum = 0;
  let weight = Math.exp(-lambda);
  for (let n = 0; n < 40; weight *= lambda / ++n) {
    const grown = rate - lambda * growth + n * (mean + spread ** 2 / 2);
    sum += weight * call(grown, Math.sqrt(sigma ** 2 + n * spread ** 2), rate);
  }
  return sum;
}

describe("jump-diffusion", () => {
  const jumpDiffusion = (
    jumps: JumpTerms,
    options: { drift?: number; common?: number } = {},
  ): PriceDynamics => ({
    model: "jump-diffusion",
    drift: 0,
    common: 0,
    jumps,
    ...options,
  });

  it("with normal sizes prices a call as Merton's mixture of lognormals does", () => {
    const volatility = Math.sqrt(0.2 ** 2 + 0.1 ** 2 + 0.3 ** 2);
    const dynamics = jumpDiffusion(normalJumps, { drift: 0.05 });
    const found = levels([free("WETH", 100, volatility)], { paths: 20_000, dynamics });
    const expected = mertonCall(0.05, 0.2, normalJumps);
    expect(100 * expected).toBeCloseTo(15.859373, 6);
    expectMean(
      found.map(([level]) => Math.exp(-0.05) * Math.max(0, level - 1)),
      expected,
    );
  });

  it.each([
    ["normal", normalJumps],
    ["double-exponential", exponentialJumps],
  ])("with %s sizes keeps the expected price and the stated volatility", (_, jumps) => {
    const volatility = 0.5;
    const dynamics = jumpDiffusion(jumps);
    const found = levels([free("WETH", 100, volatility)], { paths: 20_000, dynamics });
    expectMean(
      found.map(([level]) => level),
      1,
    );
    const values = logs(found);
    expectVariance(values, moments(values).mean, volatility ** 2);
  });

  it("has jumps down as far and as often as stated", () => {
    const { rate } = exponentialJumps;
    const least = Math.sqrt(rate * 2 * (0.3 * 0.05 ** 2 + 0.7 * 0.08 ** 2));
    const month = YEAR / 100;
    const dynamics = jumpDiffusion(exponentialJumps);
    const found = levels([free("WETH", 100, least)], {
      paths: 20_000,
      horizon: month,
      step: month,
      dynamics,
    });
    const once = Math.exp(-rate / 100) * (rate / 100);
    const share = logs(found).filter((x) => x < -0.1).length / found.length;
    const expected = once * 0.7 * Math.exp(-0.1 / 0.08);
    // Two jumps within a hundredth of a year are rare, and the compensator is small beside 10%.
    expect(Math.abs(share - expected)).toBeLessThan(3 * Math.sqrt(expected / found.length));
  });

  it("in common makes assets jump together: their covariance is that of the common jumps", () => {
    const assets = [free("WETH", 100, 0.5), free("WBTC", 1000, 0.5)];
    for (const common of [0, 0.6]) {
      const dynamics = jumpDiffusion(normalJumps, { common });
      const found = levels(assets, { paths: 20_000, dynamics });
      const [a, b] = [logs(found, 0), logs(found, 1)];
      const [meanA, meanB] = [moments(a).mean, moments(b).mean];
      expectMean(
        a.map((x, i) => (x - meanA) * (b[i] - meanB)),
        common * (0.1 ** 2 + 0.3 ** 2),
      );
      expectVariance(a, meanA, 0.25);
    }
  });

  it("draws the same diffusion as without jumps, and the same jumps in every step", () => {
    const none: JumpTerms = { ...normalJumps, rate: 0 };
    const assets = [free("WETH", 100, 0.5)];
    const plain = levels(assets, { paths: 20, step: YEAR / 7 });
    expect(levels(assets, { paths: 20, step: YEAR / 7, dynamics: jumpDiffusion(none) })).toEqual(plain);
    expect(levels(assets, { paths: 20, step: YEAR / 7, dynamics: { model: "gbm", drift: 0 } })).toEqual(
      plain,
    );
    const jumpsOnly = jumpDiffusion({ rate: 1, size: { kind: "normal", mean: -0.5, spread: 0 } });
    const [coarse, fine] = [YEAR, YEAR / 400].map((step) =>
      logs(levels([free("WETH", 100, 0.5)], { paths: 50, step, dynamics: jumpsOnly })),
    );
    coarse.forEach((x, path) => {
      expect(x).toBeCloseTo(fine[path], 10);
    });
  });
});

import { describe, expect, it } from "vitest";
import { dynamicsOf } from "../../src/engine/dynamics/dynamics";
import type { Asset, GarchTerms, JumpTerms, MonteCarloScenario, PriceDynamics } from "../../src/engine/model";
import { timeline } from "../../src/engine/timeline";
import { free, model, monteCarlo } from "./kit";

/** Levels of random prices beside closed forms, within three standard errors. */

const YEAR = 365 * 86_400;

function stable(options: { volatility?: number; reversion?: number; depeg?: JumpTerms }): Asset {
  const base = { name: "USDC", price: 1, decimals: 6, volatility: 0, reversion: Number.POSITIVE_INFINITY };
  return { ...base, kind: "stable", ...options };
}

/** Levels of all assets at the horizon, by path. */
function levels(
  assets: readonly Asset[],
  options: Partial<MonteCarloScenario>,
  correlation = 0,
): Float64Array[] {
  const scenario = monteCarlo({ horizon: YEAR, step: YEAR, ...options });
  const factor = Float64Array.of(1, 0, correlation, Math.sqrt(1 - correlation ** 2));
  const from = model({ assets, markets: [], ...(correlation > 0 && { correlationFactor: factor }) });
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

const DAY = 86_400;

function garch(terms: Partial<GarchTerms>): PriceDynamics {
  const plain = { alpha: 0, beta: 0, start: 1, degreesOfFreedom: Number.POSITIVE_INFINITY };
  return { model: "garch", drift: 0, interval: DAY, ...plain, ...terms };
}

/** Distribution function of Student's t with an odd number of degrees of freedom (Abramowitz and Stegun 26.7.3). */
function studentOdd(t: number, n: number): number {
  const angle = Math.atan(t / Math.sqrt(n));
  let term = Math.cos(angle);
  let sum = n > 1 ? term : 0;
  for (let k = 3; k <= n - 2; k += 2) {
    term *= (Math.cos(angle) ** 2 * (k - 1)) / k;
    sum += term;
  }
  return 0.5 + (angle + Math.sin(angle) * sum) / Math.PI;
}

/** Chance that two t variables with 4 degrees of freedom are both below -x: an integral over the first one. */
function bothBelow4(x: number, correlation: number): number {
  const density = (u: number) => (3 / 8) * (1 + (u * u) / 4) ** -2.5;
  const other = (u: number) =>
    studentOdd((-x - correlation * u) / Math.sqrt(((4 + u * u) * (1 - correlation ** 2)) / 5), 5);
  // u = -x / v for v in (0, 1]: the tail in a bounded interval.
  const at = (v: number) => (v === 0 ? 0 : (density(-x / v) * other(-x / v) * x) / (v * v));
  const parts = 2000;
  let sum = at(0) + at(1);
  for (let i = 1; i < parts; i++) sum += at(i / parts) * (i % 2 === 1 ? 4 : 2);
  return sum / parts / 3;
}

/** Chance that t with 4 degrees of freedom is above x > 0. */
function above4(x: number): number {
  const missing = 4 / ((4 + x * x) * (1 + x / Math.sqrt(4 + x * x)));
  return (missing * missing * (3 - missing)) / 4;
}

/** What t with 4 degrees of freedom is above with these chances. */
const T4 = { "1%": 3.746947, "0.1%": 7.173182 };

describe("student-t", () => {
  const volatility = 0.8;
  const day = volatility * Math.sqrt(DAY / YEAR);
  const dynamics = garch({ degreesOfFreedom: 4 });
  const oneDay = { horizon: DAY, step: DAY };
  const assets = [free("WETH", 2000, volatility), free("WBTC", 90_000, volatility)];
  /** In units of the t distribution, which has the variance n / (n - 2). */
  const standard = (of: readonly Float64Array[], asset: number) =>
    logs(of, asset).map((x) => ((x + day ** 2 / 2) / day) * Math.SQRT2);

  it("has the stated volatility and the tails of the t distribution, with correlations as stated", () => {
    const found = levels(assets, { paths: 40_000, dynamics, ...oneDay }, 0.8);
    const [a, b] = [standard(found, 0), standard(found, 1)];
    for (const [share, quantile] of [
      [0.01, T4["1%"]],
      [0.001, T4["0.1%"]],
    ]) {
      const beyond = a.filter((x) => x < -quantile).length / a.length;
      expect(Math.abs(beyond - share)).toBeLessThan(3 * Math.sqrt(share / a.length));
    }
    // Kendall's rank correlation of an elliptical distribution, from pairs that share no path.
    const concordant = a.flatMap((x, i) =>
      i % 2 === 0 ? [(x - a[i + 1]) * (b[i] - b[i + 1]) > 0 ? 1 : -1] : [],
    );
    expectMean(concordant, (2 / Math.PI) * Math.asin(0.8));
  });

  it("lets extremes come together as its copula does", () => {
    expect(above4(T4["0.1%"])).toBeCloseTo(0.001, 9);
    expect(bothBelow4(1e6, 0.8) / above4(1e6)).toBeCloseTo(0.48959, 4);
    expect(2 * studentOdd(-Math.sqrt((5 * 0.2) / 1.8), 5)).toBeCloseTo(0.48959, 5);
    expect(2 * studentOdd(-Math.sqrt((5 * 0.5) / 1.5), 5)).toBeCloseTo(0.25317, 5);
    const found = levels(assets, { paths: 40_000, dynamics, ...oneDay }, 0.8);
    const [a, b] = [standard(found, 0), standard(found, 1)];
    const both = a.filter((x, i) => x < -T4["1%"] && b[i] < -T4["1%"]).length / a.length;
    const expected = bothBelow4(T4["1%"], 0.8);
    expect(Math.abs(both - expected)).toBeLessThan(3 * Math.sqrt(expected / a.length));
  });

  it("has the same intervals in steps of an hour", () => {
    const hourly = levels(assets, { paths: 10_000, dynamics, horizon: DAY, step: 3600 });
    const beyond = standard(hourly, 0).filter((x) => x < -T4["1%"]).length / 10_000;
    expect(Math.abs(beyond - 0.01)).toBeLessThan(3 * Math.sqrt(0.01 / 10_000));
  });
});

describe("garch", () => {
  const volatility = 0.8;
  const assets = [free("WETH", 2000, volatility)];
  const [alpha, beta] = [0.15, 0.75];

  it("comes back to the stated variance from where it starts, by alpha + beta an interval", () => {
    const dynamics = garch({ alpha, beta, start: 2 });
    const days = 10;
    const found = levels(assets, { paths: 10_000, dynamics, horizon: days * DAY, step: DAY });
    const inLongRun = (days * DAY * volatility ** 2) / YEAR;
    const left = (1 - (alpha + beta) ** days) / (1 - alpha - beta);
    const drift = -0.5 * (inLongRun + (3 * left * inLongRun) / days);
    expectMean(logs(found), drift);
    expectVariance(logs(found), moments(logs(found)).mean, inLongRun * (1 + (3 * left) / days));
    expectMean(
      found.map(([level]) => level),
      1,
    );
  });

  it("makes large moves follow large ones: squared moves have the autocorrelation of the model", () => {
    const dynamics = garch({ alpha, beta });
    const scenario = { paths: 20_000, dynamics, step: DAY };
    const one = logs(levels(assets, { ...scenario, horizon: DAY }));
    const two = logs(levels(assets, { ...scenario, horizon: 2 * DAY }));
    const unit = (volatility ** 2 * DAY) / YEAR;
    const first = one.map((x) => (x + unit / 2) ** 2 / unit);
    // Given e^2 of the first day, the second has the variance 1 - alpha + alpha e^2.
    const second = two.map((x, i) => {
      const variance = 1 - alpha + alpha * first[i];
      return (x - one[i] + (unit * variance) / 2) ** 2 / (unit * variance);
    });
    expectMean(second, 1);
    expectMean(
      second.map((x, i) => (x - 1) * (first[i] - 1)),
      0,
    );
  });
});

describe("heston", () => {
  /** A parameter set of Fang and Oosterlee (2008), in relative terms. */
  const longRun = 0.0398;
  const dynamics: PriceDynamics = {
    model: "heston",
    drift: 0,
    reversion: (Math.LN2 / 1.5768) * YEAR,
    volatility: 0.5751 / Math.sqrt(longRun),
    correlation: -0.5711,
    start: Math.sqrt(0.0175 / longRun),
  };
  const found = levels([free("WETH", 100, Math.sqrt(longRun))], { paths: 20_000, dynamics, step: YEAR / 24 });

  it("prices the call of the published example", () => {
    expectMean(
      found.map(([level]) => 100 * Math.max(0, level - 1)),
      5.785155,
    );
  });

  it("keeps the expected price, and the variance that the model has between its start and its long run", () => {
    expectMean(
      found.map(([level]) => level),
      1,
    );
    const average = longRun + ((0.0175 - longRun) * (1 - Math.exp(-1.5768))) / 1.5768;
    expectMean(logs(found), -average / 2);
  });
});

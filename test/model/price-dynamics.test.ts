import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { childSchema, resolved, rootSchema, type Schema } from "../../src/dsl/schema";
import { dynamicsOf } from "../../src/engine/dynamics/dynamics";
import { timeline } from "../../src/engine/timeline";
import { buildModel } from "../../src/model/build";
import { findingsOf } from "./findings-of";

const PATHS = 10;

const fileWith = (dynamics: string, depeg = "{ rate: 12/yr, size: -4%, spread: 3% }") => `plimsoll: 1
assets:
  WETH: { price: 3000, volatility: 70% }
  WBTC: { price: 90k, volatility: 50% }
  stETH: { pegged: { to: WETH, ratio: 1, depeg: ${depeg} } }
  USDC: { stable: { depeg: ${depeg} } }
oracles: { eth: { of: WETH }, usd: { of: USDC } }
venues: { weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [10k, 30M] } }
markets: { core: { kind: lending, rules: aave-v3.3, reserves: { WETH: { oracle: eth, liquidationThreshold: 83%, liquidationBonus: 5% }, USDC: { oracle: usd } } } }
books: { few: { market: core, positions: [{ account: a, asset: WETH, side: collateral, amount: 1 }, { account: a, asset: USDC, side: debt, amount: 1k }] } }
liquidators: { searchers: { capital: flash } }
scenarios:
  tail: { monte-carlo: { paths: ${PATHS}, horizon: 0.5yr, step: 10d, seed: 1, dynamics: ${dynamics} } }
`;

/** Every model with every key. */
const written: readonly string[] = [
  "{ model: gbm, drift: 10%/yr }",
  "{ model: jump-diffusion, rate: 6/yr, common: 40%, normal: { size: -8%, spread: 5% }, drift: 10%/yr }",
  "{ model: jump-diffusion, rate: 6/yr, common: 40%, double-exponential: { up: 3%, down: 7%, upward: 30% }, drift: 10%/yr }",
  "{ model: student-t, degreesOfFreedom: 4, interval: 20d, drift: 10%/yr }",
  "{ model: garch, alpha: 20%, beta: 70%, degreesOfFreedom: 5, interval: 20d, start: 150%, drift: 10%/yr }",
  "{ model: heston, reversion: 20d, volatilityOfVariance: 300%, correlation: -50%, start: 150%, drift: 10%/yr }",
];

/** By asset, at every step of every path. */
function levelsOf(text: string): number[][] {
  const { file, problems } = parse(text);
  expect(problems).toEqual([]);
  const { model, scenarios, findings } = buildModel(file!, { positions: {}, quotes: {} });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const steps = timeline(model!, scenarios[0]);
  const dynamics = dynamicsOf(model!, scenarios[0], steps);
  const level = new Float64Array(model!.assets.length);
  const levels: number[][] = Array.from(level, () => []);
  for (let path = 0; path < PATHS; path++) {
    dynamics.start(path);
    for (let step = 0; step < steps.length; step++) {
      dynamics.move(step, level);
      level.forEach((each, asset) => {
        levels[asset].push(each);
      });
    }
  }
  return levels;
}

/** Each number of a text with a unit, made a little smaller. */
function variantsOf(text: string): [string, string][] {
  return [...text.matchAll(/([\w-]+): (-?[\d.]+)(%|\/yr|d|h|,| })/g)].map(
    ({ 0: all, 1: key, 2: number, index }) => {
      const changed = all.replace(number, String(Number(number) * 0.9));
      return [key, text.slice(0, index) + changed + text.slice(index + all.length)];
    },
  );
}

function numericKeys(declared: Schema): string[] {
  const { oneOf = [], properties = {} } = resolved(declared);
  return [
    ...oneOf.flatMap(numericKeys),
    ...Object.entries(properties).flatMap(([key, child]) =>
      resolved(child).dimension ? [key] : numericKeys(child),
    ),
  ];
}

const schemaAt = (...path: string[]) =>
  path.reduce((schema, key) => childSchema(schema, key)!, rootSchema as Schema);

describe("every number of price dynamics acts", () => {
  const variants = written.flatMap((dynamics) =>
    variantsOf(dynamics).map(([key, changed]) => ({ key, changed, dynamics })),
  );

  it.each(variants)("$key: $changed", ({ changed, dynamics }) => {
    expect(levelsOf(fileWith(changed))).not.toEqual(levelsOf(fileWith(dynamics)));
  });

  it.each(variantsOf("{ rate: 12/yr, size: -4%, spread: 3% }"))("depeg %s: %s", (_, depeg) => {
    const dynamics = written[0];
    const [before, after] = [levelsOf(fileWith(dynamics)), levelsOf(fileWith(dynamics, depeg))];
    expect(after.map((levels, i) => levels.every((level, at) => level === before[i][at]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("and there are no others", () => {
    const tested = new Set(variants.map(({ key }) => key));
    const dynamics = numericKeys(schemaAt("scenarios", "tail", "monte-carlo", "dynamics"));
    expect([...new Set(dynamics)].sort()).toEqual([...tested].sort());
    expect(numericKeys(schemaAt("assets", "USDC", "stable", "depeg"))).toEqual(["rate", "size", "spread"]);
  });
});

describe("jumps that alone move more than an asset's volatility", () => {
  it("are found at their rate, with the most that is possible", () => {
    const found = findingsOf(
      fileWith("{ model: jump-diffusion, rate: 40/yr, normal: { size: -8%, spread: 6% } }"),
    );
    expect(found).toEqual([
      {
        rule: "jumps-above-volatility",
        text: "40/yr",
        message:
          "Jumps alone have a volatility of 64.9692% a year, and WBTC has one of 50% with its jumps. Lower the rate to at most 23.691/yr, make the jumps smaller, or raise the volatility.",
      },
    ]);
    const most = findingsOf(
      fileWith("{ model: jump-diffusion, rate: 23.691/yr, normal: { size: -8%, spread: 6% } }"),
    );
    expect(most).toEqual([]);
  });
});

describe("a variance that varies", () => {
  it("has a long run only where alpha and beta are below 1 together", () => {
    expect(findingsOf(fileWith("{ model: garch, alpha: 30%, beta: 70%, interval: 20d }"))).toEqual([
      {
        rule: "garch-not-stationary",
        text: "70%",
        message:
          "alpha and beta add up to 100%: the variance grows without end and has no long run. With this alpha, lower beta to less than 70%.",
      },
    ]);
  });

  it("reverts by half in no less than a step", () => {
    expect(findingsOf(fileWith("{ model: heston, reversion: 5d, volatilityOfVariance: 300% }"))).toEqual([
      {
        rule: "step-longer-than-interval",
        text: "10d",
        message:
          "The step is longer than the 5d in which half of the variance reverts. Shorten it to at most 5d, or lengthen the reversion.",
      },
    ]);
  });

  it("holds for at least a step", () => {
    expect(findingsOf(fileWith("{ model: student-t, degreesOfFreedom: 4 }"))).toEqual([
      {
        rule: "step-longer-than-interval",
        text: "10d",
        message:
          "The step is longer than the 1d for which the dynamics have one variance. Shorten it to at most 1d, or lengthen the interval.",
      },
    ]);
  });
});

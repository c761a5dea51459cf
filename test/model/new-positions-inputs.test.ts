import { describe, expect, it } from "vitest";
import type { RiskFile } from "../../src/dsl/parse";
import { childSchema, resolved, rootSchema, type Schema, tagValues } from "../../src/dsl/schema";
import { ruleSetOf } from "../../src/engine/markets/rule-sets";
import { buildModel } from "../../src/model/build";
import { staticFindings } from "../../src/model/static-rules";

/** Every bound on new loans and new supply, of every rule set, acts through a book that does not exist yet. */

const OF_NEW_BOOKS = "docs/data-files.md#books-that-do-not-exist-yet";

interface Case {
  readonly market: Readonly<Record<string, unknown>>;
  /** Target of the ether that is filled. */
  readonly target: number | "supplyCap";
  readonly emode?: string;
}

const lent = { supplied: 1e6, borrowed: 9e5 };

const aave = (rules: string, more: object, caps: object, lentCaps: object) => ({
  kind: "lending",
  rules,
  reserves: {
    WETH: {
      oracle: "eth",
      liquidationThreshold: 0.85,
      liquidationBonus: 0.05,
      supplied: 500,
      ...caps,
    },
    USDC: { oracle: "usd", ...lent, ...lentCaps },
  },
  ...more,
});

/** Against 50 new ether, 40,000 dollars can be owed: a little less than there is room for. */
const caps = { supplyCap: 550 };
const borrowCap = { borrowCap: 940_010 };
const eth = {
  collateral: ["WETH"],
  borrowable: ["USDC"],
  ltv: 0.9,
  liquidationThreshold: 0.93,
  liquidationBonus: 0.01,
};
const vaultTerms = { asset: "WETH", oracle: "eth", chop: 0.13 };

const cases: Readonly<Record<string, Case>> = {
  "aave-v2": { market: aave("aave-v2", {}, { ltv: 0.8 }, {}), target: 550 },
  "aave-v3.0": { market: aave("aave-v3.0", {}, { ltv: 0.8, ...caps }, borrowCap), target: "supplyCap" },
  "aave-v3.3": { market: aave("aave-v3.3", {}, { ltv: 0.8, ...caps }, borrowCap), target: "supplyCap" },
  "aave-v3.3, in an E-mode": {
    market: aave("aave-v3.3", { emodes: { eth } }, {}, {}),
    target: 550,
    emode: "eth",
  },
  "compound-v2": {
    market: {
      kind: "lending",
      rules: "compound-v2",
      closeFactor: 0.5,
      liquidationIncentive: 0.08,
      reserves: {
        WETH: { oracle: "eth", collateralFactor: 0.8, supplied: 500 },
        USDC: { oracle: "usd", ...lent, ...borrowCap },
      },
    },
    target: 550,
  },
  "compound-v3": {
    market: {
      kind: "lending",
      rules: "compound-v3",
      base: "USDC",
      oracle: "usd",
      storeFrontFactor: 0.5,
      targetReserves: 1e6,
      collaterals: {
        WETH: {
          oracle: "eth",
          borrowFactor: 0.8,
          liquidateFactor: 0.85,
          liquidationFactor: 0.93,
          supplied: 500,
          ...caps,
        },
      },
    },
    target: "supplyCap",
  },
  "euler-v2": {
    market: {
      kind: "lending",
      rules: "euler-v2",
      asset: "USDC",
      oracle: "usd",
      maxDiscount: 0.1,
      borrowCap: 40_010,
      collaterals: { WETH: { oracle: "eth", borrowLtv: 0.8, liquidationLtv: 0.85, supplied: 500, ...caps } },
    },
    target: "supplyCap",
  },
  "morpho-blue": {
    market: {
      kind: "lending",
      rules: "morpho-blue",
      collateral: "WETH",
      loan: "USDC",
      lltv: 0.86,
      oracle: "eth-usdc",
    },
    target: 50,
  },
  maker: {
    market: {
      kind: "cdp",
      rules: "maker",
      debt: "USDC",
      ilks: {
        "ETH-A": {
          ...vaultTerms,
          mat: 1.5,
          dust: 100,
          buf: 1.2,
          tail: 7200,
          cusp: 0.4,
          chip: 0,
          tip: 0,
          calc: { linear: { tau: 7200 } },
        },
      },
    },
    target: 50,
  },
  "maker-flip": {
    market: {
      kind: "cdp",
      rules: "maker-flip",
      debt: "USDC",
      ilks: { "ETH-A": { ...vaultTerms, mat: 1.5, lump: 50, beg: 0.03, ttl: 600, tau: 21600 } },
    },
    target: 50,
  },
  "liquity-v1": {
    market: {
      kind: "cdp",
      rules: "liquity-v1",
      collateral: "WETH",
      debt: "USDC",
      oracle: "eth",
      minimumCollateralRatio: 1.6,
      criticalCollateralRatio: 1.6,
      stabilityPool: 1e6,
    },
    target: 50,
  },
  crvusd: {
    market: {
      kind: "cdp",
      rules: "crvusd",
      collateral: "WETH",
      debt: "USDC",
      oracle: "eth",
      basePrice: 1000,
    },
    target: 50,
  },
};

function fileOf({ market, target, emode }: Case): RiskFile {
  return {
    plimsoll: 1,
    assets: { WETH: { price: 1000, volatility: 0.7 }, USDC: { stable: {} } },
    venues: { "weth-usdc": { pair: ["WETH", "USDC"], model: "constant-product", reserves: [1e4, 1e7] } },
    oracles: { eth: { of: "WETH" }, usd: { of: "USDC" }, "eth-usdc": { of: "WETH", in: "USDC" } },
    markets: { core: market },
    books: {
      new: {
        market: "core",
        fill: { WETH: target },
        newPositions: { loanToValue: "max", debt: "USDC", count: 2, ...(emode && { emode }) },
      },
    },
    liquidators: { searchers: { capital: "flash" } },
    scenarios: { crash: { shock: { WETH: -0.1 } } },
  } as unknown as RiskFile;
}

function bookOf(from: Case) {
  const file = fileOf(from);
  const { model, findings } = buildModel(file, { positions: {}, quotes: {} });
  const errors = [...staticFindings(file), ...findings].filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
  return model!.markets[0].book;
}

/** The paths in a market at which a bound on what is new is written. */
function boundsIn(value: unknown, schema: Schema, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === "number") return schema.documentation === OF_NEW_BOOKS ? [path] : [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    boundsIn(each, childSchema(schema, key)!, [...path, key]),
  );
}

/** The keys of a rule set's market that are such bounds. */
function boundKeys(schema: Schema, key = ""): string[] {
  const { dimension, documentation, properties = {}, additionalProperties } = schema;
  if (dimension) return documentation === OF_NEW_BOOKS ? [key] : [];
  const any = typeof additionalProperties === "object" ? boundKeys(resolved(additionalProperties)) : [];
  return [...any, ...Object.entries(properties).flatMap(([name, each]) => boundKeys(resolved(each), name))];
}

const union = childSchema(childSchema(rootSchema, "markets")!, "")!;
const schemaOf = (rules: unknown) => resolved(union.oneOf![tagValues(union).indexOf(String(rules))]);

function changed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return (value as number) * 0.99;
  const of = value as Record<string, unknown>;
  return { ...of, [key]: changed(of[key], rest) };
}

describe("new positions of every rule set", () => {
  it.each(Object.entries(cases))("%s: at the most that is lent, nobody is under water", (_, from) => {
    expect(bookOf(from).accounts).toHaveLength(2);
  });

  it("are tested for all of them", () => {
    const tested = new Set(Object.values(cases).map(({ market }) => market.rules));
    expect(tagValues(union).filter((rules) => !tested.has(rules))).toEqual([]);
    for (const rules of tagValues(union)) expect(ruleSetOf(rules).id).toBe(rules);
  });

  it.each(tagValues(union))("%s has no bound that is not tested", (rules) => {
    const written = Object.values(cases)
      .filter(({ market }) => market.rules === rules)
      .flatMap(({ market }) => boundsIn(market, schemaOf(rules)).map((path) => path.at(-1)));
    expect(boundKeys(schemaOf(rules)).filter((key) => !written.includes(key))).toEqual([]);
  });
});

const bounds = Object.entries(cases).flatMap(([name, from]) =>
  boundsIn(from.market, schemaOf(from.market.rules)).map(
    (path) => [`${name}: ${path.join(".")}`, from, path] as const,
  ),
);

describe("a bound on what is new acts", () => {
  it.each(bounds)("%s", (_, from, path) => {
    const other = { ...from, market: changed(from.market, path) as Case["market"] };
    expect(bookOf(other)).not.toEqual(bookOf(from));
  });
});

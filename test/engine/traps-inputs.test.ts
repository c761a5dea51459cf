import { describe, expect, it } from "vitest";
import schema from "../../schemas/risk.schema.json";
import { ruleSetOf } from "../../src/engine/markets/rule-sets";
import { free, type Holding, market, model, pool, run, searchers, shock } from "./kit";

/** The error of a dead input, a number that changes nothing: every number that a market's entry has must act. */

const DAY = 86_400;
const assetNames = ["WETH", "USDC", "WBTC"];
const names = { asset: (name: string) => assetNames.indexOf(name), oracle: Number };

type Entry = Readonly<Record<string, unknown>>;

interface Case {
  readonly entry: Entry;
  readonly holdings: readonly Omit<Holding, "account">[];
  /** What a vault has in the market, where it lends to vaults. */
  readonly vault?: number;
}

const lent = { supplied: 1e7, borrowed: 8.5e6, reserveFactor: 0.1 };
const short = { collateral: { 1: 3e5 }, debt: { 0: 290 } };
const dollars = [800, 850, 900].map((debt) => ({ collateral: { 0: 100, 1: 1000 }, debt: { 1: debt * 100 } }));

/** Two reserves that are collateral and debt, both lent beyond the kink. */
const aave = (own: object, emodes?: object): Entry => {
  const terms = { liquidationThreshold: 0.8, liquidationBonus: 0.05, ...own };
  const rate = { optimal: 0.8, base: 0.01, slope1: 0.04, slope2: 0.6 };
  return {
    reserves: {
      WETH: { oracle: "0", ...terms, ...lent, rate },
      USDC: { oracle: "1", ...terms, ...lent, rate },
    },
    ...emodes,
  };
};

const emodes = {
  emodes: { eth: { collateral: ["WETH"], liquidationThreshold: 0.93, liquidationBonus: 0.04 } },
};
const inEmode = { collateral: { 0: 100 }, debt: { 1: 91_000 }, emode: 0 };
const jump = { kink: 0.8, base: 0.02, multiplier: 0.1, jumpMultiplier: 2 };

const slopes = { kink: 0.8, base: 0.01, slopeLow: 0.05, slopeHigh: 3 };

const cases: Readonly<Record<string, Case>> = {
  "aave-v2": { entry: aave({}), holdings: [...dollars, short] },
  "aave-v3.0": {
    entry: aave({ liquidationProtocolFee: 0.1 }, emodes),
    holdings: [...dollars, short, inEmode],
  },
  "aave-v3.3": {
    entry: aave({ liquidationProtocolFee: 0.1 }, emodes),
    holdings: [...dollars, short, inEmode],
  },
  "compound-v2": {
    entry: {
      closeFactor: 0.5,
      liquidationIncentive: 0.08,
      reserves: {
        WETH: { oracle: "0", collateralFactor: 0.8, ...lent, rate: jump },
        USDC: { oracle: "1", collateralFactor: 0.8, ...lent, rate: jump },
      },
    },
    holdings: [...dollars, short],
  },
  "compound-v3": {
    entry: {
      base: "USDC",
      oracle: "1",
      reserves: 200_000,
      targetReserves: 120_000,
      storeFrontFactor: 0.5,
      supplied: 1e7,
      borrowed: 8.5e6,
      supplyRate: slopes,
      borrowRate: { ...slopes, base: 0.02 },
      collaterals: {
        WETH: { oracle: "0", liquidateFactor: 0.85, liquidationFactor: 0.93 },
        WBTC: { oracle: "2", liquidateFactor: 0.8, liquidationFactor: 0.9 },
      },
    },
    holdings: [
      { collateral: { 0: 100 }, debt: { 2: 84_000 } },
      { collateral: { 1: 2 }, debt: { 2: 79_000 } },
    ],
  },
  "euler-v2": {
    entry: {
      asset: "USDC",
      oracle: "1",
      maxDiscount: 0.1,
      supplied: 1e7,
      borrowed: 8.5e6,
      rate: { kink: 0.8, base: 0.02, slope1: 0.05, slope2: 3 },
      collaterals: {
        WETH: { oracle: "0", liquidationLtv: 0.85 },
        WBTC: { oracle: "2", liquidationLtv: 0.8 },
      },
    },
    holdings: [
      { collateral: { 0: 100 }, debt: { 2: 84_000 } },
      { collateral: { 0: 100 }, debt: { 2: 99_000 } },
      { collateral: { 1: 2 }, debt: { 2: 79_000 } },
    ],
  },
  "morpho-blue": {
    entry: {
      collateral: "WETH",
      loan: "USDC",
      oracle: "0",
      lltv: 0.86,
      supplied: 1e6,
      borrowed: 8e5,
      rateAtTarget: 0.04,
      fee: 0.1,
    },
    holdings: [{ collateral: { 0: 100 }, debt: { 1: 84_000 } }],
    vault: 1e5,
  },
  "liquity-v1": {
    entry: {
      collateral: "WETH",
      debt: "USDC",
      oracle: "0",
      minimumCollateralRatio: 1.1,
      criticalCollateralRatio: 1.5,
      stabilityPool: 260_000,
      collateralCompensation: 0.005,
      debtCompensation: 200,
    },
    holdings: [
      { collateral: { 0: 1000 }, debt: { 1: 500_000 } },
      { collateral: { 0: 5 }, debt: { 1: 3500 } },
      ...[70, 80, 84, 89].map((debt) => ({ collateral: { 0: 100 }, debt: { 1: debt * 1000 } })),
    ],
  },
  maker: {
    entry: {
      debt: "USDC",
      hole: 80_000,
      surplus: 5000,
      ilks: {
        "ETH-A": {
          asset: "WETH",
          oracle: "0",
          mat: 1.5,
          chop: 0.13,
          dust: 70_000,
          duty: 0.05,
          hole: 78_000,
          buf: 1.2,
          tail: 4000,
          cusp: 0.8,
          chip: 0.001,
          tip: 300,
          calc: { stairstep: { cut: 0.995, step: 90 } },
        },
      },
    },
    holdings: [55, 60, 64, 99].map((debt) => ({ collateral: { 0: 100 }, debt: { 1: debt * 1000 } })),
  },
};

/** The paths of all numbers in an entry. */
function numbersOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersOf(each, [...path, key]));
}

function scaled(value: unknown, [key, ...rest]: readonly string[], by: number): unknown {
  if (key === undefined) return (value as number) * by;
  const of = value as Entry;
  return { ...of, [key]: scaled(of[key], rest, by) };
}

/** Ether falls by 20% and bitcoin by 10% in an hour, and there is a day to liquidate. */
function outcome(id: string, { entry, holdings, vault }: Case) {
  const { reserves, ...terms } = ruleSetOf(id).terms(entry as never, names);
  const accounts = holdings.map((each, i) => ({ account: `a${i}`, ...each }));
  const from = model({
    assets: [free("WETH", 1000), free("USDC", 1), free("WBTC", 50_000)],
    venues: [pool(0, 1, [3000, 3e6]), pool(2, 1, [60, 3e6])],
    liquidators: [{ ...searchers, minProfit: 100 }],
    markets: [market(id, reserves, accounts, terms)],
    vaults: vault
      ? [{ name: "vault", asset: 1, idle: 0, allocations: [{ market: 0, supplied: vault }] }]
      : [],
  });
  const { markets, vaults } = run(from, shock([-0.2, 0, -0.1], { over: 3600, hold: DAY }));
  return { markets, vaults };
}

const inputs = Object.entries(cases).flatMap(([id, { entry }]) =>
  numbersOf(entry).map((path) => [`${id}: ${path.join(".")}`, id, path] as const),
);

interface Node {
  readonly $ref?: string;
  readonly dimension?: string;
  readonly informational?: boolean;
  readonly documentation?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
}

function resolved(node: Node): Node {
  if (node.$ref === undefined) return node;
  const target = (schema.$defs as Record<string, Node>)[node.$ref.slice("#/$defs/".length)];
  return { ...resolved(target), ...node, $ref: undefined };
}

/** What bounds new loans and new supply acts through them alone (test/model/new-positions-inputs.test.ts). */
const OF_NEW_BOOKS = "docs/data-files.md#books-that-do-not-exist-yet";

/** The paths of the numbers that act, by the schema, with `*` for any name; how a price curve is written has tests of its own. */
function numbersIn(at: Node, path: readonly string[] = []): (readonly string[])[] {
  const { dimension, informational, documentation, properties, additionalProperties: rest } = resolved(at);
  if (informational || documentation === OF_NEW_BOOKS || path.at(-1) === "calc") return [];
  if (dimension) return [path];
  const any = typeof rest === "object" ? numbersIn(rest, [...path, "*"]) : [];
  return [
    ...any,
    ...Object.entries(properties ?? {}).flatMap(([key, each]) => numbersIn(each, [...path, key])),
  ];
}

describe("every number of a market acts", () => {
  it.each(inputs)("%s", (_, id, path) => {
    const { entry } = cases[id];
    const before = outcome(id, cases[id]);
    const changed = [0.9, 1.1].map((by) =>
      outcome(id, { ...cases[id], entry: scaled(entry, path, by) as Entry }),
    );
    expect(changed).not.toEqual([before, before]);
  });

  it.each(Object.entries(cases))("%s has no others", (id, { entry }) => {
    const definition = `${id.replace(/[-.](.)/g, (_, next: string) => next.toUpperCase())}Market`;
    const written = numbersOf(entry);
    const untested = numbersIn({ $ref: `#/$defs/${definition}` }).filter(
      (path) => !written.some((each) => path.every((key, i) => key === "*" || key === each[i])),
    );
    expect(untested).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { parse, type RiskFile } from "../../src/dsl/parse";
import { childSchema, resolved, rootSchema, type Schema } from "../../src/dsl/schema";
import { simulate } from "../../src/engine/simulate";
import { pathCount } from "../../src/engine/timeline";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";

/** The error of a dead input, a number that changes nothing: every number of a scenario must act. */

const head = `plimsoll: 1
assets:
  WETH: { price: 2000, volatility: 200% }
  USDC: { price: 1, stable: {} }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [500, 1M], recovery: 2h }
oracles:
  eth-usd: { of: WETH, deviation: 0.5%, heartbeat: 1h, delay: 30min }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd }
books:
  core:
    market: core
    generate: { count: 20, seed: 1, collateral: { WETH: 100% }, debt: { USDC: 100% }, loanToValue: { beta: [5, 3], max: 80% }, debtValue: { lognormal: [9, 1] } }
liquidators:
  searchers: { capital: flash, gas: { units: 500k, price: 20 gwei, asset: WETH }, reaction: 5min }
`;

type Entry = Readonly<Record<string, unknown>>;

/** In base units. */
const cases: readonly Entry[] = [
  {
    shock: { WETH: -0.4, oracle: { "eth-usd": -0.04 } },
    over: 3600,
    hold: 21_600,
    depth: { to: 0.4, recover: 7200 },
    gas: 4,
  },
  { crisis: "jun-2021", scale: 1.5 },
  { "monte-carlo": { paths: 8, horizon: 86_400, step: 3600, seed: 8 } },
];

/** The paths of all numbers in an entry. */
function numbersOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object") return [];
  return Object.entries(value as Entry).flatMap(([key, each]) => numbersOf(each, [...path, key]));
}

function scaled(value: unknown, [key, ...rest]: readonly string[], by: number): unknown {
  if (key === undefined) return (value as number) * by;
  return { ...(value as Entry), [key]: scaled((value as Entry)[key], rest, by) };
}

async function outcome(entry: unknown) {
  const file = { ...parse(head).file!, scenarios: { s: entry } } as RiskFile;
  const tables = await loadTables(file, { read: () => Promise.reject(new Error("no data files")) });
  const { model, scenarios } = buildModel(file, tables);
  return simulate(model!, scenarios[0], { first: 0, count: pathCount(scenarios[0]) });
}

/** The paths of the numbers by the schema, with `*` for any name. */
function numbersIn(schema: Schema, path: readonly string[] = []): (readonly string[])[] {
  if (schema.dimension) return [path];
  const { additionalProperties: rest, properties = {} } = schema;
  return [
    ...(typeof rest === "object" ? numbersIn(resolved(rest), [...path, "*"]) : []),
    ...Object.entries(properties).flatMap(([key, each]) => numbersIn(resolved(each), [...path, key])),
  ];
}

const inputs = cases.flatMap((entry) =>
  numbersOf(entry).map((path) => [path.join("."), entry, path] as const),
);

describe("every number of a scenario acts", () => {
  it.each(inputs)("%s", async (_, entry, path) => {
    const before = await outcome(entry);
    const changed = await Promise.all([0.5, 2].map((by) => outcome(scaled(entry, path, by))));
    expect(changed).not.toEqual([before, before]);
  });

  it("and there are no others", () => {
    const scenario = childSchema(childSchema(rootSchema, "scenarios")!, "")!;
    const untested = numbersIn(scenario).filter(
      (path) => !inputs.some(([, , written]) => path.every((key, i) => key === "*" || key === written[i])),
    );
    expect(untested).toEqual([]);
  });
});

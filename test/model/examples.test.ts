import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeWorkspace } from "../../src/data/node-workspace";
import { parse } from "../../src/dsl/parse";
import { childSchema, rootSchema, tagValues } from "../../src/dsl/schema";
import { simulate } from "../../src/engine/simulate";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";
import { staticFindings } from "../../src/model/static-rules";

async function load(name: string) {
  const { file, draft, problems } = parse(readFileSync(`examples/${name}`, "utf8"));
  expect(problems).toEqual([]);
  expect(staticFindings(draft!)).toEqual([]);
  const built = buildModel(file!, await loadTables(file!, nodeWorkspace("examples")));
  expect(built.findings).toEqual([]);
  return {
    model: built.model!,
    scenarios: built.scenarios,
    scenario: (scenario: string) => built.scenarios.find((each) => each.name === scenario)!,
  };
}

describe("the examples", async () => {
  const names = readdirSync("examples").filter((name) => name.endsWith(".risk.yaml"));
  const loaded = await Promise.all(names.map(async (name) => [name, await load(name)] as const));

  it("use every rule set", () => {
    const used = new Set(loaded.flatMap(([, { model }]) => model.markets.map(({ rules }) => rules)));
    const market = childSchema(childSchema(rootSchema, "markets")!, "")!;
    expect([...used].sort()).toEqual(tagValues(market).sort());
  });

  it.each(loaded)("%s liquidates somebody in one of its shocks or replays", (_, { model, scenarios }) => {
    const shocks = scenarios.filter(({ kind }) => kind !== "monte-carlo");
    const liquidated = shocks.flatMap((shock) =>
      simulate(model, shock, { first: 0, count: 1 }).markets.map((market) => market.liquidatedAccounts[0]),
    );
    expect(Math.max(...liquidated)).toBeGreaterThan(0);
  });
});

describe("the Compound DAI event of 26 November 2020", async () => {
  const { model, scenario } = await load("compound-dai-2020.risk.yaml");

  it.each([
    ["dai-105", 0, 0],
    ["dai-110", 5, 561_171.82],
  ])("in %s lets %i accounts be liquidated with a total shortfall of %d USD", (name, accounts, shortfall) => {
    const { markets } = simulate(model, scenario(name), { first: 0, count: 1 });
    expect(markets[0].liquidatableAccounts[0]).toBe(accounts);
    expect(Math.abs(markets[0].shortfall[0] - shortfall)).toBeLessThan(0.02);
  });
});

describe("Black Thursday at Maker", async () => {
  const { model, scenario } = await load("black-thursday.risk.yaml");
  const badDebt = (name: string) =>
    simulate(model, scenario(name), { first: 0, count: 1 }).markets.map((market) => market.badDebt[0]);

  it("English auctions fail as gas rises; without the congestion, and by the Dutch auctions of later, hardly any", () => {
    const [flip, clip] = badDebt("the-day");
    const [calm] = badDebt("without-congestion");
    expect(flip).toBeGreaterThan(50_000);
    expect(calm).toBeLessThan(flip / 10);
    expect(clip).toBeLessThan(flip / 10);
  });
});

describe("the CRV short of 22 November 2022", async () => {
  const { model, scenario } = await load("aave-v2-crv-2022.risk.yaml");
  const debtLeft = (feedback: boolean) => {
    const squeeze = { ...scenario("squeeze"), feedback };
    return simulate(model, squeeze, { first: 0, count: 1 }).markets[0].badDebt[0];
  };

  it("leaves debt behind only because buying CRV moves its price", () => {
    expect(debtLeft(true)).toBeGreaterThan(1e6);
    expect(debtLeft(false)).toBe(0);
  });
});

describe("Aave v3 at its supply caps", () => {
  const text = readFileSync("examples/aave-v3-caps.risk.yaml", "utf8");
  const badDebtAt = (cap: string) => {
    const { model, scenarios } = buildModel(
      parse(text.replace("supplyCap: 40k", `supplyCap: ${cap}`)).file!,
      {
        positions: {},
        quotes: {},
      },
    );
    return simulate(model!, scenarios[0], { first: 0, count: 1 }).markets[0].badDebt[0];
  };

  it("leaves bad debt from a cap on that is above what the venues take", () => {
    expect(badDebtAt("40k")).toBe(0);
    expect(badDebtAt("44k")).toBeGreaterThan(1e6);
  });
});

describe("Aave v3 core", async () => {
  const { model } = await load("aave-v3-core.risk.yaml");

  it("has 20,000 accounts and the loops beside them", () => {
    expect(model.markets[0].book.accounts).toHaveLength(20_500);
    expect(model.markets[0].book.emode.filter((emode) => emode === 0)).toHaveLength(500);
  });
});

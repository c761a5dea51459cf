import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aboutCrisis, crisesPage } from "../../scripts/crises.mjs";
import { parse } from "../../src/dsl/parse";
import { childSchema, rootSchema } from "../../src/dsl/schema";
import { valueAt } from "../../src/engine/dynamics/path";
import type { ReplayScenario } from "../../src/engine/model";
import { simulate } from "../../src/engine/simulate";
import { buildModel } from "../../src/model/build";
import { assetsOf, CRISES, type CrisisName } from "../../src/model/crises/library";
import { loadTables } from "../../src/model/load";
import { staticFindings } from "../../src/model/static-rules";

const HOUR = 3600;
const events = Object.entries(CRISES);

const head = `plimsoll: 1
assets:
  WETH: { price: 2000, volatility: 90% }
  LINK: { price: 10, volatility: 90% }
  WBTC: { price: 40k, volatility: 60% }
  wstETH: { pegged: { to: WETH, ratio: 1.2 } }
  ezETH: { price: 2000, volatility: 90% }
  DAI: { price: 1, stable: {} }
venues:
  weth-dai: { pair: [WETH, DAI], model: constant-product, reserves: [500, 1M] }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [500, 600] }
oracles:
  eth-usd: { of: WETH }
  wsteth-usd: { base: eth-usd, rate: 1.2 }
  dai-usd: { of: DAI }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, liquidationThreshold: 80%, liquidationBonus: 5% }
      wstETH: { oracle: wsteth-usd, liquidationThreshold: 80%, liquidationBonus: 5% }
      DAI: { oracle: dai-usd }
books:
  core:
    market: core
    positions:
      - { account: ann, asset: WETH, side: collateral, amount: 100 }
      - { account: ann, asset: DAI, side: debt, amount: 120k }
liquidators:
  searchers: { capital: flash, gas: { units: 500k, price: 10 gwei, asset: WETH } }
`;

async function load(entry: string) {
  const { file, draft, problems } = parse(`${head}scenarios:\n  s: { ${entry} }\n`);
  if (!file) return { problems, findings: [] };
  const findings = staticFindings(draft!);
  const built = buildModel(file, await loadTables(file, { read: () => Promise.reject(new Error("none")) }));
  const scenario = built.scenarios[0] as ReplayScenario;
  const levelOf = (asset: string) => scenario.levels[Object.keys(file.assets).indexOf(asset)];
  return { problems, findings, model: built.model!, scenario, levelOf };
}

const replay = async (entry: string) => (await load(entry)) as Required<Awaited<ReturnType<typeof load>>>;

describe("the crisis library", () => {
  it("is what the schema and the documentation say", () => {
    const schema = childSchema(childSchema(childSchema(rootSchema, "scenarios")!, "")!, "crisis")!;
    expect(schema.enum).toEqual(Object.keys(CRISES));
    for (const [name, crisis] of events) expect(schema.enumDescriptions?.[name]).toBe(aboutCrisis(crisis));
    expect(readFileSync("docs/crises.md", "utf8")).toBe(crisesPage(CRISES));
  });

  it.each(events)("%s has sourced paths in order, within its hours", (_, crisis) => {
    const { prices, oracles = {}, depth = [], gas = [], hours, source } = crisis;
    expect(source.length).toBeGreaterThan(20);
    expect(assetsOf(crisis).length).toBeGreaterThan(0);
    const paths = [...Object.values(prices), ...Object.values(oracles)];
    for (const { convention } of paths) expect(["close", "high-low"]).toContain(convention);
    for (const anchors of [...paths.map((path) => path.anchors), depth, gas]) {
      const times = anchors.map(([hour]) => hour);
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      expect(times.every((hour) => hour >= 0 && hour <= hours)).toBe(true);
      expect(anchors.every(([, value]) => value > 0)).toBe(true);
    }
    expect(depth.every(([, share]) => share <= 1)).toBe(true);
  });

  it.each(Object.keys(CRISES) as CrisisName[])(
    "%s runs, with one of its assets played by WETH",
    async (name) => {
      const asset = assetsOf(CRISES[name])[0];
      const { model, scenario, findings } = await replay(`crisis: ${name}, assets: { ${asset}: WETH }`);
      expect(findings).toEqual([]);
      const { markets, assets } = simulate(model, scenario, { first: 0, count: 1 });
      for (const column of [markets[0].badDebt, markets[0].stalledDebt, assets[0].lowest])
        expect(Number.isFinite(column[0])).toBe(true);
    },
  );
});

describe("a replay", () => {
  it("moves the file's assets of the event's names, and of no other", async () => {
    const { scenario, levelOf } = await replay("crisis: black-thursday-2020");
    expect(scenario).toMatchObject({ kind: "replay", horizon: 36 * HOUR, feedback: false });
    expect(valueAt(levelOf("WETH")!, 26 * HOUR)).toBe(0.502);
    expect(valueAt(levelOf("WBTC")!, 26 * HOUR)).toBe(0.484);
    expect([levelOf("wstETH"), levelOf("LINK"), levelOf("DAI")]).toEqual([undefined, undefined, undefined]);
    expect(valueAt(scenario.surroundings!.gas!, 17 * HOUR)).toBe(19);
    expect(scenario.surroundings!.depth).toBeUndefined();
  });

  it("follows the anchors in the simulation", async () => {
    const { model, scenario } = await replay("crisis: black-thursday-2020");
    const { trace, assets } = simulate(model, scenario, { first: 0, count: 1 }, { trace: true });
    expect(assets[0].exogenousLowest[0]).toBeCloseTo(2000 * 0.502, 6);
    expect(trace!.time.at(-1)).toBeCloseTo(36 * HOUR, 6);
    expect(trace!.market[0].at(-1)).toBeCloseTo(2000 * 0.665, 6);
  });

  it("is rescaled in the log, and played by other assets", async () => {
    const { levelOf } = await replay("crisis: black-thursday-2020, scale: 120%, assets: { WETH: LINK }");
    expect(levelOf("WETH")).toBeUndefined();
    expect(valueAt(levelOf("LINK")!, 26 * HOUR)).toBeCloseTo(0.502 ** 1.2, 12);
  });

  it("moves the peg of a pegged asset, and the price of another by the peg times its base", async () => {
    const { levelOf } = await replay("crisis: aug5-2024");
    expect(valueAt(levelOf("wstETH")!, 96 * HOUR)).toBe(0.983);
    const free = await replay("crisis: aug5-2024, assets: { stETH: ezETH }");
    expect(valueAt(free.levelOf("ezETH")!, 96 * HOUR)).toBeCloseTo(0.983 * 0.8, 12);
  });

  it("gives oracles that went their own way their own path", async () => {
    const { model, scenario } = await replay("crisis: capo-misconfig-2026");
    const { trace } = simulate(model, scenario, { first: 0, count: 1 }, { trace: true });
    expect(scenario.surroundings!.oracles).toMatchObject([{ oracle: 1, frozen: true }]);
    expect(trace!.market[3].at(-1)).toBe(2400);
    const dai = await replay("crisis: comp-dai-oracle-2020");
    expect(dai.scenario.surroundings!.oracles).toMatchObject([{ oracle: 2, frozen: true }]);
  });

  it("takes the file's surroundings before the event's", async () => {
    const { scenario } = await replay(
      "crisis: black-thursday-2020, gas: 3x, depth: { to: 50% }, frozen: [eth-usd]",
    );
    expect(valueAt(scenario.surroundings!.gas!, 17 * HOUR)).toBe(3);
    expect(valueAt(scenario.surroundings!.depth!, 0)).toBe(0.5);
    expect(scenario.surroundings!.oracles).toMatchObject([{ oracle: 0, frozen: true }]);
  });

  it("has no feedback unless the file asks for it", async () => {
    const lowest = async (entry: string) => {
      const { model, scenario } = await replay(`crisis: black-thursday-2020${entry}`);
      return simulate(model, scenario, { first: 0, count: 1 }).assets[0].lowest[0];
    };
    expect(await lowest("")).toBeCloseTo(2000 * 0.502, 6);
    expect(await lowest(", feedback: on")).toBeLessThan(2000 * 0.502);
  });
});

describe("a crisis that does not fit", () => {
  it("by a name that is not in the library has the nearest", async () => {
    const { problems } = await load("crisis: black-thursday-2021");
    expect(problems.map(({ message }) => message).join()).toContain("black-thursday-2020");
  });

  it.each([
    ["crisis: crv-short-2022", "crv-short-2022: it has paths of `CRV`"],
    ["crisis: black-thursday-2020, assets: { ETHH: LINK }", "Did you mean `ETH`?"],
    ["crisis: black-thursday-2020, assets: { SOL: LINK }", "It has `ETH` and `BTC`"],
  ])("{ %s } is told", async (entry, part) => {
    const { findings } = await load(entry);
    expect(findings.map(({ rule }) => rule)).toEqual(["crisis-assets"]);
    expect(findings[0].message).toContain(part);
  });
});

import { describe, expect, it } from "vitest";
import { FileProblem, type Workspace } from "../../src/data/workspace";
import { parse } from "../../src/dsl/parse";
import type { ConcentratedCurve } from "../../src/engine/model";
import { quoteRoute } from "../../src/engine/venues/quote";
import { centreVenue, venueState } from "../../src/engine/venues/venue-state";
import { depthOf } from "../../src/insight/depth";
import { buildModel } from "../../src/model/build";
import { curveOfRanges } from "../../src/model/concentrated-curve";
import { loadTables } from "../../src/model/load";
import { staticFindings } from "../../src/model/static-rules";
import { findingsOf } from "./findings-of";

const file = (venue: string, traded = "WETH", quote = "USDC") => `plimsoll: 1
assets:
  WETH: { price: 2000, volatility: 70%, address: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2" }
  USDC: { price: 1, stable: {}, decimals: 6, address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" }
venues: { v: { pair: [${traded}, ${quote}], model: concentrated, ${venue} } }
oracles: { eth: { of: WETH }, usd: { of: USDC } }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usd }
books: { few: { market: core, positions: [{ account: a, asset: WETH, side: collateral, amount: 1 }, { account: a, asset: USDC, side: debt, amount: 1k }] } }
liquidators: { searchers: { capital: flash } }
scenarios: { crash: { shock: { WETH: -40% } } }
`;

const ranges = (text: string) => file(`ranges: [${text}]`);

async function build(text: string, table = "") {
  const workspace: Workspace = {
    read: async (path) => {
      if (table === "") throw new FileProblem("missing-file", `${path} was not made`);
      return new TextEncoder().encode(`tick,liquidityNet\n${table}`);
    },
  };
  const source = parse(text);
  expect(source.problems).toEqual([]);
  return buildModel(source.file!, await loadTables(source.file!, workspace));
}

/** A pool that swaps were recorded on: USDC is token0, WETH token1, three positions around 2000. */
const TICKS = [
  "199740,216748103539649050",
  "200940,-216748103539649050",
  "194340,68739542043811653",
  "206340,-68739542043811653",
  "140340,94122775628247108",
  "260340,-94122775628247108",
];
const recorded = file("file: weth-usdc.ticks.csv, fee: 0.3%");

describe("ranges", () => {
  it("hold what they are worth at the start price", () => {
    for (const [from, to] of [
      [1500, 3000],
      [1000, 1500],
      [2500, 3000],
    ] as const) {
      const { root, liquidity } = curveOfRanges([{ from, to, value: 1e6 }], 2000);
      expect([...root]).toEqual([Math.sqrt(from), Math.sqrt(to)]);
      const [a, b] = root;
      const at = Math.min(Math.max(Math.sqrt(2000), a), b);
      const [weth, usdc] = [liquidity[1] * (1 / at - 1 / b), liquidity[1] * (at - a)];
      expect(2000 * weth + usdc).toBeCloseTo(1e6, 6);
      expect([liquidity[0], liquidity[2]]).toEqual([0, 0]);
    }
  });

  it("without ends are a constant product of reserves of half the value each", () => {
    const { root, liquidity } = curveOfRanges([{ value: 4e6 }], 2000);
    expect([...root]).toEqual([]);
    expect([...liquidity]).toEqual([expect.closeTo(Math.sqrt(1000 * 2e6), 9)]);
  });

  it("add up where they overlap", () => {
    const both = curveOfRanges(
      [
        { from: 1000, value: 1e6 },
        { to: 3000, value: 1e6 },
      ],
      2000,
    );
    const [upper, lower] = [
      { from: 1000, value: 1e6 },
      { to: 3000, value: 1e6 },
    ].map((range) => curveOfRanges([range], 2000).liquidity.find((each) => each > 0)!);
    expect([...both.liquidity]).toEqual([lower, upper + lower, upper]);
  });

  it("have a value in the numeraire, whatever the quote asset is", async () => {
    const { model } = await build(file("ranges: [{ value: 4M USD }]", "USDC", "WETH"));
    const { liquidity } = model!.venues[0].curve as ConcentratedCurve;
    expect(liquidity[0]).toBeCloseTo(Math.sqrt(1000 * 2e6), 6);
  });

  it("are what a venue's depth is told by, up to their ends", async () => {
    const { model } = await build(ranges("{ from: 1900, to: 2100, value: 1M }"));
    const [one, five, ten] = depthOf(model!, model!.venues[0]);
    expect(one.sell).toBeGreaterThan(0);
    expect(five.sell).toBeGreaterThan(one.sell);
    expect(ten).toEqual({ ...five, impact: 0.1 });
  });

  it("whose end is not above its beginning are errors at the end", () => {
    const found = findingsOf(ranges("{ from: 3000, to: 3000, value: 1M }, { value: 1M }"));
    expect(found).toMatchObject([{ rule: "empty-range", text: "3000" }]);
  });

  it("none of which is at the start price are an error", async () => {
    const { model, findings } = await build(ranges("{ from: 2500, to: 3000, value: 1M }"));
    expect(model).toBeUndefined();
    expect(findings).toEqual([
      {
        rule: "no-liquidity",
        severity: "error",
        path: ["venues", "v", "ranges"],
        message:
          "There is no liquidity at 2,000 USDC for one WETH, which the prices of the assets make it: there is some between 2,500 and 3,000. Give a range around the price, or correct the prices.",
        witness: { price: 2000, low: expect.closeTo(2500, 9), high: expect.closeTo(3000, 9) },
      },
    ]);
  });
});

describe("a ticks file", () => {
  it.each([
    [1, 1993.765821],
    [10, 19_916.606921],
    [50, 99_117.904627],
    [200, 389_646.796139],
    [1000, 1_668_036.429077],
  ])("makes a pool that pays for %d WETH the %d USDC that its contract paid", async (amount, paid) => {
    const { model, findings } = await build(recorded, TICKS.join("\n"));
    expect(findings).toEqual([]);
    const state = venueState(model!.venues[0]);
    centreVenue(state, Float64Array.of(2000, 1));
    const { out, filled } = quoteRoute([state], [{ venue: 0, selling: true }], amount);
    expect(filled).toBe(1);
    expect(Math.abs(out - paid)).toBeLessThan(1.5e-6);
  });

  it("is the same pool for a pair turned around", async () => {
    const { model } = await build(recorded.replace("[WETH, USDC]", "[USDC, WETH]"), TICKS.join("\n"));
    const state = venueState(model!.venues[0]);
    centreVenue(state, Float64Array.of(2000, 1));
    const { out } = quoteRoute([state], [{ venue: 0, selling: false }], 1000);
    expect(Math.abs(out - 1_668_036.429077)).toBeLessThan(1.5e-6);
  });

  it("with too little or too much taken away is an error", async () => {
    const left = await build(recorded, TICKS.slice(0, -1).join("\n"));
    expect(left.model).toBeUndefined();
    expect(left.findings).toEqual([
      {
        rule: "incomplete-ticks",
        severity: "error",
        path: ["venues", "v", "file"],
        message:
          "weth-usdc.ticks.csv: above the last tick a liquidity of 94122775628247108 is left, where there must be none. Rows are missing: a pool's file has all of its initialised ticks.",
      },
    ]);
    const below = await build(recorded, TICKS.slice(1).join("\n"));
    expect(below.findings[0].message).toContain("the liquidity falls below 0 at tick 200940");
  });

  it("of a pool elsewhere, as with wrong decimals, is an error", async () => {
    const { findings } = await build(recorded.replace("decimals: 6, ", ""), TICKS.join("\n"));
    expect(findings).toMatchObject([
      { rule: "no-liquidity", severity: "error", path: ["venues", "v", "file"] },
    ]);
    expect(findings[0].message).toContain("Check the decimals and addresses");
  });

  it("with bad rows is an error that lists them", async () => {
    const { model, findings } = await build(recorded, `${TICKS.join("\n")}\nx,1`);
    expect(model).toBeUndefined();
    expect(findings).toMatchObject([{ rule: "rejected-rows", witness: { rejected: 1, rows: 7 } }]);
  });

  it("needs the addresses of both assets", () => {
    const source = parse(recorded.replace(/, address: "0xC[^"]*"/, ""));
    expect(staticFindings(source.draft!)).toEqual([
      {
        rule: "missing-address",
        severity: "error",
        path: ["venues", "v", "file"],
        message:
          "Ticks count the price of the token with the lower address, and WETH has none here. Write the `address` of both assets.",
      },
    ]);
  });
});

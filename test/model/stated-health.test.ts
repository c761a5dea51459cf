import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";

const text = `plimsoll: 1
assets: { WETH: { price: 2000 }, wstETH: { pegged: { to: WETH, ratio: 1.2 } }, USDC: { stable: {} } }
venues: { lst: { pair: [wstETH, WETH], model: constant-product, reserves: [1k, 1.2k] } }
oracles: { eth: { of: WETH }, lst: { base: eth, rate: 1.2 }, usd: { of: USDC } }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth, liquidationThreshold: 80%, liquidationBonus: 5% }
      wstETH: { oracle: lst, liquidationThreshold: 80%, liquidationBonus: 5% }
      USDC: { oracle: usd }
    emodes: { eth: { collateral: [wstETH], borrowable: [WETH], liquidationThreshold: 95%, liquidationBonus: 1% } }
books:
  whales: { market: core, file: whales.csv, collateral: wstETH, debt: WETH }
`;

async function build(rows: string) {
  const { file } = parse(text);
  const csv = `account,collateral_value,debt_value,health_factor,emode\n${rows}`;
  return buildModel(file!, await loadTables(file!, { read: async () => new TextEncoder().encode(csv) }));
}

describe("a stated health factor", () => {
  it("is kept quiet where the file's thresholds give it, E-modes included, up to rounding", async () => {
    const { findings } = await build("a,1000,500,1.6,\nb,1000,500,1.61,\nc,1000,500,1.9,eth\nd,1000,500,,\n");
    expect(findings.filter(({ rule }) => rule === "health-factor-differs")).toEqual([]);
  });

  it("that differs is told at the file, and changes nothing", async () => {
    const stated = await build("a,1200,500,1.1,\nb,1000,500,1.9,\n");
    expect(stated.findings).toMatchObject([
      {
        rule: "health-factor-differs",
        severity: "warning",
        path: ["books", "whales", "file"],
        message: expect.stringContaining(
          "2 accounts of book whales have another health factor by this file's thresholds than the data file states: a has 1.92, not 1.1; b has 1.6, not 1.9.",
        ),
      },
    ]);
    const silent = await build("a,1200,500,,\nb,1000,500,,\n");
    expect(stated.model).toEqual(silent.model);
    expect([...silent.model!.markets[0].book.amount]).toEqual([0.5, 0.25, 1000 / 2400, 0.25]);
  });
});

describe("collateral and debt of a book", () => {
  it.each([
    ["debt: WETH }", "}", "incomplete-group"],
    ["file: whales.csv, collateral", "positions: [], collateral", "exclusive-keys"],
    ["debt: WETH }", "debt: DAI }", "unknown-name"],
  ])("belong to a file and are reserves: %s -> %s", (found, by, rule) => {
    expect(parse(text.replace(found, by)).problems.map((problem) => problem.rule)).toEqual([rule]);
  });
});

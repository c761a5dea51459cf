import { describe, expect, it } from "vitest";
import { type Exposure, exposureOf } from "../../src/insight/exposure";
import { free, market, model, pool, reserve } from "../engine/kit";
import { smallFile } from "./small-file";

/** Runs to the end, and counts the pauses. */
function workedOut(steps: Generator<void, Exposure>): { exposure: Exposure; pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done) return { exposure: value, pauses };
  }
}

async function small(): Promise<Exposure> {
  return workedOut(exposureOf((await smallFile()).model)).exposure;
}

function assetIn({ assets }: Exposure, name: string) {
  return assets.find(({ asset }) => asset === name)!;
}

describe("what the books hold", () => {
  it("is added up by asset, in units, at the start price", async () => {
    const exposure = await small();
    expect(assetIn(exposure, "WETH")).toMatchObject({ price: 2000, collateral: 150, debt: 113 });
    expect(assetIn(exposure, "wstETH")).toMatchObject({ price: 2400, collateral: 110, debt: 0 });
    expect(assetIn(exposure, "USDC")).toMatchObject({ price: 1, collateral: 0, debt: 228_000 });
  });

  it("is told for each market, by reserve", async () => {
    const { markets } = await small();
    expect(markets).toMatchObject([
      {
        market: "core",
        accounts: 4,
        reserves: [
          { asset: "WETH", price: 2000, collateral: 150, debt: 113 },
          { asset: "wstETH", price: 2400, collateral: 110, debt: 0 },
          { asset: "USDC", price: 1, collateral: 0, debt: 228_000 },
        ],
      },
    ]);
  });

  it("of several markets is one asset's", () => {
    const one = market("aave-v3.3", [reserve(0)], [{ account: "a", collateral: { 0: 3 }, debt: {} }]);
    const two = market("aave-v3.3", [reserve(0)], [{ account: "b", collateral: { 0: 4 }, debt: { 0: 1 } }]);
    const { exposure } = workedOut(exposureOf(model({ assets: [free("A", 10)], markets: [one, two] })));
    expect(assetIn(exposure, "A")).toMatchObject({ collateral: 7, debt: 1 });
  });
});

describe("depth", () => {
  it("of a constant product is reserve x (1 / sqrt(1 - impact) - 1), and reserve x (sqrt(1 + impact) - 1) to buy", async () => {
    const { venues } = await small();
    expect(venues[0]).toMatchObject({ venue: "weth-usdc", traded: "WETH", quote: "USDC" });
    const [atOne, , atTen] = venues[0].depth;
    expect(atOne.impact).toBe(0.01);
    expect(atOne.sell).toBeCloseTo(4e6 * (1 / Math.sqrt(0.99) - 1), 6);
    expect(atOne.buy).toBeCloseTo(4e6 * (Math.sqrt(1.01) - 1), 6);
    expect(atTen.sell).toBeCloseTo(4e6 * (1 / Math.sqrt(0.9) - 1), 6);
  });

  it("is in the numeraire, whatever the venue is quoted in", async () => {
    const { venues } = await small();
    expect(venues[1].depth[0].sell).toBeCloseTo(2000 * 2400 * (1 / Math.sqrt(0.99) - 1), 6);
    expect(venues[1].depth[0].buy).toBeCloseTo(2400 * 2000 * (Math.sqrt(1.01) - 1), 6);
  });

  it("of quotes ends with the largest of them", () => {
    const line = (size: number[], price: number[]) => ({
      size: Float64Array.from(size),
      price: Float64Array.from(price),
    });
    const curve = {
      model: "quotes",
      sell: line([0, 100], [1, 0.96]),
      buy: line([0, 500], [1, 0.5]),
    } as const;
    const venues = [pool(0, 1, [1, 1], { curve })];
    const assets = [free("A", 10), free("B", 2)];
    const { exposure } = workedOut(exposureOf(model({ assets, venues, markets: [] })));
    const [one, five, ten] = exposure.venues[0].depth;
    expect(one.sell).toBeCloseTo(25 * 10, 9);
    expect(five.sell).toBe(100 * 10);
    expect(ten.sell).toBe(100 * 10);
    expect(one.buy).toBeCloseTo(((500 * (1 - 1 / 1.01)) / 0.5) * 2, 9);
  });
});

describe("what could be liquidated after a fall", () => {
  it("is nobody before the first threshold, then account by account", async () => {
    const at = new Map(assetIn(await small(), "WETH").liquidatable.map((each) => [each.fall, each]));
    expect(at.get(0.05)).toEqual({ fall: 0.05, accounts: 0, collateral: 0, debt: 0 });
    // ann: 166,000 x 0.9 < 150,000; cat: 19,200 x 0.9 < 18,000.
    expect(at.get(0.1)).toMatchObject({ accounts: 2, debt: 168_000 });
    expect(at.get(0.1)!.collateral).toBeCloseTo(100 * 1800 + 10 * 2160, 6);
    // bob: 83,000 x 0.75 > 60,000 > 83,000 x 0.7.
    expect(at.get(0.25)!.accounts).toBe(2);
    expect(at.get(0.3)).toMatchObject({ accounts: 3, debt: 228_000 });
    expect(at.get(0.3)!.collateral).toBeCloseTo(150 * 1400 + 10 * 1680, 6);
  });

  it("is nobody where the oracle does not see the peg fall", async () => {
    const { liquidatable } = assetIn(await small(), "wstETH");
    expect(liquidatable).toHaveLength(12);
    expect(liquidatable.every(({ accounts }) => accounts === 0)).toBe(true);
  });

  it("is not asked of an asset that nobody holds as collateral", async () => {
    expect(assetIn(await small(), "USDC").liquidatable).toEqual([]);
  });

  it("of a market is told for all free assets falling together", () => {
    const assets = [
      free("A", 10),
      free("B", 10),
      { ...free("USD1", 1), kind: "stable", volatility: 0, reversion: 1 } as const,
    ];
    const holdings = [{ account: "a", collateral: { 0: 10, 1: 10 }, debt: { 2: 130 } }];
    const markets = [market("aave-v3.3", [reserve(0), reserve(1), reserve(2)], holdings)];
    const { exposure } = workedOut(exposureOf(model({ assets, markets })));
    const first = (all: Exposure["markets"][0]["liquidatable"]) =>
      all.find(({ accounts }) => accounts > 0)?.fall;
    // Capacity 160 against 130: both fall by 18.75%, or one of them by 37.5%.
    expect(first(exposure.markets[0].liquidatable)).toBe(0.2);
    expect(first(assetIn(exposure, "A").liquidatable)).toBe(0.4);
  });

  it("follows the market's rule set", () => {
    const assets = [
      free("A", 100),
      { ...free("D", 1), kind: "stable", volatility: 0, reversion: 1 } as const,
    ];
    const holdings = [{ account: "a", collateral: { 0: 1 }, debt: { 1: 72 } }];
    const found = ["aave-v3.3", "compound-v2"].map((rules) => {
      const markets = [market(rules, [reserve(0), reserve(1)], holdings)];
      const { exposure } = workedOut(exposureOf(model({ assets, markets })));
      return assetIn(exposure, "A").liquidatable[1].accounts;
    });
    // 100 x 0.9 x 0.8 is exactly the debt of 72: neither protocol liquidates at its own boundary.
    expect(found).toEqual([0, 0]);
  });
});

it("pauses at least every 2,000 accounts of a book", () => {
  const holdings = Array.from({ length: 5000 }, (_, i) => ({
    account: `a${String(i).padStart(4, "0")}`,
    collateral: { 0: 1 },
    debt: { 0: 0.1 },
  }));
  const markets = [market("aave-v3.3", [reserve(0)], holdings)];
  const { pauses } = workedOut(exposureOf(model({ assets: [free("A", 10)], markets })));
  expect(pauses).toBe(3 * 12 * 2);
});

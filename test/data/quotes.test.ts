import { describe, expect, it } from "vitest";
import { assetLookup } from "../../src/data/asset-names";
import { readQuotes } from "../../src/data/quotes";

const usdc = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const names = {
  asset: assetLookup({ WETH: {}, USDC: { address: usdc }, DAI: {} }),
  decimals: (asset: string) => (asset === "USDC" ? 6 : 18),
  traded: "WETH",
  quote: "USDC",
};

function read(rows: string) {
  return readQuotes(
    new TextEncoder().encode(`src,dst,in_amount,out_amount,timestamp,router\n${rows}`),
    names,
  );
}

describe("a quotes file", () => {
  it("is read in both directions, in units, by rising size, whatever other columns it has", () => {
    const { sell, buy } = read(
      `WETH,USDC,2e18,6390000000,1700000000,x\nweth,${usdc.toLowerCase()},1000000000000000000,3200e6,1700000000,x\nUSDC,WETH,3200e6,9.9e17,1700000000,x\n`,
    );
    expect(sell).toEqual([
      { amountIn: 1, amountOut: 3200 },
      { amountIn: 2, amountOut: 6390 },
    ]);
    expect(buy).toEqual([{ amountIn: 3200, amountOut: 0.99 }]);
  });

  it("may be an aggregator's dump: tokens by address that the risk file does not have are other pairs, unknown symbols are mistakes", () => {
    const stranger = "0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599";
    const { otherPairs, rejected } = read(
      `${stranger},${usdc},1e8,9e10,1700000000,x\nWBTC,USDC,1e8,9e10,1700000000,x\n`,
    );
    expect(otherPairs).toBe(1);
    expect(rejected).toMatchObject([{ reason: "src is not one of this file's assets", found: "WBTC" }]);
  });

  it("takes the latest quote of a size, and of two at one time the worse, in any order of rows", () => {
    const rows = [
      "WETH,USDC,1e18,3000e6,2025-01-01T00:00:00Z,x",
      "WETH,USDC,1e18,3200e6,2025-01-02T00:00:00Z,x",
      "WETH,USDC,1e18,3190e6,2025-01-02T00:00:00Z,x",
    ];
    for (const order of [rows, rows.toReversed()]) {
      expect(read(order.join("\n")).sell).toEqual([{ amountIn: 1, amountOut: 3190 }]);
    }
  });

  it("counts rows about other pairs of the file's assets", () => {
    const { otherPairs, rejected } = read("DAI,USDC,1e18,1e6,1,x\nWETH,DAI,1e18,3e21,1,x\n");
    expect([otherPairs, rejected]).toEqual([2, []]);
  });

  it.each([
    ["LINK,USDC,1e18,1e6,1,x", "src is not one of this file's assets", "LINK"],
    ["WETH,LINK,1e18,1e6,1,x", "dst is not one of this file's assets", "LINK"],
    ["WETH,WETH,1e18,1e18,1,x", "src and dst are the same asset", "WETH"],
    ["WETH,USDC,NaN,1e6,1,x", "in_amount is not a decimal number", "NaN"],
    ["WETH,USDC,1e18,-1,1,x", "out_amount is negative", "-1"],
    ["WETH,USDC,1e18,0,1,x", "an amount is 0", undefined],
    ["WETH,USDC,1e18,1e6,yesterday,x", "the timestamp is neither a number nor a date", "yesterday"],
    ["WETH,USDC,1e18,1e6,,x", "the timestamp is neither a number nor a date", ""],
  ])("rejects the row %s", (row, reason, found) => {
    expect(read(row).rejected).toEqual([{ line: 2, reason, found }]);
  });
});

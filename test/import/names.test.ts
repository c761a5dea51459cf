import { describe, expect, it } from "vitest";
import { assetName, kebabName } from "../../src/import/names";

describe("a token's symbol becomes an asset's name", () => {
  it.each([
    ["WETH", "WETH"],
    ["1INCH", "1INCH"],
    ["USDC.e", "USDC.e"],
    ["USD₮0", "USDT0"],
    ["PT-sUSDE 25SEP", "PT-sUSDE25SEP"],
    ["$PAIN", "PAIN"],
    ["😀", "token"],
    ["", "token"],
    ["42", "token42"],
  ])("%j: %s", (symbol, name) => {
    expect(assetName(symbol, new Set())).toBe(name);
  });

  it("and a second one of it, in any case, is numbered", () => {
    expect(assetName("usdc", new Set(["USDC"]))).toBe("usdc-2");
    expect(assetName("USDC", new Set(["USDC", "USDC-2"]))).toBe("USDC-3");
  });
});

describe("an E-mode's label becomes a name", () => {
  it.each([
    ["ETH correlated", "eth-correlated"],
    ["sUSDe/Stablecoins", "susde-stablecoins"],
    ["", "emode-7"],
    ["1", "emode-7"],
  ])("%j: %s", (label, name) => {
    expect(kebabName(label, new Set(), "emode-7")).toBe(name);
  });
});

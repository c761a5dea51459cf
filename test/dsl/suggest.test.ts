import { expect, test } from "vitest";
import { editDistance, listed, nearest } from "../../src/dsl/suggest";

test("a swap of neighbours is one edit", () => {
  expect(editDistance("orcale", "oracle")).toBe(1);
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
});

test("the nearest name is within a third of what was written", () => {
  expect(nearest("liquidationTreshold", ["ltv", "liquidationThreshold"])).toBe("liquidationThreshold");
  expect(nearest("weth", ["WBTC", "WETH"])).toBe("WETH");
  expect(nearest("o9", ["eth-usd"])).toBeUndefined();
});

test("long lists are cut", () => {
  expect(listed(["a", "b", "c"])).toBe("`a`, `b` and `c`");
  expect(listed(["a", "b", "c", "d"], 2)).toBe("`a`, `b` and 2 more");
});

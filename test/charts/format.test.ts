import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  amount,
  duration,
  estimate,
  exactAmount,
  percent,
  tickAmounts,
  tickPercents,
} from "../../src/charts/format";

describe("an amount", () => {
  test.each([
    [1_234_567, "USD", "$1.23M"],
    [561_171.82, "USD", "$561K"],
    [999_950, "USD", "$1M"],
    [-2.5e9, "USD", "−$2.5B"],
    [0, "USD", "$0"],
    [0.01234, "USD", "$0.0123"],
    [1.2e6, "DAI", "1.2M DAI"],
    [-3, "WETH", "−3 WETH"],
    [Number.NaN, "USD", "not a number"],
  ])("%d in %s reads %s", (value, numeraire, text) => {
    expect(amount(value, numeraire)).toBe(text);
  });

  test("is exact to the unit in tables", () => {
    expect(exactAmount(561_171.82, "USD")).toBe("$561,172");
    expect(exactAmount(12.3456, "DAI")).toBe("12.35 DAI");
  });

  test("keeps three significant digits whatever its size", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e14, noNaN: true }), (value) => {
        const [, digits, suffix] = /^\$([\d.]+)([KMBT]?)$/.exec(amount(value, "USD")) ?? [];
        const scale = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[suffix] ?? Number.NaN;
        expect(Math.abs(Number(digits) * scale - value)).toBeLessThanOrEqual(value * 0.0051);
      }),
    );
  });
});

describe("an estimate", () => {
  test("has the digits that its interval supports", () => {
    const wide = { value: 3_412_345, lower: 2_912_345, upper: 3_912_345 };
    const narrow = { value: 3_412_345, lower: 3_402_345, upper: 3_422_345 };
    expect(estimate(wide, "USD")).toBe("$3.4M (95% interval $2.9M to $3.9M)");
    expect(estimate(narrow, "USD")).toBe("$3.412M (95% interval $3.402M to $3.422M)");
  });

  test("without an interval is an amount", () => {
    expect(estimate({ value: 5, lower: 5, upper: 5 }, "DAI")).toBe("5 DAI");
    expect(estimate({ value: 5, lower: Number.NaN, upper: 6 }, "DAI")).toBe("5 DAI");
  });
});

describe("a percentage", () => {
  test.each([
    [0.937, "93.7%"],
    [0, "0%"],
    [1, "100%"],
    [0.0004, "<0.1%"],
    [0.99996, ">99.9%"],
    [-0.05, "−5%"],
    [1.3, "130%"],
  ])("of %d reads %s", (fraction, text) => {
    expect(percent(fraction)).toBe(text);
  });
});

test("a duration picks the unit it reads best in", () => {
  expect([0.5, 1, 6, 36.5, 720].map(duration)).toEqual(["30 min", "1 h", "6 h", "36.5 h", "30 days"]);
});

test("the ticks of an axis are written alike", () => {
  expect(tickAmounts([0, 5e5, 1e6])).toEqual(["0", "0.5M", "1.0M"]);
  expect(tickAmounts([-20, 0, 20])).toEqual(["−20", "0", "20"]);
  expect(tickPercents([0, 0.125, 0.25])).toEqual(["0%", "12.5%", "25.0%"]);
  expect(tickPercents([0, 0.1, 0.2, 0.3])).toEqual(["0%", "10%", "20%", "30%"]);
  expect(tickPercents([0, 15])).toEqual(["0%", "1500%"]);
});

import { describe, expect, it } from "vitest";
import { mean } from "../../../src/insight/statistics/mean";
import { proportion } from "../../../src/insight/statistics/proportion";

describe("mean", () => {
  it("has the interval of the central limit theorem", () => {
    const { value, lower, upper } = mean(Float64Array.from([1, 2, 3, 4, 5]));
    expect(value).toBe(3);
    expect(upper - value).toBeCloseTo(1.959964 * Math.sqrt(2.5 / 5), 6);
    expect(value - lower).toBeCloseTo(upper - value, 12);
  });

  it("of one value has no finite interval", () => {
    expect(mean(Float64Array.of(7))).toEqual({
      value: 7,
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
    });
  });
});

describe("proportion", () => {
  it("has Wilson's interval", () => {
    const { value, lower, upper } = proportion(10, 100);
    expect(value).toBe(0.1);
    expect(lower).toBeCloseTo(0.05523, 5);
    expect(upper).toBeCloseTo(0.17437, 5);
  });

  it("keeps a width at none and at all", () => {
    const none = proportion(0, 2000);
    expect(none.lower).toBe(0);
    expect(none.upper).toBeCloseTo(0.001917, 6);
    expect(proportion(2000, 2000).lower).toBeCloseTo(1 - 0.001917, 6);
    expect(proportion(2000, 2000).upper).toBe(1);
  });
});

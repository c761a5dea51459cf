import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascending } from "../../../src/insight/statistics/estimate";
import {
  expectedShortfall,
  hasTail,
  pathsForTail,
  quantileRank,
  valueAtRisk,
} from "../../../src/insight/statistics/tail";
import { normals, studentT4 } from "./draws";

describe("the quantile", () => {
  it("is the order statistic ceil(n x level)", () => {
    expect(quantileRank(100, 0.95)).toBe(95);
    expect(quantileRank(101, 0.95)).toBe(96);
    expect(quantileRank(2000, 0.95)).toBe(1900);
    expect(quantileRank(1000, 0.999)).toBe(999);
    expect(
      valueAtRisk(
        Float64Array.from({ length: 100 }, (_, i) => i + 1),
        0.95,
      ).value,
    ).toBe(95);
  });

  it("has its interval between order statistics from the binomial distribution", () => {
    const { lower, upper } = valueAtRisk(
      Float64Array.from({ length: 1000 }, (_, i) => i + 1),
      0.95,
    );
    expect(lower).toBe(936);
    expect(upper).toBe(964);
  });

  it("is found within three standard errors for the normal and Student's t with 4 degrees of freedom", () => {
    const n = 100_000;
    const z = normals(n, 11);
    const t = studentT4(n, 11);
    const density = (q: number): number => Math.exp((-q * q) / 2) / Math.sqrt(2 * Math.PI);
    const densityT4 = (q: number): number => 0.375 * (1 + (q * q) / 4) ** -2.5;
    for (const [sorted, level, q, f] of [
      [z, 0.95, 1.644854, density(1.644854)],
      [z, 0.99, 2.326348, density(2.326348)],
      [t, 0.99, 3.746947, densityT4(3.746947)],
    ] as const) {
      const error = Math.sqrt((level * (1 - level)) / n) / f;
      expect(Math.abs(valueAtRisk(sorted, level).value - q)).toBeLessThan(3 * error);
    }
  });
});

describe("the expected shortfall", () => {
  it("is found within three standard errors for the normal and Student's t with 4 degrees of freedom", () => {
    const n = 100_000;
    for (const [sorted, level, es] of [
      [normals(n, 12), 0.95, 2.062713],
      [normals(n, 12), 0.99, 2.665214],
      [studentT4(n, 12), 0.99, 5.220584],
    ] as const) {
      const { value, upper } = expectedShortfall(sorted, level);
      expect(Math.abs(value - es)).toBeLessThan((3 * (upper - value)) / 1.96);
    }
  });

  it("has the known standard error of the normal: 0.0247 at 95% with 10,000 draws", () => {
    const { value, upper } = expectedShortfall(normals(10_000, 3), 0.95);
    expect((upper - value) / 1.959964).toBeCloseTo(0.0247, 2);
  });

  it("takes only its part of an atom at the quantile", () => {
    const losses = ascending([...new Array(97).fill(0), 10, 20, 30]);
    expect(expectedShortfall(losses, 0.95).value).toBeCloseTo((10 + 20 + 30) / 5, 12);
    const half = ascending([0, 0, 1, 1]);
    expect(expectedShortfall(half, 0.6).value).toBeCloseTo(1, 12);
    expect(expectedShortfall(half, 0.25).value).toBeCloseTo(2 / 3, 12);
  });

  it("of n x level that is not whole is the mean of the worst 1 - level", () => {
    const losses = Float64Array.from([1, 2, 3]);
    expect(expectedShortfall(losses, 0.5).value).toBeCloseTo((3 + 0.5 * 2) / 1.5, 12);
  });

  it("lies between the value at risk and the largest loss, scales and shifts with the losses", () => {
    const losses = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(losses, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, level) => {
        const sorted = ascending(values);
        const { value } = expectedShortfall(sorted, level);
        const tolerance = 1e-6 * (1 + sorted[sorted.length - 1]);
        expect(value).toBeGreaterThanOrEqual(valueAtRisk(sorted, level).value);
        expect(value).toBeLessThanOrEqual(sorted[sorted.length - 1] + tolerance);
        const moved = expectedShortfall(
          sorted.map((x) => 2 * x + 5),
          level,
        ).value;
        expect(Math.abs(moved - (2 * value + 5))).toBeLessThan(tolerance);
      }),
    );
  });
});

describe("too thin a tail", () => {
  it("gives no figure below 50 samples beyond the level, and says how many paths give one", () => {
    expect(pathsForTail(0.95)).toBe(1000);
    expect(pathsForTail(0.99)).toBe(5000);
    expect(pathsForTail(0.999)).toBe(50_000);
    expect(hasTail(999, 0.95)).toBe(false);
    expect(hasTail(1000, 0.95)).toBe(true);
  });
});

describe("the 95% intervals", () => {
  it("cover the normal's figures on nine of ten seeds or more", () => {
    let inVar = 0;
    let inEs = 0;
    for (let seed = 0; seed < 300; seed++) {
      const sorted = normals(2000, seed);
      const valueAt = valueAtRisk(sorted, 0.95);
      const shortfall = expectedShortfall(sorted, 0.95);
      if (valueAt.lower <= 1.644854 && 1.644854 <= valueAt.upper) inVar++;
      if (shortfall.lower <= 2.062713 && 2.062713 <= shortfall.upper) inEs++;
    }
    expect(inVar / 300).toBeGreaterThan(0.92);
    expect(inVar / 300).toBeLessThan(0.985);
    expect(inEs / 300).toBeGreaterThan(0.9);
    expect(inEs / 300).toBeLessThan(0.985);
  });
});

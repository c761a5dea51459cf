import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/insight/statistics/estimate";
import { expectedShortfall, valueAtRisk } from "../../src/insight/statistics/tail";
import { normals, studentT4 } from "../insight/statistics/draws";

function coverage(
  draw: (seed: number) => Float64Array,
  estimate: (sorted: Float64Array) => Estimate,
  truth: number,
  seeds = 4000,
): number {
  let covered = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { lower, upper } = estimate(draw(seed));
    if (lower <= truth && truth <= upper) covered++;
  }
  return covered / seeds;
}

describe("the 95% intervals over thousands of seeds", () => {
  it("of the normal's value at risk cover it in 95% to 97% (the counts are whole)", () => {
    const rate = coverage(
      (seed) => normals(2000, seed),
      (sorted) => valueAtRisk(sorted, 0.95),
      1.6448536,
    );
    expect(rate).toBeGreaterThan(0.94);
    expect(rate).toBeLessThan(0.97);
  });

  it("of the normal's expected shortfall cover it in 93% to 96% with 100 samples in the tail", () => {
    const rate = coverage(
      (seed) => normals(2000, seed),
      (sorted) => expectedShortfall(sorted, 0.95),
      2.0627128,
    );
    expect(rate).toBeGreaterThan(0.93);
    expect(rate).toBeLessThan(0.96);
  });

  it("of an expected shortfall with a heavy tail cover it less often: nine of ten with 50 samples in the tail", () => {
    const rate = coverage(
      (seed) => studentT4(5000, seed),
      (sorted) => expectedShortfall(sorted, 0.99),
      5.220584,
      1000,
    );
    expect(rate).toBeGreaterThan(0.85);
    expect(rate).toBeLessThan(0.95);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialQuantiles } from "../../../src/insight/statistics/binomial";

/** Exact rational arithmetic: p = a / b. */
function exactCdf(k: number, n: number, a: bigint, b: bigint): number {
  let term = (b - a) ** BigInt(n);
  let sum = term;
  for (let i = 1n; i <= BigInt(k); i++) {
    term = (term * (BigInt(n) - i + 1n) * a) / (i * (b - a));
    sum += term;
  }
  return Number((sum * 10n ** 18n) / b ** BigInt(n)) / 1e18;
}

describe("binomialQuantiles", () => {
  it("are the least counts whose exact probability reaches the level", () => {
    for (const [n, a, b] of [
      [10, 1n, 2n],
      [100, 19n, 20n],
      [500, 99n, 100n],
      [37, 3n, 10n],
    ] as const) {
      for (const q of [0.025, 0.5, 0.975]) {
        const [k] = binomialQuantiles(n, Number(a) / Number(b), [q]);
        expect(exactCdf(k, n, a, b)).toBeGreaterThanOrEqual(q);
        if (k > 0) expect(exactCdf(k - 1, n, a, b)).toBeLessThan(q);
      }
    }
  });

  it("come near the normal approximation for a million trials", () => {
    const [low, high] = binomialQuantiles(1_000_000, 0.99, [0.025, 0.975]);
    const margin = 1.959963984540054 * Math.sqrt(1_000_000 * 0.99 * 0.01);
    expect(Math.abs(low - (990_000 - margin))).toBeLessThan(2);
    expect(Math.abs(high - (990_000 + margin))).toBeLessThan(2);
  });

  it("ascend with the level and stay within the trials", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (n, p) => {
          const [low, middle, high] = binomialQuantiles(n, p, [0.025, 0.5, 0.975]);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(middle);
          expect(middle).toBeLessThanOrEqual(high);
          expect(high).toBeLessThanOrEqual(n);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gammaShare, inverseGamma, normalAbove } from "../../../src/engine/math/inverse-gamma";
import { inverseNormal } from "../../../src/engine/math/inverse-normal";
import { logGamma } from "../../../src/engine/math/log-gamma";

describe("logGamma", () => {
  it("is that of factorials and of halves", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(100.5) - logGamma(99.5)).toBeCloseTo(Math.log(99.5), 11);
  });
});

describe("inverseGamma", () => {
  it("of shape 1 is the exponential's, at any share", () => {
    for (const p of [1e-16, 1e-9, 0.001, 0.3, 0.5, 0.9, 0.999, 1 - 1e-9])
      expect(inverseGamma(p, 1) / -Math.log1p(-p)).toBeCloseTo(1, p > 0.999 ? 7 : 12);
  });

  it("gives published quantiles of chi-square", () => {
    expect(2 * inverseGamma(0.05, 2)).toBeCloseTo(0.710723, 6);
    expect(2 * inverseGamma(0.95, 2)).toBeCloseTo(9.487729, 6);
    expect(2 * inverseGamma(0.99, 5)).toBeCloseTo(23.209251, 6);
    expect(2 * inverseGamma(0.01, 1.5)).toBeCloseTo(0.114832, 6);
  });

  it("is undone by the share below it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 0.999_999, noNaN: true }),
        fc.double({ min: 1, max: 60, noNaN: true }),
        (p, a) => {
          expect(gammaShare(a, inverseGamma(p, a)) / p).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});

describe("normalAbove", () => {
  it("is undone by the quantile, far into both tails", () => {
    expect(normalAbove(0)).toBe(0.5);
    for (let z = -5; z < 30; z += 0.037)
      expect(Math.abs(inverseNormal(normalAbove(z)) + z)).toBeLessThan(1e-10 * (1 + Math.abs(z)));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inverseNormal } from "../../../src/engine/math/inverse-normal";

/** Phi(-z) for z > 0 by Mills' ratio as a continued fraction, or for small z by the series of erf. */
function lowerTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) return 0.5 - density * oddSeries(z);
  let fraction = z;
  for (let k = 400; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}

/** z + z^3 / 3 + z^5 / (3 5) + ... */
function oddSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; k < 200; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

describe("inverseNormal", () => {
  it("gives the published quantiles", () => {
    expect(inverseNormal(0.95)).toBeCloseTo(1.6448536269514722, 14);
    expect(inverseNormal(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(inverseNormal(0.99)).toBeCloseTo(2.3263478740408408, 14);
    expect(inverseNormal(0.999)).toBeCloseTo(3.090232306167813, 13);
    expect(inverseNormal(1e-20)).toBeCloseTo(-9.262340089798409, 14);
    expect(inverseNormal(0.25)).toBeCloseTo(-0.6744897501960817, 15);
    expect(inverseNormal(0.5)).toBe(0);
  });

  it("is undone by the distribution function over 300 decades", () => {
    for (let z = 0.01; z < 37; z += 0.0137) {
      const p = lowerTail(z);
      expect(Math.abs(inverseNormal(p) + z)).toBeLessThan(1e-13 * (1 + z));
    }
  });

  it("is odd about a half", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), (i) => {
        const p = i * 2 ** -53;
        expect(inverseNormal(1 - p)).toBe(0 - inverseNormal(p));
      }),
    );
  });

  it("is not a number outside (0, 1)", () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN]) expect(inverseNormal(p)).toBeNaN();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp } from "../../../src/engine/math/exp";
import { log } from "../../../src/engine/math/log";
import { pow } from "../../../src/engine/math/pow";
import { expOf, fixedOf, logOf, times, ulps } from "./reference";

const grid = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.437)) / count);
const worst = (errors: readonly number[]): number => errors.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
const logError = (x: number): number => ulps(log(x), { f: logOf(x), k: 0 });
const apart = (a: number, b: number): number => {
  const bits = new BigInt64Array(new Float64Array([a, b]).buffer);
  return Math.abs(Number(bits[0] - bits[1]));
};

describe("exp", () => {
  it("is within 0.53 units in the last place of 200-bit arithmetic", () => {
    const xs = [...grid(-708, 709.78, 4000), ...grid(-1, 1, 4000), ...grid(-0.01, 0.01, 1000)];
    expect(worst(xs.map((x) => ulps(exp(x), expOf(fixedOf(x)))))).toBeLessThan(0.53);
  });

  it("is within one unit where the result is subnormal", () => {
    expect(worst(grid(-744, -708.5, 500).map((x) => ulps(exp(x), expOf(fixedOf(x)))))).toBeLessThan(1);
  });

  it("is within 2 units of the platform's over a dense grid", () => {
    expect(worst(grid(-700, 700, 200_000).map((x) => apart(exp(x), Math.exp(x))))).toBeLessThanOrEqual(2);
  });

  it("is exact at 0, overflows, underflows, and passes NaN on", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-745.13)).toBe(5e-324);
    expect(exp(-745.14)).toBe(0);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
  });
});

describe("log", () => {
  it("is within 0.8 units in the last place of 200-bit arithmetic", () => {
    const xs = [
      ...grid(0.3, 3, 3000),
      ...grid(0.98, 1.02, 3000),
      ...grid(-300, 300, 1000).map((e) => 10 ** e),
    ];
    expect(worst(xs.map(logError))).toBeLessThan(0.8);
  });

  it("is within 2 units of the platform's over a dense grid", () => {
    expect(worst(grid(0.01, 100, 200_000).map((x) => apart(log(x), Math.log(x))))).toBeLessThanOrEqual(2);
  });

  it("is exact at 1, and right for subnormals, 0, negatives, Infinity and NaN", () => {
    expect(log(1)).toBe(0);
    expect(log(5e-324)).toBe(-744.4400719213812);
    expect(log(2.2250738585072014e-308)).toBe(-708.3964185322641);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1e-300)).toBeNaN();
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(Number.NaN)).toBeNaN();
  });

  it("undoes exp", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(2.3e-16 * Math.max(1, Math.abs(x)));
      }),
    );
  });
});

describe("pow", () => {
  it("is within 0.6 units in the last place of 200-bit arithmetic", () => {
    const errors = grid(0.001, 40, 3000).map((x, i) => {
      const y = ((i * 7919) % 400) / 3 - 66;
      return ulps(pow(x, y), expOf(times(logOf(x), fixedOf(y))));
    });
    expect(worst(errors)).toBeLessThan(0.6);
  });

  it("gives the edge values of IEEE 754 for a non-negative base", () => {
    expect(pow(0, 2)).toBe(0);
    expect(pow(0, -1)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(0, 0)).toBe(1);
    expect(pow(Number.NaN, 0)).toBe(1);
    expect(pow(1, Number.NaN)).toBe(1);
    expect(pow(Number.POSITIVE_INFINITY, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(Number.POSITIVE_INFINITY, -0.5)).toBe(0);
    expect(pow(0.5, Number.POSITIVE_INFINITY)).toBe(0);
    expect(pow(0.5, Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(2, 1e300)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(2, -1e308)).toBe(0);
    expect(pow(-1, 2)).toBeNaN();
    expect(pow(2, Number.NaN)).toBeNaN();
    expect(pow(Number.NaN, 2)).toBeNaN();
  });

  it("is exact for whole powers that fit, and within 1 unit of the root for a half", () => {
    expect(pow(10, 15)).toBe(1e15);
    expect(pow(1.5, 4)).toBe(5.0625);
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(apart(pow(x, 0.5), Math.sqrt(x))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

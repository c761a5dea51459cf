import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillNormals, normal } from "../../../src/engine/random/normals";
import { uniform, unit } from "../../../src/engine/random/uniform";

const word = fc.integer({ min: 0, max: 0xffffffff });
const step = fc.integer({ min: 0, max: 100_000 });

describe("normals", () => {
  it("are the same bits one by one and in bulk, from any step on", () => {
    fc.assert(
      fc.property(
        word,
        word,
        word,
        step,
        fc.integer({ min: 0, max: 9 }),
        (seed, path, factor, first, count) => {
          const out = new Float64Array(count);
          fillNormals(out, seed, path, factor, first, count);
          expect([...out]).toEqual([...out.keys()].map((i) => normal(seed, path, factor, first + i)));
        },
      ),
    );
  });

  it("differ in every part of their address", () => {
    const at = new Set([
      normal(1, 1, 1, 1),
      normal(2, 1, 1, 1),
      normal(1, 2, 1, 1),
      normal(1, 1, 2, 1),
      normal(1, 1, 1, 2),
    ]);
    expect(at.size).toBe(5);
  });

  it("have the moments of a standard normal", () => {
    const n = 400_000;
    const z = new Float64Array(n);
    for (let path = 0; path < n / 100; path++) fillNormals(z.subarray(path * 100), 7, path, 0, 0, 100);
    const moment = (k: number): number => z.reduce((sum, v) => sum + v ** k, 0) / n;
    const root = Math.sqrt(n);
    expect(Math.abs(moment(1)) * root).toBeLessThan(3.5);
    expect((Math.abs(moment(2) - 1) * root) / Math.sqrt(2)).toBeLessThan(3.5);
    expect((Math.abs(moment(3)) * root) / Math.sqrt(15)).toBeLessThan(3.5);
    expect((Math.abs(moment(4) - 3) * root) / Math.sqrt(96)).toBeLessThan(3.5);
  });

  it("are uncorrelated between factors, paths and steps", () => {
    const n = 100_000;
    const pairs: [number, number][][] = [[], [], []];
    for (let i = 0; i < n; i++) {
      const z = normal(3, i, 0, 5);
      pairs[0].push([z, normal(3, i, 1, 5)]);
      pairs[1].push([z, normal(3, i + 1, 0, 5)]);
      pairs[2].push([z, normal(3, i, 0, 6)]);
    }
    for (const pair of pairs) {
      const covariance = pair.reduce((sum, [a, b]) => sum + a * b, 0) / n;
      expect(Math.abs(covariance) * Math.sqrt(n)).toBeLessThan(3.5);
    }
  });
});

describe("uniform", () => {
  it("lies strictly between 0 and 1 and is symmetric about a half", () => {
    expect(unit(0, 0)).toBe(2 ** -53);
    expect(unit(-1, -1)).toBe(1 - 2 ** -53);
    fc.assert(fc.property(fc.integer(), fc.integer(), (a, b) => unit(~a, ~b) === 1 - unit(a, b)));
  });

  it("fills a hundred cells evenly", () => {
    const n = 100_000;
    const cells = new Float64Array(100);
    for (let i = 0; i < n; i++) cells[Math.floor(uniform(1, 2, i) * 100)]++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
    expect(chiSquare).toBeGreaterThan(58); // 99 degrees of freedom: 0.0003 quantile
    expect(chiSquare).toBeLessThan(155); // 0.9997 quantile
  });

  it("has streams and seeds of its own, apart from the paths'", () => {
    expect(new Set([uniform(1, 0, 0), uniform(2, 0, 0), uniform(1, 1, 0), uniform(1, 0, 1)]).size).toBe(4);
    expect(normal(1, 0, 0, 0)).not.toBe(uniform(1, 0, 0));
  });
});

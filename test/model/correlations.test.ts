import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choleskyFactor, contradiction, correlationMatrix } from "../../src/model/correlations";
import { nearestCorrelations, nearestListed } from "../../src/model/nearest-correlations";

function squared(factor: Float64Array, n: number): number[] {
  return Array.from({ length: n * n }, (_, cell) => {
    const [i, j] = [Math.floor(cell / n), cell % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += factor[i * n + k] * factor[j * n + k];
    return sum;
  });
}

describe("correlations", () => {
  it("take the listed pairs in either order and the default elsewhere", () => {
    const { matrix } = correlationMatrix(["A", "B", "C"], { default: 0.2, pairs: [["C", "A", 0.5]] });
    expect([...matrix]).toEqual([1, 0.2, 0.5, 0.2, 1, 0.2, 0.5, 0.2, 1]);
  });

  it("have a factor whose square they are", () => {
    const correlations = correlationMatrix(["A", "B", "C"], { default: 0.6, pairs: [["A", "B", 0.85]] });
    const square = squared(choleskyFactor(correlations)!, 3);
    square.forEach((value, i) => {
      expect(value).toBeCloseTo(correlations.matrix[i], 14);
    });
  });

  it("may be perfect: two assets share one factor", () => {
    const factor = choleskyFactor(
      correlationMatrix(["A", "B", "C"], {
        pairs: [
          ["A", "B", 1],
          ["A", "C", -1],
          ["B", "C", -1],
        ],
      }),
    );
    expect([...factor!]).toEqual([1, 0, 0, 1, 0, 0, -1, 0, 0]);
  });

  it("cannot contradict each other, and the contradiction is named", () => {
    const correlations = correlationMatrix(["A", "B", "C"], {
      pairs: [
        ["A", "B", 0.9],
        ["B", "C", 0.9],
        ["A", "C", 0],
      ],
    });
    expect(choleskyFactor(correlations)).toBeUndefined();
    const found = contradiction(correlations)!;
    expect(found).toMatchObject({ a: "A", b: "B", through: "C", found: 0.9 });
    expect([found.low, found.high]).toEqual([
      expect.closeTo(-Math.sqrt(0.19), 12),
      expect.closeTo(Math.sqrt(0.19), 12),
    ]);
  });

  it("contradict without three that do where only four together are too negative", () => {
    const correlations = correlationMatrix(["A", "B", "C", "D"], { default: -0.4 });
    expect(choleskyFactor(correlations)).toBeUndefined();
    expect(contradiction(correlations)).toBeUndefined();
  });

  it("have a factor whenever they come from one", () => {
    const loading = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.array(loading, { minLength: 2, maxLength: 6 }), (loadings) => {
        const names = loadings.map((_, i) => `A${i}`);
        const pairs = loadings.flatMap((a, i) =>
          loadings.slice(0, i).map((b, j) => [names[i], names[j], a * b] as const),
        );
        const correlations = correlationMatrix(names, { pairs });
        const square = squared(choleskyFactor(correlations)!, names.length);
        square.forEach((value, i) => {
          expect(value).toBeCloseTo(correlations.matrix[i], 9);
        });
      }),
    );
  });
});

describe("the nearest correlations", () => {
  it("are those of Higham's example", () => {
    const pairs = [
      ["A", "B", 1],
      ["B", "C", 1],
      ["A", "C", 0],
    ] as const;
    const nearest = nearestListed(["A", "B", "C"], { pairs }, 0).pairs!.map(
      ([, , correlation]) => correlation,
    );
    [0.7607, 0.7607, 0.1573].forEach((expected, i) => {
      expect(nearest[i]).toBeCloseTo(expected, 4);
    });
  });

  it("change nothing that is possible", () => {
    const listed = { default: 0.2, pairs: [["A", "B", 0.85] as const] };
    expect(nearestCorrelations(["A", "B", "C"], listed)).toEqual(listed);
  });

  it("of a default that is too negative for four are its bound", () => {
    const { default: found } = nearestCorrelations(["A", "B", "C", "D"], { default: -0.4 })!;
    expect(found).toBeCloseTo(-1 / 3, 4);
  });

  it("of pairs without a default leave the others at 0", () => {
    const pairs = [["A", "B", 0.9] as const, ["B", "C", 0.9] as const];
    const found = nearestCorrelations(["A", "B", "C"], { pairs })!;
    expect(found.pairs!.map(([, , correlation]) => correlation)).toEqual([
      expect.closeTo(Math.SQRT1_2, 4),
      expect.closeTo(Math.SQRT1_2, 4),
    ]);
  });

  it("are possible, and none that are possible are nearer", () => {
    const correlation = fc.double({ min: -1, max: 1, noNaN: true });
    const loading = fc.double({ min: -0.9, max: 0.9, noNaN: true });
    const names = ["A", "B", "C", "D"];
    const listedWith = (values: readonly number[]) => ({
      pairs: names
        .flatMap((a, i) => names.slice(0, i).map((b) => [a, b] as const))
        .map(([a, b], i) => [a, b, values[i]] as const),
    });
    const distance = (a: readonly number[], b: readonly number[]) =>
      Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0));
    fc.assert(
      fc.property(
        fc.array(correlation, { minLength: 6, maxLength: 6 }),
        fc.array(loading, { minLength: 4, maxLength: 4 }),
        (values, loadings) => {
          const nearest = nearestCorrelations(names, listedWith(values))!;
          expect(choleskyFactor(correlationMatrix(names, nearest))).toBeDefined();
          const found = nearest.pairs!.map(([, , each]) => each);
          const possible = loadings.flatMap((a, i) => loadings.slice(0, i).map((b) => a * b));
          expect(distance(values, found)).toBeLessThan(distance(values, possible) + 1e-3);
        },
      ),
      { numRuns: 50 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choleskyFactor, contradiction, correlationMatrix } from "../../src/model/correlations";

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

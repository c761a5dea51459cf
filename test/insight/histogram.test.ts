import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogram } from "../../src/insight/histogram";
import { ascending } from "../../src/insight/statistics/estimate";

const EPSILON = 2 ** -52;

describe("histogram", () => {
  it("has round edges", () => {
    const { edges, counts } = histogram(ascending(Array.from({ length: 1000 }, (_, i) => i)));
    expect(edges[1] - edges[0]).toBe(100);
    expect(edges[0]).toBe(0);
    expect(counts).toEqual(new Array(10).fill(100));
  });

  it("has edges as one would write them", () => {
    const { edges } = histogram(ascending(Array.from({ length: 100 }, (_, i) => i / 100)));
    expect(edges.map(String).every((edge) => edge.length <= 4)).toBe(true);
  });

  it("holds every value once, whatever the values", () => {
    const loss = fc.double({ min: 1e-6, max: 1e12, noNaN: true });
    const alike = loss.chain((x) =>
      fc.array(fc.integer({ min: 0, max: 9 }).map((n) => x * (1 + n * EPSILON))),
    );
    const round = fc.array(fc.constantFrom(1e-6, 0.1, 0.3, 999.9999999999999, 1000, 1e12));
    const losses = fc.oneof(fc.array(loss, { maxLength: 300 }), alike, round).filter((all) => all.length > 0);
    fc.assert(
      fc.property(losses, (values) => {
        const { edges, counts } = histogram(ascending(values));
        expect(edges).toHaveLength(counts.length + 1);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
        expect(counts.length).toBeLessThanOrEqual(42);
        expect(edges[0]).toBeLessThanOrEqual(Math.min(...values));
        expect(edges[edges.length - 1]).toBeGreaterThanOrEqual(Math.max(...values));
        for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThan(edges[i - 1]);
      }),
      { numRuns: 2000 },
    );
  });

  it("of one value repeated, and of none", () => {
    expect(histogram(Float64Array.of(7, 7)).counts).toEqual([2]);
    expect(histogram(new Float64Array(0))).toEqual({ edges: [], counts: [] });
  });
});

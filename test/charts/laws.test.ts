import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimated } from "../../src/charts/decimate";
import { drawFallCurve } from "../../src/charts/fall-curve";
import { drawLossDistribution } from "../../src/charts/loss-distribution";
import { drawable } from "../../src/charts/scales";
import { drawWorstPath } from "../../src/charts/worst-path";
import { misplaced } from "./read-svg";

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.constantFrom(0, -0, 5e-324, -1e-9, 1e30),
);
const anything = fc.oneof(
  finite,
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const frame = fc.record({ width: fc.double({ min: 300, max: 2000, noNaN: true }), numeraire: fc.string() });
const ascending = (values: fc.Arbitrary<number>) =>
  fc.array(values, { maxLength: 40 }).map((list) => list.sort((a, b) => a - b));

function expectInside(svg: string): void {
  expect(svg).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
  expect(misplaced(svg)).toEqual([]);
}

describe("whatever the series, every coordinate is finite and inside the view box", () => {
  test.each([
    ["finite", finite],
    ["any", anything],
  ])("of the fall curve, %s numbers", (_, values) => {
    const list = fc.array(values, { maxLength: 40 });
    const losses = fc.record({ liquidatedValue: list, badDebt: list });
    const curve = fc.record({
      asset: fc.string(),
      falls: ascending(values),
      withFeedback: losses,
      withoutFeedback: losses,
    });
    fc.assert(fc.property(curve, frame, (series, at) => expectInside(drawFallCurve(series, at).svg)));
  });

  test.each([
    ["finite", finite],
    ["any", anything],
  ])("of the worst path, %s numbers", (_, values) => {
    const list = fc.array(values, { maxLength: 40 });
    const path = fc.record({
      scenario: fc.string(),
      path: fc.nat(),
      hours: ascending(values),
      prices: fc.array(
        fc.record({ asset: fc.string(), market: list, oracle: fc.option(list, { nil: undefined }) }),
        { maxLength: 4 },
      ),
      liquidatedValue: list,
      badDebt: list,
    });
    fc.assert(fc.property(path, frame, (series, at) => expectInside(drawWorstPath(series, at).svg)));
  });

  test.each([
    ["finite", finite],
    ["any", anything],
  ])("of the distribution, %s numbers", (_, values) => {
    const interval = fc.option(fc.record({ value: values, lower: values, upper: values }), {
      nil: undefined,
    });
    const distribution = fc.record({
      scenario: fc.string(),
      metric: fc.constantFrom("bad-debt" as const, "liquidated-value" as const),
      paths: fc.nat(),
      totalPaths: fc.nat(),
      probabilityOfLoss: fc.double({ min: 0, max: 1, noNaN: true }),
      edges: ascending(values),
      counts: fc.array(fc.nat(), { maxLength: 40 }),
      zeros: fc.nat(),
      level: fc.double({ min: 0.5, max: 1, noNaN: true }),
      valueAtRisk: interval,
      expectedShortfall: interval,
    });
    fc.assert(
      fc.property(distribution, frame, (series, at) => expectInside(drawLossDistribution(series, at).svg)),
    );
  });
});

test("decimation keeps the ends, the extremes and the gaps", () => {
  fc.assert(
    fc.property(
      fc.array(anything, { minLength: 1, maxLength: 500 }),
      fc.integer({ min: 1, max: 60 }),
      (values, columns) => {
        const kept = decimated(values, (index) => (index / values.length) * columns);
        const drawn = values.filter(drawable);
        const left = kept.map((index) => values[index]).filter(drawable);
        expect(kept[0]).toBe(0);
        expect(kept[kept.length - 1]).toBe(values.length - 1);
        expect(Math.min(...left) === Math.min(...drawn) && Math.max(...left) === Math.max(...drawn)).toBe(
          true,
        );
        expect(left.length === kept.length).toBe(drawn.length === values.length);
        expect(kept.length).toBeLessThanOrEqual(5 * columns);
      },
    ),
  );
});

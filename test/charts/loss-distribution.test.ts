import { describe, expect, test } from "vitest";
import { drawLossDistribution } from "../../src/charts/loss-distribution";
import { misplaced, textsOf, withClass } from "./read-svg";
import { distribution } from "./series";

const frame = { width: 600, numeraire: "USD" };

describe("the distribution of losses", () => {
  const { svg, caption, table } = drawLossDistribution(distribution, frame);

  test("draws a bar for each bin with a path, as high as its count", () => {
    const bars = withClass(svg, "rect", "bar");
    expect(bars).toHaveLength(distribution.counts.filter((paths) => paths > 0).length);
    const heights = bars.map(({ attributes }) => Number(attributes.height));
    expect(heights[1] / heights[0]).toBeCloseTo(27 / 41, 3);
  });

  test("marks value at risk and expected shortfall with their intervals", () => {
    expect(withClass(svg, "line", "value-at-risk")).toHaveLength(2);
    expect(withClass(svg, "line", "expected-shortfall")).toHaveLength(2);
    expect(withClass(svg, "rect", "band")).toHaveLength(3);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["VaR 95%: $131K", "ES 95%: $742K", "95% interval"]));
  });

  test("names its axes with their units", () => {
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["Paths", "Bad debt, USD"]));
  });

  test("states the paths without a loss in words, with the figures and their intervals", () => {
    expect(caption).toBe(
      "Scenario tail, 2,000 paths: 1,874 have no bad debt, 6.3% have some. Expected shortfall 95%: $742K (95% interval $612K to $872K). Value at risk 95%: $131K (95% interval $48K to $240K).",
    );
  });

  test("has the paths without a loss as the first row of its table", () => {
    expect(table.rows[0]).toEqual(["$0", "$0", "1,874", "93.7%"]);
    expect(table.rows[1]).toEqual(["$0", "$250,000", "41", "2.1%"]);
    expect(table.rows).toHaveLength(1 + distribution.counts.length);
  });

  test("says how far a running simulation is", () => {
    const running = drawLossDistribution({ ...distribution, paths: 1200, zeros: 1124 }, frame);
    expect(running.caption).toContain("1,200 of 2,000 paths so far: 1,124 have no bad debt");
  });
});

test("without a loss there is a sentence and no axis to misread", () => {
  const none = { ...distribution, edges: [], counts: [], zeros: 2000, probabilityOfLoss: 0 };
  const { svg, caption } = drawLossDistribution(
    { ...none, valueAtRisk: undefined, expectedShortfall: undefined },
    frame,
  );
  expect(textsOf(svg)).toEqual(["No path has bad debt"]);
  expect(caption).toBe("Scenario tail, 2,000 paths: none has bad debt.");
});

describe("losses over many orders of magnitude", () => {
  const edges = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];
  const counts = [4, 10, 30, 60, 48, 20, 6, 0, 1];
  const wide = { ...distribution, edges, counts };

  test("stand on a logarithmic axis, each bin wide enough to be seen", () => {
    const { svg } = drawLossDistribution(wide, frame);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["1K", "10K", "100K", "1M", "Bad debt, USD (log)"]));
    const widths = withClass(svg, "rect", "bar").map(({ attributes }) => Number(attributes.width));
    expect(widths).toHaveLength(8);
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(1.6);
    expect(misplaced(svg)).toEqual([]);
  });

  test("name a value at risk of zero in the legend only, for the axis has no zero", () => {
    const { svg } = drawLossDistribution({ ...wide, valueAtRisk: { value: 0, lower: 0, upper: 2e3 } }, frame);
    expect(textsOf(svg)).toContain("VaR 95%: $0");
    expect(textsOf(svg)).not.toContain("VaR");
    expect(textsOf(svg)).toContain("ES");
  });
});

test("a single loss is a bar that can be seen", () => {
  const { svg } = drawLossDistribution({ ...distribution, edges: [5e5, 5e5], counts: [1] }, frame);
  const [bar] = withClass(svg, "rect", "bar");
  expect(Number(bar.attributes.width)).toBe(2);
  expect(misplaced(svg)).toEqual([]);
});

test("without estimates the bars stand alone", () => {
  const { svg } = drawLossDistribution(
    { ...distribution, valueAtRisk: undefined, expectedShortfall: undefined },
    frame,
  );
  expect(withClass(svg, "rect", "bar").length).toBeGreaterThan(0);
  expect(withClass(svg, "line", "line")).toHaveLength(0);
  expect(textsOf(svg)).not.toContain("95% interval");
});

test("estimates beyond the last bin, at zero, or on one another stay inside", () => {
  const far = { value: 9e6, lower: 8e6, upper: 2e7 };
  const zero = { value: 0, lower: 0, upper: 0 };
  for (const [valueAtRisk, expectedShortfall] of [
    [zero, far],
    [far, far],
    [zero, zero],
  ]) {
    const { svg } = drawLossDistribution(
      { ...distribution, valueAtRisk, expectedShortfall },
      { ...frame, width: 300 },
    );
    expect(misplaced(svg)).toEqual([]);
  }
});

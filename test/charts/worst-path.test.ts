import { describe, expect, test } from "vitest";
import { drawWorstPath } from "../../src/charts/worst-path";
import { misplaced, textsOf, withClass } from "./read-svg";
import { worstPath } from "./series";

const frame = { width: 600, numeraire: "USD" };

describe("the worst path", () => {
  const { svg, caption, table } = drawWorstPath(worstPath, frame);

  test("draws each asset's market price solid and its oracle price dashed in the same colour", () => {
    for (const colour of ["asset-1", "asset-2", "asset-3"]) {
      const lines = withClass(svg, "path", colour);
      expect(lines.map(({ attributes }) => "stroke-dasharray" in attributes)).toEqual([false, true]);
    }
  });

  test("draws the losses below on the same time axis", () => {
    const ends = ["liquidated", "bad-debt", "asset-1"].map((colour) => {
      const points = withClass(svg, "path", colour)[0].attributes.d.split(/[ML]/).slice(1);
      return [points[0], points[points.length - 1]].map((point) => Number.parseFloat(point));
    });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toEqual(ends[2]);
  });

  test("names its axes with their units and its lines", () => {
    const titles = [
      "Price, % of the start",
      "Liquidated value so far, USD",
      "Bad debt so far, USD",
      "Time, hours",
    ];
    const lines = ["WETH", "wstETH", "WBTC", "oracle price"];
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...titles, ...lines]));
  });

  test("says in a sentence what happened", () => {
    expect(caption).toBe(
      "Scenario tail, path 1,234 of seed 7: WETH falls to 53.7% of its start after 24 h; $141M is liquidated and $3.09M is left as bad debt.",
    );
  });

  test("has its data in a table of a readable length", () => {
    expect(table.headers).toEqual([
      "Time, hours",
      "WETH",
      "WETH oracle",
      "wstETH",
      "wstETH oracle",
      "WBTC",
      "WBTC oracle",
      "Liquidated",
      "Bad debt",
    ]);
    expect(table.rows).toHaveLength(120);
    expect(table.rows[0][0]).toBe("0");
    expect(table.rows[119][0]).toBe("24");
    expect(table.note).toBe("120 of 145 rows, evenly spaced.");
  });
});

test("a path on which nothing happens says so", () => {
  const still = {
    scenario: "calm",
    path: 0,
    hours: [0, 1],
    prices: [],
    liquidatedValue: [0, 0],
    badDebt: [0, 0],
  };
  const { svg, caption } = drawWorstPath(still, frame);
  expect(caption).toBe("Scenario calm: nothing is liquidated.");
  expect(textsOf(svg)).toEqual(
    expect.arrayContaining([
      "No price moves on this path",
      "No liquidated value",
      "No bad debt",
      "Time, minutes",
    ]),
  );
});

test("a price that rises is told as a rise", () => {
  const prices = [{ asset: "DAI", market: [1, 1.1, 1.3] }];
  const rise = { ...worstPath, hours: [0, 1, 2], prices, liquidatedValue: [0, 0, 5], badDebt: [0, 0, 0] };
  expect(drawWorstPath(rise, frame).caption).toContain(
    "DAI rises to 130% of its start after 2 h; $5 is liquidated and no bad debt is left.",
  );
});

test("a path of 100,000 steps draws no more points than its pixels need", () => {
  const hours = Array.from({ length: 100_000 }, (_, index) => index / 60);
  const market = hours.map((hour) => 1 + 0.3 * Math.sin(hour * 50));
  const losses = hours.map(() => 1);
  const long = {
    ...worstPath,
    hours,
    prices: [{ asset: "WETH", market }],
    liquidatedValue: losses,
    badDebt: losses,
  };
  const { svg } = drawWorstPath(long, frame);
  const [line] = withClass(svg, "path", "asset-1");
  expect(line.attributes.d.split("L").length).toBeLessThan(5 * frame.width);
  expect(svg.length).toBeLessThan(250_000);
  expect(misplaced(svg)).toEqual([]);
});

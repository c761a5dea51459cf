import { describe, expect, test } from "vitest";
import { drawFallCurve } from "../../src/charts/fall-curve";
import { misplaced, textsOf, withClass } from "./read-svg";
import { fallCurve } from "./series";

const frame = { width: 600, numeraire: "USD" };
const zeros = fallCurve.falls.map(() => 0);

describe("the fall curve", () => {
  const { svg, caption, table } = drawFallCurve(fallCurve, frame);

  test("draws each loss with feedback, and both dashed without", () => {
    expect(withClass(svg, "path", "liquidated")).toHaveLength(1);
    expect(withClass(svg, "path", "bad-debt")).toHaveLength(1);
    const dashed = withClass(svg, "path", "without-feedback");
    expect(dashed).toHaveLength(2);
    expect(dashed.every(({ attributes }) => attributes["stroke-dasharray"])).toBe(true);
  });

  test("names its axes with their units and its lines", () => {
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        "Liquidated value, USD",
        "Bad debt, USD",
        "Fall of the WETH price",
        "with feedback",
        "without feedback",
        "0%",
        "60%",
        "150M",
      ]),
    );
  });

  test("says in a sentence where losses begin and what they come to", () => {
    expect(caption).toBe(
      "WETH: liquidations from a fall of 10%, bad debt from 32%. At a fall of 60%: $7.18M of bad debt, $2.29M without feedback.",
    );
  });

  test("tells a reader that does not see it", () => {
    expect(svg).toContain('role="img" aria-labelledby="fall-curve-title fall-curve-desc"');
    expect(svg).toContain('<title id="fall-curve-title">Losses against a fall of WETH</title>');
    expect(svg).toContain(`<desc id="fall-curve-desc">${caption}</desc>`);
  });

  test("has a row of data for each fall", () => {
    expect(table.rows).toHaveLength(31);
    expect(table.rows[30]).toEqual(["60%", "$144,008,858", "$115,909,569", "$7,175,301", "$2,285,195"]);
  });

  test("stays inside its view box from 300 px up", () => {
    for (const width of [300, 420, 1200]) {
      expect(misplaced(drawFallCurve(fallCurve, { ...frame, width }).svg)).toEqual([]);
    }
  });
});

describe("a fall curve with little in it", () => {
  test("of zeros says so in words and draws no line", () => {
    const calm = { liquidatedValue: zeros, badDebt: zeros };
    const { svg, caption } = drawFallCurve(
      { ...fallCurve, withFeedback: calm, withoutFeedback: calm },
      frame,
    );
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(["No liquidated value at these falls", "No bad debt at these falls"]),
    );
    expect(withClass(svg, "path", "line")).toHaveLength(0);
    expect(caption).toBe("WETH: nothing is liquidated up to a fall of 60%.");
  });

  test("of no points says that nothing was simulated", () => {
    const none = { liquidatedValue: [], badDebt: [] };
    const { svg, caption } = drawFallCurve(
      { ...fallCurve, falls: [], withFeedback: none, withoutFeedback: none },
      frame,
    );
    expect(caption).toBe("No fall of WETH has been simulated yet.");
    expect(misplaced(svg)).toEqual([]);
  });

  test("of one point draws a dot", () => {
    const one = { liquidatedValue: [5], badDebt: [1] };
    const { svg } = drawFallCurve(
      { ...fallCurve, falls: [0.3], withFeedback: one, withoutFeedback: one },
      frame,
    );
    const [dot] = withClass(svg, "path", "liquidated");
    expect(dot.attributes.d).toMatch(/^M[\d.]+,[\d.]+Z$/);
    expect(dot.attributes["stroke-linecap"]).toBe("round");
    expect(misplaced(svg)).toEqual([]);
  });
});

test("values that are no numbers leave a gap and are counted", () => {
  const broken = [...fallCurve.withFeedback.liquidatedValue];
  broken[10] = Number.NaN;
  broken[20] = Number.POSITIVE_INFINITY;
  const { svg, caption, table } = drawFallCurve(
    { ...fallCurve, withFeedback: { ...fallCurve.withFeedback, liquidatedValue: broken } },
    frame,
  );
  const [line] = withClass(svg, "path", "liquidated");
  expect(line.attributes.d.match(/M/g)).toHaveLength(3);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(caption).toContain("2 values are not finite numbers and are left out.");
  expect(table.rows[10][1]).toBe("not a number");
});

test("text from a file is never markup", () => {
  const asset = '<script>"&';
  const { svg } = drawFallCurve({ ...fallCurve, asset }, { ...frame, numeraire: "<b>" });
  expect(svg).not.toMatch(/<script|<b>/);
  expect(textsOf(svg)).toContain("Fall of the &#60;script&#62;&#34;&#38; price");
});

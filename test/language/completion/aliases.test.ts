import { describe, expect, it } from "vitest";
import { parse } from "../../../src/dsl/parse";
import { openText } from "../fixtures";
import { accepted, file, labelsAt } from "./asking";

const anchors = `x-terms: &terms { ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
x-move: &move -40%
x-shock: &shock
  WETH: -40%
`;

/** A reserve of a new market, below the anchors. */
const reserve = (written: string) =>
  file.replace(
    "markets:\n",
    `${anchors}markets:\n  new:\n    kind: lending\n    rules: aave-v3.3\n    reserves:\n      USDC:${written}\n`,
  );

describe("completion of aliases", () => {
  it.each([
    [" { <<: | }"],
    [" { <<: *| }"],
    [" { oracle: usdc-usd, <<: *te| }"],
    ["\n        <<: |"],
    ["\n        oracle: usdc-usd\n        <<: *|"],
    ["\n        <<: [|]"],
  ])("offers the maps above behind a merge key, first those whose keys fit: %s", (merge) => {
    expect(labelsAt(reserve(merge))).toEqual(["*terms", "*shock"]);
  });

  it("offers no alias twice in a list", () => {
    expect(labelsAt(reserve(" { <<: [*terms, |] }"))).toEqual(["*shock"]);
  });

  it("writes the space that is missing, and leaves a valid merge", () => {
    const text = accepted(reserve("\n        oracle: usdc-usd\n        <<:|"), "*terms");
    expect(text).toContain("        <<: *terms\n");
    expect(parse(text).problems).toEqual([]);
  });

  it("offers all anchors to an alias that is begun anywhere, and none before", () => {
    expect(labelsAt(`${anchors}name: *|`)).toEqual(["*shock", "*move", "*terms"]);
    expect(labelsAt(`${anchors}name: |`)).toEqual([]);
  });

  it("offers neither what stands below nor what would hold itself", () => {
    expect(labelsAt("x-a: &a { <<: | }\nx-b: &b {}\n")).toEqual([]);
  });

  it("never throws on what is half typed", () => {
    for (const marked of ["<<: |", "- <<: *|", "a: [<<: |", "x: &|", "x: *|"])
      expect(Array.isArray(labelsAt(marked)), openText(marked).document.getText()).toBe(true);
  });
});

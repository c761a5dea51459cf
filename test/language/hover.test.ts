import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/dsl/problem";
import { hover } from "../../src/language/hover";
import { marketWith, openText } from "./fixtures";

function hoverAt(marked: string, problems: readonly Problem[] = []) {
  const { source, offset } = openText(marked);
  const found = hover(source, offset, problems);
  return found && { ...found, text: source.text.slice(found.span.start, found.span.end) };
}

describe("hover", () => {
  it("tells a quantity's title, meaning, value in base units and range", () => {
    const found = hoverAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"));
    expect(found?.text).toBe("83%");
    expect(found?.markdown).toContain(
      "**Liquidation threshold** · `markets › core › reserves › WETH › liquidationThreshold`",
    );
    expect(found?.markdown).toContain("Share of the collateral's value that counts in the health factor.");
    expect(found?.markdown).toContain("`83%` is 0.83 as a fraction");
    expect(found?.markdown).toContain("- Allowed: between 0% and 100%");
  });

  it("speaks of the key when the cursor is in the key", () => {
    expect(hoverAt(marketWith("liquidationThr|eshold: 83%, liquidationBonus: 5%"))?.text).toBe(
      "liquidationThreshold",
    );
  });

  it("tells the default of a parameter that has one", () => {
    const found = hoverAt(
      marketWith("liquidationThreshold: 83%, liquidationBonus: 5%, liquidationProtocolFee: |10%"),
    );
    expect(found?.markdown).toMatch(/- Default: `0/);
  });

  it("says which parameters change no result", () => {
    const found = hoverAt(marketWith("ltv: 8|0%"));
    expect(found?.markdown).toContain("For the record: no scenario's result depends on it.");
  });

  it.each([
    ["oracles:\n  o: { of: A, heartbeat: 1|2h }", "`12h` is 43,200 seconds"],
    ["assets:\n  A: { price: 9|6k }", "`96k` is 96,000 USD a unit"],
    ["assets:\n  A: { price: 1, volatility: 7|2% }", "`72%` is 0.72 a year, as a fraction"],
    ["books:\n  b: { market: m, generate: { count: 2|0k } }", "`20k` is 20,000"],
    ["liquidators:\n  s: { capital: flash, minProfit: 1|0 USD }", "`10 USD` is 10 USD"],
  ])("writes a value out: %j", (text, words) => {
    expect(hoverAt(`plimsoll: 1\n${text}\n`)?.markdown).toContain(words);
  });

  it("lists the values of an enumeration with what each means", () => {
    const found = hoverAt("plimsoll: 1\nlimits:\n  - { metric: bad|-debt, in: crash, max: 0 }\n");
    expect(found?.markdown).toContain("`liquidated-value`: Collateral seized, at market prices when seized.");
  });

  it("lists the names a reference may have", () => {
    expect(hoverAt(marketWith("ltv: 80%").replace("of: WETH", "of: WE|TH"))?.markdown).toContain(
      "- Allowed: `WETH`",
    );
  });

  it("links to the page of the rules that found something there", () => {
    const marked = marketWith("ltv: 8|0%");
    const start = marked.indexOf("8|0%");
    const found: Problem = {
      rule: "limit-broken",
      severity: "error",
      message: "",
      span: { start, end: start + 3 },
    };
    expect(hoverAt(marked, [found])?.markdown).toContain(
      "Found here: [limit-broken](https://github.com/plimsoll-risk/plimsoll/blob/main/docs/rules/limit-broken.md)",
    );
  });

  it("shows what a file contains as text, never as Markdown", () => {
    const found = hoverAt('plimsoll: 1\nassets:\n  "`x`[a](b)": { pri|ce: 1 }\n');
    expect(found?.markdown).toContain("`assets › 'x'[a](b) › price`");
  });

  it.each(["pli|", "", "|", "# com|ment\n", "plimsoll: 1\nunknown: { a|: 1 }\n"])(
    "says nothing where nothing is known: %j",
    (text) => {
      expect(hoverAt(text)).toBeUndefined();
    },
  );
});

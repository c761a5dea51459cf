import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/dsl/problem";
import { hover } from "../../src/language/hover/hover";
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
    expect(found?.markdown).toMatch(/^\*\*Liquidation threshold\*\*: `83%` is 0\.83 as a fraction\n/);
    expect(found?.markdown).toContain("Share of the collateral's value that counts in the health factor.");
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

  it("tells what the chosen event of the library is, how its paths were made and from what", () => {
    const found = hoverAt("plimsoll: 1\nscenarios: { s: { crisis: black-thursday-|2020 } }\n");
    expect(found?.markdown).toContain("`black-thursday-2020`: Black Thursday: ether halves in a day");
    expect(found?.markdown).toContain(
      "Stylised paths, close and high-low, of ETH, BTC, gas. ETH: hourly closes of Gemini",
    );
    expect(found?.markdown).toContain("6 more");
  });

  it("says which parameters change no result", () => {
    const found = hoverAt("snapshot: { chain: 1| }");
    expect(found?.markdown).toContain("For the record: no scenario's result depends on it.");
  });

  it.each([
    ["oracles:\n  o: { of: A, heartbeat: 1|2h }", "`12h` is 12 hours (43,200 seconds)"],
    ["assets:\n  A: { price: 9|6k }", "`96k` is 96 thousand USD (96,000 USD a unit)"],
    ["assets:\n  A: { price: 1, volatility: 7|2% }", "`72%` is 0.72 a year, as a fraction"],
    ["books:\n  b: { market: m, generate: { count: 2|0k } }", "`20k` is 20 thousand (20,000)"],
    ["liquidators:\n  s: { capital: flash, minProfit: 1|0 USD }", "`10 USD` is 10 USD\n"],
    ["assets:\n  A: { price: 3|200 }", "`3200` is 3,200 USD a unit\n"],
    ["oracles:\n  o: { of: A, deviation: 5|0bp }", "`50bp` is 0.5% (0.005 as a fraction)"],
    ["oracles:\n  o: { of: A, delay: 1|min }", "`1min` is 1 minute (60 seconds)"],
    [
      "liquidators:\n  s: { capital: flash, gas: { price: 1|5 gwei } }",
      "`15 gwei` is 0.000000015 of the gas asset",
    ],
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

  it("names what the file names, and nothing else", () => {
    expect(hoverAt("plimsoll: 1\nassets:\n  WE|TH: { price: 1 }\n")?.markdown).toMatch(
      /^\*\*Asset\*\* `WETH`\n/,
    );
    expect(hoverAt("plimsoll: 1\nass|ets:\n  WETH: { price: 1 }\n")?.markdown).toMatch(/^\*\*Assets\*\*\n/);
  });

  it.each([
    ["price: 3|200 } # Chainlink, 31 July", "Source: Chainlink, 31 July (comment on this line)"],
    ["price: 3|200 } # see <b>this</b>", "Source: see \\<b\\>this\\</b\\>"],
    ['price: 3|200, address: "a # b" } # *c*', "Source: \\*c\\*"],
  ])("gives the comment on the line as the source, as written: %j", (rest, words) => {
    expect(hoverAt(`plimsoll: 1\nassets:\n  A: { ${rest}\n`)?.markdown).toContain(words);
  });

  it.each(["price: 3|200 }", "price: 3|200 }\n# below", 'price: 3|200, address: "a # b" }'])(
    "gives no source where none is written: %j",
    (rest) => {
      expect(hoverAt(`plimsoll: 1\n# above\nassets:\n  A: { ${rest}\n`)?.markdown).not.toContain("Source:");
    },
  );

  it("gives the file's snapshot as the source of what is read from a chain", () => {
    const text = "plimsoll: 1\nsnapshot: { chain: 1, block: 23900000 }\nassets:\n  A: { price: 3|200 }\n";
    expect(hoverAt(text)?.markdown).toContain("Source: the file's snapshot, block 23,900,000 of chain 1");
    const scenario = text.replace("|", "").replace("assets:", "scenarios: { s: { over: 1|h } }\nassets:");
    expect(hoverAt(scenario)?.markdown).not.toContain("Source:");
  });

  it("links to its section of the reference, and to the page that says what it does", () => {
    const found = hoverAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"))?.markdown;
    expect(found).toContain(
      "[Reference](https://github.com/plimsoll-risk/plimsoll/blob/main/docs/reference/risk-file.md#aave-reserve)",
    );
    expect(found).toContain("/docs/rule-sets/aave-v3.3.md)");
    expect(found).toContain("`markets › core › reserves › WETH › liquidationThreshold`");
  });

  it("says that a run is needed where a run would tell more", () => {
    expect(hoverAt("plimsoll: 1\nassets:\n  WE|TH: { price: 1 }\n")?.markdown).toContain(
      "**Last run**: none yet.",
    );
    expect(hoverAt("plimsoll: 1\noracles:\n  o|: { of: A }\n")?.markdown).not.toContain("Last run");
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

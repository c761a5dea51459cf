import { beforeAll, describe, expect, it } from "vitest";
import type { MarkupContent } from "vscode-languageserver";
import { inlayHints } from "../../src/language/inlay-hints";
import { NOTHING_TOLD, type Told } from "../../src/language/last-run";
import { rangeOf } from "../../src/language/ranges";
import { marketWith, openText } from "./fixtures";
import { toldOf } from "./told";

const reserve = "ltv: 80.5%, liquidationThreshold: 83%, liquidationBonus: 5%, liquidationProtocolFee: 10%";

function hintsOf(text: string, told: Told = NOTHING_TOLD, part = text) {
  const { document, source } = openText(text);
  const start = text.indexOf(part);
  const range = rangeOf({ start, end: start + part.length }, document);
  return inlayHints(range, { document, source, problems: source.problems, told });
}

function labels(text: string, told?: Told, part?: string): unknown[] {
  return hintsOf(text, told, part).map(({ label }) => label);
}

describe("inlay hints", () => {
  it("explain their number with its formula", () => {
    const words = hintsOf(marketWith(reserve)).map(({ tooltip }) => (tooltip as MarkupContent).value);
    expect(words).toEqual([
      expect.stringContaining("**Maximum leverage** 5.13x = 1 / (1 − 80.5%)"),
      expect.stringContaining(
        "**Buffer to bonus** 12.85% = 1 − 83% × (1 + 5%), that is 1 − threshold × (1 + bonus)",
      ),
      expect.stringContaining(
        "The borrower loses 5%; of it the liquidator keeps 4.5% = 5% × (1 − 10%), and 0.5% goes to the treasury.",
      ),
    ]);
  });

  it("are only those of the range that is seen", () => {
    const text = marketWith(reserve);
    expect(labels(text, NOTHING_TOLD, "liquidationThreshold: 83%,")).toEqual(["buffer 12.9%"]);
    expect(labels(text, NOTHING_TOLD, "assets:\n")).toEqual([]);
  });

  it("follow a value that stands elsewhere, but stand only where something is written", () => {
    const text = `x-terms: &terms { liquidationBonus: 5%, liquidationProtocolFee: 10% }\n${marketWith("<<: *terms, liquidationThreshold: 83%")}`;
    expect(labels(text)).toEqual(["buffer 12.9%"]);
  });

  it("are none where a rule found the value wrong", () => {
    const { document, source } = openText(marketWith(reserve));
    const start = source.text.indexOf("83%");
    const wrong = { rule: "r", severity: "error", message: "", span: { start, end: start + 3 } } as const;
    const whole = rangeOf({ start: 0, end: source.text.length }, document);
    const hints = inlayHints(whole, { document, source, problems: [wrong], told: NOTHING_TOLD });
    expect(hints.map(({ label }) => label)).toEqual(["max 5.13x", "liquidator keeps 4.5%"]);
  });
});

describe("the depth of a venue", () => {
  let told: Told & { text: string };

  beforeAll(async () => {
    told = await toldOf([]);
  });

  const pool = "weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [2000, 4M] }";

  it("is that of the newest model", () => {
    expect(labels(told.text, told, pool)).toEqual(["1%: $20.2K"]);
  });

  it("stays when something else is edited", () => {
    expect(labels(told.text.replace("price: 1,", "price: 1, decimals: 6,"), told, pool)).toEqual([
      "1%: $20.2K",
    ]);
  });

  it("goes when the venue or a price of it is edited, and before any run", () => {
    const reserves = told.text.replace("[2000, 4M]", "[2000, 5M]");
    expect(labels(reserves, told, pool.replace("4M", "5M"))).toEqual([]);
    expect(labels(told.text.replace("price: 2000", "price: 2100"), told, pool)).toEqual([]);
    expect(labels(told.text, NOTHING_TOLD, pool)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { staticProblems } from "../../src/model/static-problems";
import { complete } from "../dsl/reading";

const rulesOf = (text: string) => staticProblems(parse(text)).map(({ rule }) => rule);

describe("what the static rules find in a text", () => {
  it("stands at its place", () => {
    const text = "plimsoll: 1\nassets:\n  ETH: { volatility: 80% }\n";
    const found = staticProblems(parse(text)).find(({ rule }) => rule === "missing-price");
    expect(found && text.slice(found.span.start, found.span.end)).toBe("ETH");
  });

  it("is not what an unreadable value only seems to lack", () => {
    const text =
      "plimsoll: 1\nassets:\n  ETH: { price: .nan, volatility: 80% }\n  BTC: { volatility: 60% }\n";
    expect(rulesOf(text).filter((rule) => rule === "missing-price")).toHaveLength(1);
    expect(rulesOf("plimsoll: 1\nassets:\n  ETH:\n    price: .nan\n")).not.toContain("missing-price");
  });

  it("is not what a half-typed key may bring", () => {
    expect(rulesOf("plimsoll: 1\nassets:\n  ETH:\n    pri\n    decimals: 18\n")).not.toContain(
      "missing-price",
    );
  });

  it("is not what a section seems to lack that is misspelt or cannot be read", () => {
    const all = staticProblems(parse(complete)).map(({ rule }) => rule);
    for (const section of ["venues", "markets", "books", "liquidators", "scenarios"])
      for (const by of [`${section}x`, `${section}: 5\nx-old`]) {
        const found = rulesOf(complete.replace(`\n${section}:`, `\n${by}:`));
        expect({ by, found: found.filter((rule) => !all.includes(rule)) }).toEqual({ by, found: [] });
        expect(found).not.toContain("nothing-to-simulate");
      }
  });

  it("is not a consequence of a venue that trades one asset", () => {
    const market = "kind: lending, rules: compound-v2, closeFactor: 50%, liquidationIncentive: 8%";
    const text = `plimsoll: 1
assets: { ETH: { price: 1 }, USD1: { price: 1 } }
venues: { v: { pair: [ETH, ETH], model: constant-product, reserves: [1, 1] } }
oracles: { eth: { of: ETH }, usd: { of: USD1 } }
markets: { m: { ${market}, reserves: { ETH: { oracle: eth, collateralFactor: 50% }, USD1: { oracle: usd } } } }
`;
    expect(rulesOf(text)).toContain("venue-of-one-asset");
    expect(rulesOf(text)).not.toContain("no-route");
  });

  it("is nothing where the text is no YAML", () => {
    expect(rulesOf("plimsoll: 1\nassets:\n  ETH: { volatility: 80%\n")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { DocumentSymbol } from "vscode-languageserver";
import { symbols } from "../../src/language/symbols";
import { complete } from "../dsl/reading";
import { marketWith, openText } from "./fixtures";

describe("document symbols", () => {
  it("are the sections with the names they declare", () => {
    const { document, source } = openText(marketWith("ltv: 80%"));
    const outline = symbols(source, document).map(({ name, children }) => [
      name,
      children?.map((child) => child.name),
    ]);
    expect(outline).toEqual([
      ["plimsoll", undefined],
      ["assets", ["WETH"]],
      ["oracles", ["eth-usd"]],
      ["markets", ["core"]],
    ]);
  });

  it("say of a name what its entry begins with", () => {
    const text =
      "assets:\n  A: { price: 1, volatility: 2%, decimals: 6 }\nvenues:\n  v: { pair: [A, B] }\nscenarios:\n  s: { shock: { A: -1% } }\n  t:\n";
    const { document, source } = openText(text);
    const details = symbols(source, document).flatMap(({ children }) =>
      children?.map(({ detail }) => detail),
    );
    expect(details).toEqual(["price: 1, volatility: 2%", "A, B", "A: -1%", undefined]);
  });

  it("have the reserves and E-modes of a market within it, and what each limit bounds", () => {
    const { document, source } = openText(complete);
    type Tree = [name: string, ...Tree[]];
    const treeOf = ({ name, children = [] }: DocumentSymbol): Tree => [name, ...children.map(treeOf)];
    const sections = symbols(source, document);
    const sectionOf = (wanted: string) => treeOf(sections.find(({ name }) => name === wanted)!);
    expect(sectionOf("markets")).toEqual([
      "markets",
      ["core", ["reserves", ["WETH"], ["wstETH"], ["USDC"]], ["emodes", ["eth"]]],
    ]);
    expect(sectionOf("limits").slice(1)).toEqual([
      ["bad debt in crash"],
      ["95% expected shortfall of bad debt in tail"],
    ]);
    expect(sections.find(({ name }) => name === "limits")?.children?.[0].detail).toBe("at most 0 USD");
  });

  it("stand within the symbol that they are part of", () => {
    const merged = "x-m: &m { reserves: { A: {} } }\nmarkets:\n  a: *m\n  b: { <<: *m, rules: aave-v3.3 }\n";
    for (const text of [complete, merged, `${marketWith("ltv: 80%")}limits:\n  - { max: 1 }\n  -\n`]) {
      const { document, source } = openText(text);
      const within = ({ range, children = [] }: DocumentSymbol) => {
        for (const child of children) {
          expect(document.offsetAt(child.range.start)).toBeGreaterThanOrEqual(document.offsetAt(range.start));
          expect(document.offsetAt(child.range.end)).toBeLessThanOrEqual(document.offsetAt(range.end));
          within(child);
        }
      };
      for (const symbol of symbols(source, document)) within(symbol);
    }
  });

  it("contain their name and end with their value", () => {
    const { document, source } = openText("plimsoll: 1\nassets:\n  A: { price: 1 }\n");
    const assets = symbols(source, document)[1];
    expect(document.getText(assets.selectionRange)).toBe("assets");
    expect(document.getText(assets.range).trimEnd()).toBe("assets:\n  A: { price: 1 }");
  });

  it.each(["", "- a\n", "a: [", "just text"])("are none for %j, or what can be read", (text) => {
    const { document, source } = openText(text);
    expect(() => symbols(source, document)).not.toThrow();
  });
});

import { describe, expect, it } from "vitest";
import { symbols } from "../../src/language/symbols";
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

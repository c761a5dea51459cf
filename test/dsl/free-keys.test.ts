import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";

const rulesIn = (text: string) => parse(text).problems.map(({ rule }) => rule);

describe("a key that begins with x-", () => {
  it("is ignored at the top, whatever it holds", () => {
    expect(rulesIn("plimsoll: 1\nx-terms: { price: [80 apples] }\nassets:\n  WETH: { price: 1 }\n")).toEqual(
      [],
    );
  });

  it("is no misspelt section", () => {
    expect(rulesIn("plimsoll: 1\nx-assets:\n  WETH: { price: 1 }\n")).toEqual(["missing-key"]);
  });

  it("is a name like any other where the keys are names, so its value is read and checked", () => {
    const file = (price: string) => `plimsoll: 1\nassets:\n  x-token: { price: ${price} }\n`;
    expect(parse(file("3k USD")).file?.assets["x-token"]).toEqual({ price: 3000 });
    expect(rulesIn(file("-3"))).toEqual(["out-of-range"]);
    expect(rulesIn(file("3 apples"))).toEqual(["wrong-unit"]);
  });

  it("is unknown where the language has keys of its own", () => {
    expect(rulesIn("plimsoll: 1\nassets:\n  WETH: { price: 1, x-note: 2 }\n")).toEqual(["unknown-key"]);
  });
});

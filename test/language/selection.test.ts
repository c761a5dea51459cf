import { describe, expect, it } from "vitest";
import type { SelectionRange } from "vscode-languageserver";
import { selectionRange } from "../../src/language/selection";
import { openText } from "./fixtures";

/** What is selected by expanding again and again, from the inside to the outside. */
function selected(marked: string): string[] {
  const { document, source, offset } = openText(marked);
  const texts: string[] = [];
  let range: SelectionRange | undefined = selectionRange(source, offset, document);
  for (; range; range = range.parent) texts.push(document.getText(range.range));
  return texts;
}

describe("expanding a selection", () => {
  it("goes from a value to its pair, the map around it, its name and its section", () => {
    expect(selected("plimsoll: 1\nassets:\n  WETH:\n    price: 3|200\n    decimals: 18\n  # more\n")).toEqual(
      [
        "3200",
        "price: 3200",
        "price: 3200\n    decimals: 18",
        "WETH:\n    price: 3200\n    decimals: 18",
        "assets:\n  WETH:\n    price: 3200\n    decimals: 18",
        "plimsoll: 1\nassets:\n  WETH:\n    price: 3200\n    decimals: 18",
        "plimsoll: 1\nassets:\n  WETH:\n    price: 3200\n    decimals: 18\n  # more\n",
      ],
    );
  });

  it("goes from what is in the brackets of a flow map to the brackets", () => {
    expect(selected("assets: { WETH: { pr|ice: 3200 } }")).toEqual([
      "price",
      "price: 3200",
      "{ price: 3200 }",
      "WETH: { price: 3200 }",
      "{ WETH: { price: 3200 } }",
      "assets: { WETH: { price: 3200 } }",
    ]);
  });

  it("goes from an item to its list", () => {
    expect(selected("a:\n  - b: [1, 2|2]\n  - 3\n").slice(0, 6)).toEqual([
      "22",
      "1, 22",
      "[1, 22]",
      "b: [1, 22]",
      "- b: [1, 22]\n  - 3",
      "a:\n  - b: [1, 22]\n  - 3",
    ]);
  });

  it("goes from the text of a quoted value to its quotes", () => {
    expect(selected('name: "Com|pound"').slice(0, 3)).toEqual(["Compound", '"Compound"', 'name: "Compound"']);
  });

  it("stops at an alias, and passes what was merged by", () => {
    const text = "x-a: &a { price: 1 }\nassets:\n  A: *a|\n  B: { <<: *a, volatility: 2 }\n";
    expect(selected(text).slice(0, 2)).toEqual(["*a", "A: *a"]);
    expect(selected(text.replace("|", "").replace("<<: *a", "<<: *|a"))[0]).toBe("<<: *a, volatility: 2");
  });

  it("goes from a comment to the comments around it and the map they stand in", () => {
    expect(selected("a:\n  b: 1\n  # one\n  # t|wo\n\n  c: 2\n").slice(0, 3)).toEqual([
      "# two",
      "# one\n  # two",
      "b: 1\n  # one\n  # two\n\n  c: 2",
    ]);
  });

  it("goes from the line to the file where nothing can be read", () => {
    expect(selected("<<<<<<< HEAD\n  a: |1\n>>>>>>> b\n")).toEqual([
      "a: 1",
      "  a: 1",
      "<<<<<<< HEAD\n  a: 1\n>>>>>>> b\n",
    ]);
  });

  it.each(["|", "", "|\n", "a: [|", "- |", 'a: "|'])("has an answer in %j", (text) => {
    expect(selected(text).at(-1)).toBe(text.replace("|", ""));
  });
});

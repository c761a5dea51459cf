import { describe, expect, it } from "vitest";
import { foldingRanges } from "../../src/language/folding";

/** Folds as the text of their first and last line. */
function folded(lines: readonly string[], options = { lineFoldingOnly: true }): string[] {
  return foldingRanges(lines.join("\n"), options).map(({ startLine, endLine, kind }) =>
    [lines[startLine].trim(), lines[endLine].trim(), ...(kind ? [kind] : [])].join(" … "),
  );
}

describe("folding", () => {
  it("folds sections and entries up to their last line, and leaves blank lines between them", () => {
    expect(
      folded(["assets:", "  WETH:", "    price: 1", "    decimals: 18", "  USDC: {}", "", "oracles: {}"]),
    ).toEqual(["assets: … USDC: {}", "WETH: … decimals: 18"]);
  });

  it("folds the items of a list, and a list in its key's column", () => {
    expect(
      folded(["limits:", "- metric: bad-debt", "  max: 1", "- metric: shortfall", "  max: 2", "x-a: 1"]),
    ).toEqual(["limits: … max: 2", "- metric: bad-debt … max: 1", "- metric: shortfall … max: 2"]);
  });

  it("leaves the closing bracket of a flow map where only lines fold", () => {
    const lines = ["eth: {", "  ltv: 93%,", "}", "loops:", "  [", "    1,", "  ]", "  x: [", "  ]"];
    expect(folded(lines)).toEqual(["eth: { … ltv: 93%,", "loops: … ]", "[ … 1,"]);
  });

  it("takes a bracket for that of the line it stands under", () => {
    expect(folded(["limits:", "  - {", "      max: 1", "    }", "  - {", "      max: 2", "  }"])).toEqual([
      "limits: … }",
      "- { … max: 1",
      "- { … max: 2",
    ]);
  });

  it("folds what is between the brackets where characters fold", () => {
    expect(foldingRanges("eth: { # loops\n  ltv: 93%,\n  },\n", {})).toEqual([
      { startLine: 0, startCharacter: 6, endLine: 2, endCharacter: 2 },
    ]);
  });

  it("folds comments on lines that follow each other", () => {
    expect(folded(["# a", "# b", "", "# c", "a:", "  # d", "  # e", "  b: 1 # f"])).toEqual([
      "# a … # b … comment",
      "a: … b: 1 # f",
      "# d … # e … comment",
    ]);
  });

  it("counts a comment below a block to it when it stands as deep", () => {
    expect(folded(["a:", "  b: 1", "  # of a", "# of c", "c: 1"])).toEqual([
      "a: … # of a",
      "# of a … # of c … comment",
    ]);
  });

  it("folds broken text as it did before", () => {
    const lines = [
      "assets:",
      "  WETH: { price: 1",
      '  USDC: { address: "0x',
      "markets:",
      "  core:",
      "    kind",
    ];
    expect(folded(lines)).toEqual(['assets: … USDC: { address: "0x', "markets: … kind", "core: … kind"]);
  });

  it("folds lines that end as on Windows", () => {
    expect(foldingRanges("a:\r\n  b: {\r\n    c: 1\r\n  }\r\n", { lineFoldingOnly: true })).toEqual([
      { startLine: 0, endLine: 3 },
      { startLine: 1, endLine: 2 },
    ]);
  });

  it("keeps the outermost folds where the editor takes only so many", () => {
    const lines = ["a:", "  b:", "    c: 1", "d:", "  e: 1"];
    expect(foldingRanges(lines.join("\n"), { rangeLimit: 2 }).map(({ startLine }) => startLine)).toEqual([
      0, 3,
    ]);
  });
});

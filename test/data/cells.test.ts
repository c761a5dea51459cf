import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assetLookup } from "../../src/data/asset-names";
import { cellsBelow } from "../../src/data/cells";
import { renamedCells } from "../../src/data/renamed-cells";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("cells", () => {
  it("are found where they stand, in quotes and spaces, behind blank lines and letters of several bytes", () => {
    const text = 'Ünits, Asset ,x\r\n\r\n é, WETH\t,1\n"a, b","DAI" ,2\n𝒳,"say ""hi""",3\rq,USDC';
    const cells = cellsBelow(bytes(text), ["asset"]);
    expect(cells.map((cell) => cell.text)).toEqual(["WETH", "DAI", "USDC"]);
    for (const cell of cells) expect(text.slice(cell.start, cell.start + cell.text.length)).toBe(cell.text);
  });

  it("of any table are at their places", () => {
    const cell = fc.stringMatching(/^[A-Za-zé𝒳]{0,5}$/u);
    const spaces = fc.constantFrom("", " ", "\t");
    const written = fc.tuple(spaces, cell, fc.boolean(), spaces).map(([before, text, quoted, after]) => ({
      text,
      raw: before + (quoted ? `"${text}"` : text) + after,
    }));
    fc.assert(
      fc.property(fc.array(written, { minLength: 1 }), fc.constantFrom("\n", "\r\n"), (cells, end) => {
        const text = `a,b${end}${cells.map(({ raw }) => `x,${raw}${end}`).join("")}`;
        const found = cellsBelow(bytes(text), ["b"]);
        expect(found.map((each) => each.text)).toEqual(cells.map((each) => each.text));
        for (const { text: content, start } of found)
          expect(text.slice(start, start + content.length)).toBe(content);
      }),
    );
  });
});

describe("renamed cells", () => {
  const address = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
  const table = `asset\nWETH\nweth\n${address}\nDAI\ndai\nother\n`;
  const lookups = (to: string) => ({
    before: assetLookup({ WETH: { address }, DAI: {} }),
    after: assetLookup({ [to]: { address }, DAI: {} }),
  });
  const edits = (to: string) =>
    renamedCells(bytes(table), ["asset"], { from: "WETH", to }, lookups(to)).map(
      ({ text, newText }) => `${text} -> ${newText}`,
    );

  it("are those that named it by its name, in any case, not by its address", () => {
    expect(edits("ETH")).toEqual(["WETH -> ETH", "weth -> ETH"]);
  });

  it("are only those whose meaning would change", () => {
    expect(edits("Weth")).toEqual([]);
    expect(edits("dai")).toEqual(["WETH -> dai", "weth -> dai", "dai -> DAI"]);
  });
});

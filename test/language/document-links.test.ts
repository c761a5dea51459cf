import { describe, expect, it } from "vitest";
import { documentLinks } from "../../src/language/document-links";
import { openText } from "./fixtures";

const WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";

function linksOf(text: string) {
  const { source, document } = openText(text);
  return documentLinks(source, document).map(({ range, target, tooltip }) => ({
    text: document.getText(range),
    target,
    tooltip,
  }));
}

describe("document links", () => {
  it("lead to data files beside the risk file", () => {
    const text = 'venues: { v: { model: quotes, file: "a b/q#1.csv" } }\nbooks: { b: { file: ../p.csv } }\n';
    expect(linksOf(text)).toEqual([
      { text: "a b/q#1.csv", target: "file:///risk/a%20b/q%231.csv", tooltip: "Open a b/q#1.csv" },
      { text: "../p.csv", target: "file:///p.csv", tooltip: "Open ../p.csv" },
    ]);
  });

  it.each([
    [1, "https://etherscan.io", "etherscan.io"],
    [42161, "https://arbiscan.io", "arbiscan.io"],
  ])("lead to addresses in the explorer of chain %i", (chain, explorer, host) => {
    const text = `snapshot: { chain: ${chain} }\nassets: { WETH: { address: "${WETH}" } }\n`;
    expect(linksOf(text)).toEqual([
      { text: WETH, target: `${explorer}/address/${WETH}`, tooltip: `Open in ${host}` },
    ]);
  });

  it.each([
    `assets: { WETH: { address: "${WETH}" } }\n`,
    `snapshot: { chain: 987654321 }\nassets: { WETH: { address: "${WETH}" } }\n`,
    'snapshot: { chain: 1 }\nassets: { WETH: { address: "0x12" } }\n',
    "books: { b: { file: } }\n",
    "books: [",
  ])("are none in %j", (text) => {
    expect(linksOf(text)).toEqual([]);
  });
});

/** The two shapes a long file has, each right for a plain JSON Schema validator too; nothing in them is simulated. */
export const shapes = {
  "maps in blocks": (lines) => withFeeds(lines),
  "inline positions": (lines) => withPositions(lines),
};

const head = `plimsoll: 1
assets:
  WETH: { price: 3200, volatility: 72% }
  USDC: { price: 1, stable: {}, decimals: 6 }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, ltv: 80.5%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd, ltv: 75%, liquidationThreshold: 78%, liquidationBonus: 4.5% }
oracles:
  eth-usd: { of: WETH, heartbeat: 1h, deviation: 0.5% }
  usdc-usd: { of: USDC }
`;

const written = head.split("\n").length - 1;

function withFeeds(lines) {
  const feed = (i) =>
    `  feed-${i}:\n    of: WETH\n    heartbeat: ${(i % 24) + 1}h\n    deviation: 0.5%\n    delay: 12s\n`;
  return head + Array.from({ length: Math.floor((lines - written) / 5) }, (_, i) => feed(i)).join("");
}

function withPositions(lines) {
  const position = (i) =>
    i % 2 === 0
      ? `      - { account: a${i >> 1}, asset: WETH, side: collateral, amount: 10 }\n`
      : `      - { account: a${i >> 1}, asset: USDC, side: debt, amount: 15k }\n`;
  const count = lines - written - 4;
  return `${head}books:\n  core:\n    market: core\n    positions:\n${Array.from({ length: count }, (_, i) => position(i)).join("")}`;
}

/** The place in the middle of a document that is edited: its last key of three or more letters before a value. */
export function middleKey(text) {
  const lines = text.split("\n");
  for (let line = lines.length >> 1; line > 0; line--) {
    const key = /\b(amount|deviation|liquidationBonus)(?=:)/d.exec(lines[line]);
    if (key) return { line, start: key.indices[1][0], end: key.indices[1][1] };
  }
  throw new Error("The document has no key to edit.");
}

/** A right risk file of so many lines, most of them positions. */
export function riskFile(lines) {
  const head = `plimsoll: 1
assets:
  WETH: { price: 3200, volatility: 72% }
  USDC: { price: 1, stable: {}, decimals: 6 }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [300k, 960M], fee: 5bp, recovery: 30min }
oracles:
  eth-usd: { of: WETH, heartbeat: 1h, deviation: 0.5% }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, ltv: 80.5%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd, ltv: 75%, liquidationThreshold: 78%, liquidationBonus: 4.5% }
liquidators:
  searchers: { capital: flash, minProfit: 10 USD }
scenarios:
  crash: { shock: { WETH: -40% } }
limits:
  - { metric: bad-debt, in: crash, max: 1M USD }
books:
  core:
    market: core
    positions:
`;
  const written = head.split("\n").length - 1;
  const positions = Array.from({ length: lines - written }, (_, i) => position(i >> 1, i % 2 === 0));
  return `${head}${positions.join("\n")}\n`;
}

function position(account, isCollateral) {
  return isCollateral
    ? `      - { account: a${account}, asset: WETH, side: collateral, amount: 10 }`
    : `      - { account: a${account}, asset: USDC, side: debt, amount: 15k }`;
}

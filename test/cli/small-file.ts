/** A risk file with a book from a CSV file, a shock and a Monte Carlo; its limit holds. */
export const smallFile = `plimsoll: 1
assets:
  ETH: { price: 2000, volatility: 80% }
  USDC: { price: 1, stable: {}, decimals: 6 }
venues:
  eth-usdc: { pair: [ETH, USDC], model: constant-product, reserves: [100k, 200M] }
oracles:
  eth-usd: { of: ETH }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      ETH: { oracle: eth-usd, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd, ltv: 75%, liquidationThreshold: 78%, liquidationBonus: 5% }
books:
  borrowers: { market: core, file: book.csv }
liquidators:
  searchers: { capital: flash, minProfit: 10 USD }
scenarios:
  crash: { shock: { ETH: -30% }, over: 10min, hold: 1h }
  tail: { monte-carlo: { paths: 200, horizon: 1d, step: 1h, seed: 7 } }
limits:
  - { metric: bad-debt, in: crash, max: 10 USD }
`;

/** A broken limit: nobody can act before the price has fallen below the debts. */
export const failingFile = smallFile.replace("ETH: -30% }, over: 10min", "ETH: -55% }, over: 0s");

/** Two hundred paths are too few for the tail of 95%. */
export const undecidedFile = smallFile.replace(
  "{ metric: bad-debt, in: crash, max: 10 USD }",
  "{ metric: liquidated-value, statistic: es, level: 95%, in: tail, max: 1M USD }",
);

export const smallBook = `account,asset,side,amount
alice,ETH,collateral,100
alice,USDC,debt,120000
bob,ETH,collateral,50
bob,USDC,debt,75000
`;

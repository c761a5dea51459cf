import type { Book, Market, Model, MonteCarloScenario } from "../../src/engine/model";

/** Borrowers of dollars against ether, with loan-to-values spread so that common falls liquidate some of them. */
export function smallModel(accounts = 40): Model {
  return {
    numeraire: "USD",
    blockTime: 12,
    assets: [
      { kind: "free", name: "ETH", price: 2000, decimals: 18, volatility: 0.8 },
      { kind: "stable", name: "USDC", price: 1, decimals: 6, volatility: 0.01, reversion: 86_400 },
    ],
    correlationFactor: Float64Array.of(1),
    venues: [
      {
        name: "eth-usdc",
        traded: 0,
        quote: 1,
        curve: { model: "constant-product", invariant: 2000 * 4e6 },
        sellFee: 0.003,
        buyFee: 0.003,
        recovery: 3600,
        permanent: 0.2,
      },
    ],
    oracles: [
      { kind: "feed", name: "eth-usd", asset: 0, heartbeat: 3600, deviation: 0.005, delay: 12 },
      {
        kind: "feed",
        name: "usdc-usd",
        asset: 1,
        heartbeat: Number.POSITIVE_INFINITY,
        deviation: Number.POSITIVE_INFINITY,
        delay: 0,
      },
    ],
    markets: [market(accounts)],
    backstops: [],
    vaults: [],
    liquidators: [
      { name: "searchers", gasUnits: 500_000, gasPrice: 15e-9, gasAsset: 0, minProfit: 10, reaction: 12 },
    ],
  };
}

export function smallScenario(paths: number, seed = 7): MonteCarloScenario {
  return { kind: "monte-carlo", name: "tail", paths, horizon: 86_400, step: 1200, seed, feedback: true };
}

function market(accounts: number): Market {
  return {
    name: "core",
    rules: "aave-v3.3",
    lending: {
      reserves: [
        { asset: 0, oracle: 0, threshold: 0.83, bonus: 0.05, protocolFee: 0.1 },
        { asset: 1, oracle: 1, threshold: 0.78, bonus: 0.045, protocolFee: 0.1 },
      ],
      emodes: [],
      closeFactor: 1,
    },
    book: book(accounts),
  };
}

function book(count: number): Book {
  const ids = Array.from({ length: count }, (_, i) => `account-${String(i).padStart(6, "0")}`);
  return {
    accounts: ids,
    emode: new Int16Array(count).fill(-1),
    first: Int32Array.from({ length: count + 1 }, (_, i) => 2 * i),
    reserve: Int16Array.from({ length: 2 * count }, (_, leg) => leg % 2),
    side: Uint8Array.from({ length: 2 * count }, (_, leg) => leg % 2),
    amount: Float64Array.from({ length: 2 * count }, (_, leg) =>
      leg % 2 === 0 ? 10 : debtOf(leg >> 1, count),
    ),
  };
}

/** Loan-to-values from 50% to 80% of 20,000 dollars of ether. */
function debtOf(account: number, count: number): number {
  return 20_000 * (0.5 + (0.3 * account) / count);
}

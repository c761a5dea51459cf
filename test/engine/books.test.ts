import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naiveBook } from "../../src/engine/book/naive-book";
import { orderedBook } from "../../src/engine/book/ordered-book";
import type { InterestTerms } from "../../src/engine/interest/pool";
import { crvusd } from "../../src/engine/markets/crvusd";
import type { Market, Model } from "../../src/engine/model";
import {
  feed,
  free,
  type Holding,
  market,
  model,
  monteCarlo,
  pool,
  reserve,
  run,
  searchers,
  shock,
} from "./kit";

const share = fc.double({ min: 0.3, max: 1.3, noNaN: true });
const holding = fc.record({
  collateral: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
  debt: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 2 }),
  value: fc.double({ min: 100, max: 5e5, noNaN: true }),
  share,
  emode: fc.boolean(),
});
const startPrices = [2000, 40_000, 2300, 1];

/** Only one asset is owed, and the treasury gets nothing of what is seized. */
const isIsolated = (rules: string) => ["compound-v3", "euler-v2", "maker", "maker-flip"].includes(rules);

const ilk = {
  mat: 1.25,
  chop: 0.13,
  dust: 500,
  hole: 2e5,
  buf: 1.2,
  tail: 3600,
  cusp: 0.4,
  chip: 0.001,
  tip: 10,
  calc: { stairstep: { cut: 0.98, step: 60 } },
};

const flipIlk = { mat: 1.25, chop: 0.13, beg: 0.03, ttl: 600, tau: 3600 };

/** What only some protocols have. */
function optionsOf(rules: string) {
  if (rules.startsWith("aave-v3"))
    return { emodes: [{ name: "eth", collateral: [0, 2], threshold: 0.93, bonus: 0.01 }] };
  if (rules === "maker") return { own: { hole: 4e5, ilks: [ilk, ilk, ilk] } };
  if (rules === "maker-flip") return { own: { ilks: [20, 1, 15].map((lump) => ({ ...flipIlk, lump })) } };
  if (rules === "euler-v2") return { maxDiscount: 0.15 };
  if (rules !== "compound-v3") return {};
  return { own: { base: 3, reserves: 0, target: 1e5, credit: [0.93, 0.95, 0.97, 0] } };
}

/** Rates up to 2,000% a year, so that hours of interest put accounts under water. */
function interestAt(base: number, price: number): InterestTerms {
  return {
    supplied: 3e7 / price,
    borrowed: 2e7 / price,
    curve: { kind: "kinked", kink: 0.8, base, below: 0.05, above: 3 },
    reserveFactor: 0.2,
    growth: "compounded",
    lendsReserves: true,
    socialises: false,
  };
}

function accruingAt(rules: string, base: number, price: number) {
  return rules.startsWith("maker") ? { debtRate: base } : { interest: interestAt(base, price) };
}

/** Books with several legs, interest, E-modes, bad debt at the start and accounts exactly at the boundary. */
const randomModel = fc
  .record({
    rules: fc.constantFrom(
      "crvusd",
      "aave-v2",
      "aave-v3.0",
      "aave-v3.3",
      "compound-v2",
      "compound-v3",
      "euler-v2",
      "maker",
      "maker-flip",
    ),
    holdings: fc.array(holding, { minLength: 1, maxLength: 30 }),
    depth: fc.double({ min: 1e5, max: 1e8, noNaN: true }),
    rates: fc.option(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 4, maxLength: 4 })),
  })
  .map(({ rules, holdings, depth, rates }): Model => {
    const assets = [
      free("WETH", 2000, 0.9),
      free("WBTC", 40_000, 0.8),
      free("wstETH", 2300, 0.9),
      free("USDC", 1, 0.02, 6),
    ];
    const venues = [0, 1, 2].map((asset) =>
      pool(asset, 3, [depth / startPrices[asset], depth], {
        recovery: 1800,
        permanent: 0.2,
        sellFee: 0.001,
        buyFee: 0.001,
      }),
    );
    const reserves = assets.map((_, asset) =>
      reserve(asset, {
        threshold: 0.8 - 0.02 * asset,
        protocolFee: isIsolated(rules) ? 0 : 0.1,
        ...(rates ? accruingAt(rules, rates[asset], startPrices[asset]) : {}),
      }),
    );
    const accounts = holdings.map((entry, i): Holding => {
      const held = rules.startsWith("maker") ? entry.collateral.slice(0, 1) : entry.collateral;
      const collateral = Object.fromEntries(
        held.map((asset) => [asset, entry.value / held.length / startPrices[asset]]),
      );
      const debts = isIsolated(rules) ? [3] : entry.debt;
      const debt = Object.fromEntries(
        debts.map((asset) => [asset, (entry.value * entry.share * 0.8) / debts.length / startPrices[asset]]),
      );
      return {
        account: `a${i}`,
        collateral,
        debt,
        emode: entry.emode && rules.startsWith("aave-v3") ? 0 : -1,
      };
    });
    return model({
      assets,
      venues,
      liquidators: [searchers, { ...searchers, name: "slower", minProfit: 50, reaction: 60 }],
      oracles: assets.map((_, asset) => feed(asset, { deviation: 0.005, heartbeat: 3600 })),
      markets: [
        rules === "crvusd"
          ? bandMarket(holdings, rates?.[0])
          : market(rules, reserves, accounts, optionsOf(rules)),
      ],
    });
  });

/** Loans of USDC on WETH that stand in bands. */
function bandMarket(holdings: readonly { value: number; share: number }[], rate?: number): Market {
  const entry = { collateral: "0", debt: "3", oracle: "0", basePrice: 1900, A: 60, rate };
  const { reserves, ...options } = crvusd.terms(entry as never, { asset: Number, oracle: Number });
  const loans = holdings.map(({ value, share: part }, i) => ({
    account: `a${i}`,
    collateral: { 0: value / startPrices[0] },
    debt: { 1: value * part * 0.8 },
  }));
  return market("crvusd", reserves, loans, options);
}

describe("the ordered book answers as the naive book does, bit for bit", () => {
  it("through a crash", () => {
    fc.assert(
      fc.property(randomModel, fc.double({ min: -0.7, max: 0.5, noNaN: true }), (from, move) => {
        const crash = shock([move, move * 0.8, move, 0], { over: 600, hold: 1200 });
        expect(run(from, crash, undefined, { book: orderedBook })).toEqual(
          run(from, crash, undefined, { book: naiveBook }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("along random paths", () => {
    fc.assert(
      fc.property(randomModel, fc.nat(1000), (from, seed) => {
        const tail = monteCarlo({ paths: 3, horizon: 6 * 3600, step: 1800, seed });
        expect(run(from, tail, undefined, { book: orderedBook })).toEqual(
          run(from, tail, undefined, { book: naiveBook }),
        );
      }),
      { numRuns: 40 },
    );
  });
});

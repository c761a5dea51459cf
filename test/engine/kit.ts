import { expect } from "vitest";
import type {
  Asset,
  Book,
  LendingTerms,
  Liquidator,
  Market,
  Model,
  MonteCarloScenario,
  Oracle,
  Reserve,
  Scenario,
  ShockScenario,
  Venue,
} from "../../src/engine/model";
import type { Samples } from "../../src/engine/samples";
import { type PathRange, type SimulateOptions, simulate } from "../../src/engine/simulate";
import { pathCount } from "../../src/engine/timeline";

/** Small models written by hand: assets by index, prices in the numeraire, round numbers. */
export function free(name: string, price: number, volatility = 0, decimals = 18): Asset {
  return { name, kind: "free", price, volatility, decimals };
}

export function feed(
  asset: number,
  options: Partial<{ heartbeat: number; deviation: number; delay: number; quote: number }> = {},
): Oracle {
  const never = Number.POSITIVE_INFINITY;
  return {
    name: `feed-${asset}`,
    kind: "feed",
    asset,
    heartbeat: never,
    deviation: never,
    delay: 0,
    ...options,
  };
}

export function pool(
  traded: number,
  quote: number,
  reserves: readonly [number, number],
  options: Partial<Venue> = {},
): Venue {
  return {
    name: `pool-${traded}-${quote}`,
    traded,
    quote,
    curve: { model: "constant-product", invariant: reserves[0] * reserves[1] },
    sellFee: 0,
    buyFee: 0,
    recovery: Number.POSITIVE_INFINITY,
    permanent: 0,
    ...options,
  };
}

export function reserve(asset: number, options: Partial<Reserve> = {}): Reserve {
  return { asset, oracle: asset, threshold: 0.8, bonus: 0.05, protocolFee: 0, ...options };
}

export interface Holding {
  readonly account: string;
  readonly collateral: Readonly<Record<number, number>>;
  readonly debt: Readonly<Record<number, number>>;
  readonly emode?: number;
}

/** A canonical book from holdings by reserve index. */
export function bookOf(holdings: readonly Holding[]): Book {
  const sorted = [...holdings].sort((a, b) => (a.account < b.account ? -1 : 1));
  const legs = sorted.map(({ collateral, debt }) => [...legsOf(collateral, 0), ...legsOf(debt, 1)]);
  const flat = legs.flat();
  const first = new Int32Array(sorted.length + 1);
  legs.forEach((own, i) => {
    first[i + 1] = first[i] + own.length;
  });
  return {
    accounts: sorted.map(({ account }) => account),
    emode: Int16Array.from(sorted, ({ emode }) => emode ?? -1),
    first,
    reserve: Int16Array.from(flat, (leg) => leg.reserve),
    side: Uint8Array.from(flat, (leg) => leg.side),
    amount: Float64Array.from(flat, (leg) => leg.amount),
  };
}

function legsOf(amounts: Readonly<Record<number, number>>, side: number) {
  const reserves = Object.keys(amounts).map(Number);
  return reserves.sort((a, b) => a - b).map((index) => ({ reserve: index, side, amount: amounts[index] }));
}

export function market(
  rules: string,
  reserves: readonly Reserve[],
  holdings: readonly Holding[],
  options: Partial<Omit<LendingTerms, "reserves">> = {},
): Market {
  const lending = { reserves, emodes: [], closeFactor: 0.5, ...options };
  return { name: "core", rules, lending, book: bookOf(holdings) };
}

export const searchers: Liquidator = {
  name: "searchers",
  gasUnits: 0,
  gasPrice: 0,
  gasAsset: -1,
  minProfit: 0,
  reaction: 0,
};

export function model(parts: Partial<Model> & Pick<Model, "assets" | "markets">): Model {
  const count = parts.assets.filter(({ kind }) => kind === "free").length;
  const identity = Float64Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0));
  return {
    numeraire: "USD",
    blockTime: 12,
    correlationFactor: identity,
    venues: [],
    oracles: parts.assets.map((_, asset) => feed(asset)),
    backstops: [],
    vaults: [],
    liquidators: [searchers],
    ...parts,
  };
}

export function shock(moves: readonly number[], options: Partial<ShockScenario> = {}): ShockScenario {
  return {
    kind: "shock",
    name: "crash",
    moves: Float64Array.from(moves),
    over: 0,
    hold: 3600,
    feedback: true,
    ...options,
  };
}

export function monteCarlo(options: Partial<MonteCarloScenario> = {}): MonteCarloScenario {
  return {
    kind: "monte-carlo",
    name: "tail",
    paths: 16,
    horizon: 86400,
    step: 600,
    seed: 7,
    feedback: true,
    ...options,
  };
}

/** Every simulation of the tests goes through here: conservation holds on each. */
export function run(from: Model, scenario: Scenario, range?: PathRange, options?: SimulateOptions): Samples {
  const whole = { first: 0, count: pathCount(scenario) };
  const samples = simulate(from, scenario, range ?? whole, options);
  expectConserved(from, samples);
  return samples;
}

/** What leaves one holder enters another, in units, for every asset on every path. */
export function expectConserved(from: Model, samples: Samples): void {
  for (let path = 0; path < samples.count; path++) {
    const toLiquidators = new Float64Array(from.assets.length);
    const repaid = new Float64Array(from.assets.length);
    samples.markets.forEach((of, m) => {
      of.flows.forEach((flows, r) => {
        const { asset } = from.markets[m].lending.reserves[r];
        near(
          flows.collateralStart[path] + flows.collateralInterest[path] - flows.collateralEnd[path],
          flows.seized[path],
          flows.collateralStart[path],
        );
        near(
          flows.debtStart[path] + flows.debtInterest[path] - flows.debtEnd[path],
          flows.repaid[path] + flows.writtenOff[path] + flows.absorbed[path],
          flows.debtStart[path],
        );
        toLiquidators[asset] +=
          flows.seized[path] -
          flows.fee[path] -
          flows.unsold[path] -
          flows.handedBack[path] +
          flows.rewards[path];
        repaid[asset] += flows.repaid[path] + flows.bought[path];
      });
    });
    expectPaid(from, samples, path);
    expectBorne(from, samples, path);
    samples.assets.forEach((of, asset) => {
      const came = toLiquidators[asset] + of.venueOut[path];
      const went = of.venueIn[path] + repaid[asset] + of.liquidatorHeld[path] + of.gas[path];
      near(came, went, came);
    });
  }
}

/** Vaults bear no more of a market's loss than there is. */
function expectBorne(from: Model, samples: Samples, path: number): void {
  samples.markets.forEach(({ uncovered }, market) => {
    const borne = from.vaults.flatMap(({ allocations }, v) =>
      allocations.map((each, i) => (each.market === market ? samples.vaults[v].loss[i][path] : 0)),
    );
    const most = Math.max(0, uncovered[path]);
    expect(borne.reduce((sum, loss) => sum + loss, 0)).toBeLessThanOrEqual(most * (1 + 1e-9));
  });
}

/** Backstops pay no more than they have and than is missing, and what they pay in kind is what markets get. */
function expectPaid(from: Model, samples: Samples, path: number): void {
  const left = from.backstops.map(({ amount }, i) => amount - samples.backstops[i][path]);
  expect(left.every((units) => units >= 0)).toBe(true);
  const covered = new Float64Array(from.assets.length);
  samples.markets.forEach(({ flows }, m) => {
    flows.forEach((of, r) => {
      covered[from.markets[m].lending.reserves[r].asset] += of.covered[path];
      const most = of.debtEnd[path] + of.writtenOff[path] + of.absorbed[path];
      expect(of.covered[path] + of.coveredBySurplus[path]).toBeLessThanOrEqual(most * (1 + 1e-9));
    });
  });
  covered.forEach((units, asset) => {
    const payers = [...from.backstops.keys()].filter((i) => from.backstops[i].covers === asset);
    if (payers.length === 0) expect(units).toBe(0);
    if (payers.some((i) => from.backstops[i].asset !== asset)) return;
    near(
      payers.reduce((sum, i) => sum + samples.backstops[i][path], 0),
      units,
      units,
    );
  });
}

function near(a: number, b: number, scale: number): void {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(scale)));
}

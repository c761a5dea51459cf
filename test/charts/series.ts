import type { DistributionSeries, FallCurveSeries, WorstPathSeries } from "../../src/protocol/messages";

const falls = Array.from({ length: 31 }, (_, index) => index / 50);

/** Losses that start at a fall of `from` and grow faster the deeper the fall. */
function losses(from: number, slope: number): readonly number[] {
  return falls.map((fall) => (fall > from ? slope * (fall - from) ** 1.6 : 0));
}

export const fallCurve: FallCurveSeries = {
  asset: "WETH",
  assets: ["WETH", "wstETH", "WBTC"],
  falls,
  withFeedback: { liquidatedValue: losses(0.08, 4.1e8), badDebt: losses(0.31, 5.2e7) },
  withoutFeedback: { liquidatedValue: losses(0.08, 3.3e8), badDebt: losses(0.35, 2.1e7) },
};

const hours = Array.from({ length: 145 }, (_, index) => index / 6);

function priceAt(hour: number, depth: number): number {
  return 1 - depth * (1 - Math.exp(-hour / 6)) + 0.012 * Math.sin(hour * 2.3);
}

function market(depth: number): readonly number[] {
  return hours.map((hour) => priceAt(hour, depth));
}

/** What the oracle shows: the market of the last full hour. */
function oracle(depth: number): readonly number[] {
  return hours.map((hour) => priceAt(Math.floor(hour), depth));
}

function grown(from: number, largest: number): readonly number[] {
  return hours.map((hour) => (hour > from ? largest * (1 - Math.exp(-(Math.floor(hour) - from) / 5)) : 0));
}

export const worstPath: WorstPathSeries = {
  scenario: "tail",
  path: 1234,
  seed: 7,
  hours,
  prices: [
    { asset: "WETH", market: market(0.46), oracle: oracle(0.46) },
    { asset: "wstETH", market: market(0.5), oracle: oracle(0.5) },
    { asset: "WBTC", market: market(0.28), oracle: oracle(0.28) },
  ],
  liquidatedValue: grown(3, 1.43e8),
  badDebt: grown(7, 3.2e6),
};

const counts = [41, 27, 18, 13, 9, 6, 4, 3, 2, 1, 0, 1, 0, 1];

export const distribution: DistributionSeries = {
  scenario: "tail",
  metric: "bad-debt",
  paths: 2000,
  totalPaths: 2000,
  seed: 7,
  probabilityOfLoss: 126 / 2000,
  edges: counts.map((_, index) => index * 2.5e5).concat(counts.length * 2.5e5),
  counts,
  zeros: 1874,
  level: 0.95,
  valueAtRisk: { value: 131_200, lower: 48_000, upper: 240_000 },
  expectedShortfall: { value: 742_345, lower: 611_870, upper: 872_100 },
};

import { YEAR } from "../../engine/year";

/** A market's totals as the contract keeps them: since the last interaction, in units and shares. */
export interface Totals {
  readonly totalSupplyAssets: bigint;
  readonly totalSupplyShares: bigint;
  readonly totalBorrowAssets: bigint;
  readonly totalBorrowShares: bigint;
  /** Seconds since 1970. */
  readonly lastUpdate: bigint;
  /** Share of the interest, with 18 decimals. */
  readonly fee: bigint;
}

const WAD = 10n ** 18n;
const VIRTUAL_SHARES = 10n ** 6n;
const VIRTUAL_ASSETS = 1n;

/** The totals as the next interaction would find them. `_accrueInterest` of Morpho.sol. @param rate per second with 18 decimals */
export function accrued(totals: Totals, rate: bigint, time: number): Totals {
  const first = rate * (BigInt(time) - totals.lastUpdate);
  const second = (first * first) / (2n * WAD);
  const third = (second * first) / (3n * WAD);
  const interest = (totals.totalBorrowAssets * (first + second + third)) / WAD;
  return {
    ...totals,
    totalSupplyAssets: totals.totalSupplyAssets + interest,
    totalBorrowAssets: totals.totalBorrowAssets + interest,
    lastUpdate: BigInt(time),
  };
}

/** What so many shares of the debt owe. `toAssetsUp` of SharesMathLib.sol. */
export function owedBy(shares: bigint, { totalBorrowAssets, totalBorrowShares }: Totals): bigint {
  const per = totalBorrowShares + VIRTUAL_SHARES;
  return (shares * (totalBorrowAssets + VIRTUAL_ASSETS) + per - 1n) / per;
}

/** Constants of AdaptiveCurveIrm.sol of morpho-org/morpho-blue-irm; rates a year. */
const TARGET = 0.9;
const SPEED = 50;
const INITIAL_RATE = 0.04;
const LOWEST_RATE = 0.001;
const HIGHEST_RATE = 2;

/** The rate at target, a year, as the next interaction would find it. @param stored per second with 18 decimals */
export function adapted(stored: bigint, totals: Totals, time: number): number {
  if (stored === 0n) return INITIAL_RATE;
  const use = Number(totals.totalBorrowAssets) / Math.max(1, Number(totals.totalSupplyAssets));
  const error = (use - TARGET) / (use > TARGET ? 1 - TARGET : TARGET);
  const years = (time - Number(totals.lastUpdate)) / YEAR;
  const rate = (Number(stored) / 1e18) * YEAR * Math.exp(SPEED * error * years);
  return Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, rate));
}

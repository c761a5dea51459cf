/** What the paths [first, first + count) of a scenario came to. Every array has one entry a path. */
export interface Samples {
  readonly first: number;
  readonly count: number;
  /** In order of the model's markets. */
  readonly markets: readonly MarketSamples[];
  /** In order of the model's assets. */
  readonly assets: readonly AssetSamples[];
  /** In order of the model's backstops: units used at the horizon. */
  readonly backstops: readonly Float64Array[];
  /** In order of the model's vaults. */
  readonly vaults: readonly VaultSamples[];
  /** What all vaults together could withdraw: what a market has for them goes round once. */
  readonly withdrawable: Float64Array;
  /** Most liquidation rounds in one step. */
  readonly rounds: Float64Array;
  /** Bits of `Flag`. */
  readonly flags: Uint8Array;
  /** Present when asked for; of the range's first path. */
  readonly trace?: Trace;
}

export const Flag = {
  /** The cascade found no floor within the book: it ended only because nobody was left, or at the round limit. */
  noFloor: 1,
  /** A step reached the round limit while somebody could still act. */
  roundLimit: 2,
  /** At the horizon a liquidation was still waiting for time. */
  pending: 4,
  /** Some sale was larger than what a venue quotes. */
  unfilled: 8,
} as const;

/** Values in the numeraire unless said. */
export interface MarketSamples {
  readonly badDebt: Float64Array;
  readonly liquidatedAccounts: Float64Array;
  /** Count, just before the first liquidation. */
  readonly liquidatableAccounts: Float64Array;
  readonly shortfall: Float64Array;
  readonly stalledDebt: Float64Array;
  readonly liquidatorGap: Float64Array;
  readonly liquidatorProfit: Float64Array;
  /** Collateral seized at market prices, by reserve. */
  readonly liquidatedValue: readonly Float64Array[];
  /** Bad debt that the protocol's surplus and backstops leave, and that by reserve owed. */
  readonly uncovered: Float64Array;
  readonly uncoveredOf: readonly Float64Array[];
  /** What backstops pay, at market prices at the horizon, by reserve owed. */
  readonly coveredOf: readonly Float64Array[];
  /** Bad debt by the account's largest collateral at the start: by reserve, then by E-mode (reserves.length + emode). */
  readonly badDebtBy: readonly Float64Array[];
  /** Seized value by the threshold that let the account be liquidated; slots as in `badDebtBy`. */
  readonly liquidatedBy: readonly Float64Array[];
  /** Units by reserve, for the conservation law. */
  readonly flows: readonly ReserveFlows[];
}

/** Values in the numeraire at the horizon; what is of allocations, in their order. */
export interface VaultSamples {
  readonly idle: Float64Array;
  /** Uncovered bad debt of its market, by the share of what is supplied there. */
  readonly loss: readonly Float64Array[];
  /** What it could withdraw if no one else did. */
  readonly withdrawable: readonly Float64Array[];
}

/** Units of one reserve's asset over a path. */
export interface ReserveFlows {
  readonly collateralStart: Float64Array;
  readonly collateralEnd: Float64Array;
  readonly debtStart: Float64Array;
  readonly debtEnd: Float64Array;
  /** Interest earned and charged on the way. */
  readonly collateralInterest: Float64Array;
  readonly debtInterest: Float64Array;
  /** Taken from accounts' collateral. */
  readonly seized: Float64Array;
  /** Of which to the treasury. */
  readonly fee: Float64Array;
  readonly repaid: Float64Array;
  /** Debt cancelled as a deficit. */
  readonly writtenOff: Float64Array;
  /** Bad debt that backstops paid at the horizon; accounts that are still open keep their debt. */
  readonly covered: Float64Array;
  /** Bad debt that the protocol's own surplus paid before. */
  readonly coveredBySurplus: Float64Array;
  /** Debt that the protocol's own reserves took over. */
  readonly absorbed: Float64Array;
  /** Paid to the protocol's reserves for collateral. */
  readonly bought: Float64Array;
  /** Taken over and not sold at the end: what the protocol still holds, and what it has handed back to owners. */
  readonly unsold: Float64Array;
  readonly handedBack: Float64Array;
  /** Paid out of the protocol's own funds to keepers who called it. */
  readonly rewards: Float64Array;
}

export interface AssetSamples {
  /** Lowest and highest market and exogenous price over the path. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly exogenousLowest: Float64Array;
  readonly exogenousHighest: Float64Array;
  /** Units the venues took in and paid out, and that liquidators hold at the end (negative: owed, as for gas). */
  readonly venueIn: Float64Array;
  readonly venueOut: Float64Array;
  readonly liquidatorHeld: Float64Array;
  /** Units of this asset burnt as gas. */
  readonly gas: Float64Array;
}

/** One path, one entry a step, from time 0. */
export interface Trace {
  /** Seconds. */
  readonly time: Float64Array;
  /** Market price by asset. */
  readonly market: readonly Float64Array[];
  /** Exogenous price by asset. */
  readonly exogenous: readonly Float64Array[];
  /** Visible price by oracle. */
  readonly oracle: readonly Float64Array[];
  /** Seized value so far, all markets. */
  readonly liquidatedValue: Float64Array;
  /** Bad debt so far, all markets, at market prices. */
  readonly badDebt: Float64Array;
}

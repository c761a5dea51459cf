/** A market's positions on one path. What it answers never depends on how it is built inside. */
export interface PositionBook {
  /**
   * Present units of each leg, in the order of the market's book: of the accounts last answered with, or of all once
   * these are up to date. Change them only through `apply`.
   */
  readonly amount: Float64Array;
  /** Back to the amounts at the start of a path. */
  reset(): void;
  /** Accounts whose capacity is below their debt at prices by reserve, in canonical order; valid until asked again. */
  underWater(price: Float64Array): Int32Array;
  /** Interest on what is supplied and what is owed: factors by reserve. */
  grow(collateral: Float64Array, debt: Float64Array): void;
  bringUpToDate(account: number): void;
  bringAllUpToDate(): void;
  /** Adds units to a leg of an account that is up to date; an amount within rounding of nothing becomes nothing. */
  apply(account: number, leg: number, change: number): void;
}

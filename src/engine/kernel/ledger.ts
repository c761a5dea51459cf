import { slotCount } from "../book/layout";
import type { Model } from "../model";

/** What has happened on one path so far. Units by reserve or asset, values in the numeraire. */
export interface Ledger {
  readonly markets: readonly MarketLedger[];
  readonly venueIn: Float64Array;
  readonly venueOut: Float64Array;
  readonly liquidatorHeld: Float64Array;
  readonly gas: Float64Array;
}

export interface MarketLedger {
  /** Interest on what the book holds and owes. */
  readonly collateralInterest: Float64Array;
  readonly debtInterest: Float64Array;
  readonly seized: Float64Array;
  readonly fee: Float64Array;
  readonly repaid: Float64Array;
  readonly writtenOff: Float64Array;
  /** Debt that the protocol's own reserves took over, and what buyers paid to them. */
  readonly absorbed: Float64Array;
  readonly bought: Float64Array;
  /** What the protocol paid out of its own funds to keepers who called it. */
  readonly rewards: Float64Array;
  /** Seized value by reserve, and by the slot that let it be seized. */
  readonly liquidatedValue: Float64Array;
  readonly liquidatedBy: Float64Array;
  /** Bad debt realised on the way, by slot, and what was written off by reserve owed. */
  readonly realised: Float64Array;
  readonly realisedOf: Float64Array;
  /** 1 for accounts liquidated at least once. */
  readonly liquidated: Uint8Array;
  liquidatedAccounts: number;
  /** When last looked at before the first liquidation. */
  liquidatableAccounts: number;
  shortfall: number;
  gap: number;
  profit: number;
}

export function ledgerOf(model: Model): Ledger {
  const assets = model.assets.length;
  return {
    venueIn: new Float64Array(assets),
    venueOut: new Float64Array(assets),
    liquidatorHeld: new Float64Array(assets),
    gas: new Float64Array(assets),
    markets: model.markets.map((market) => {
      const reserves = market.lending.reserves.length;
      const slots = slotCount(market);
      return {
        collateralInterest: new Float64Array(reserves),
        debtInterest: new Float64Array(reserves),
        seized: new Float64Array(reserves),
        fee: new Float64Array(reserves),
        repaid: new Float64Array(reserves),
        writtenOff: new Float64Array(reserves),
        absorbed: new Float64Array(reserves),
        bought: new Float64Array(reserves),
        rewards: new Float64Array(reserves),
        liquidatedValue: new Float64Array(reserves),
        liquidatedBy: new Float64Array(slots),
        realised: new Float64Array(slots),
        realisedOf: new Float64Array(reserves),
        liquidated: new Uint8Array(market.book.accounts.length),
        liquidatedAccounts: 0,
        liquidatableAccounts: 0,
        shortfall: 0,
        gap: 0,
        profit: 0,
      };
    }),
  };
}

export function resetLedger(ledger: Ledger): void {
  for (const column of [ledger.venueIn, ledger.venueOut, ledger.liquidatorHeld, ledger.gas]) column.fill(0);
  for (const market of ledger.markets) {
    for (const value of Object.values(market)) if (typeof value !== "number") value.fill(0);
    market.liquidatedAccounts = 0;
    market.liquidatableAccounts = 0;
    market.shortfall = 0;
    market.gap = 0;
    market.profit = 0;
  }
}

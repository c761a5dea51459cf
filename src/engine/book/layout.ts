import type { Emode, Market, Model, Reserve } from "../model";
import { withCollateral } from "./extra-leg";

/** A market's book with what every rule needs beside each leg, worked out once a run. */
export interface Layout {
  readonly market: Market;
  /** Position of the market in the model. */
  readonly index: number;
  /** Decimals of each reserve's asset. */
  readonly decimals: Int32Array;
  /** What contracts round away of an account's values, in the market's unit, and more. */
  readonly rounding: number;
  /** Share of each leg's value that counts as capacity; 0 on debt. */
  readonly threshold: Float64Array;
  /** Of each leg: reserve index, or reserves.length + E-mode index where the E-mode's threshold applies. */
  readonly slot: Int32Array;
  /** Of each leg: the reserve whose interest it follows, its own or that of the account's collateral. */
  readonly rate: Int16Array;
}

export function layoutOf(model: Model, index: number): Layout {
  const { lending } = model.markets[index];
  const market = withAlsoHeld(model.markets[index]);
  const { book } = market;
  const threshold = new Float64Array(book.amount.length);
  const slot = new Int32Array(book.amount.length);
  for (let account = 0; account < book.accounts.length; account++) {
    for (let leg = book.first[account]; leg < book.first[account + 1]; leg++) {
      const reserve = book.reserve[leg];
      const emode = emodeOf(market, book.emode[account], reserve);
      slot[leg] = emode ? lending.reserves.length + book.emode[account] : reserve;
      threshold[leg] = book.side[leg] === 1 ? 0 : (emode ?? lending.reserves[reserve]).threshold;
    }
  }
  const rate = ratesOf(market);
  const decimals = Int32Array.from(lending.reserves, (reserve) => model.assets[reserve.asset].decimals);
  return { market, index, decimals, rounding: roundingOf(decimals), threshold, slot, rate };
}

function ratesOf({ book, lending }: Market): Int16Array {
  const rate = Int16Array.from(book.reserve);
  if (lending.reserves.every(({ debtRate }) => debtRate === undefined)) return rate;
  for (let account = 0; account < book.accounts.length; account++) {
    const collateral = book.first[account];
    for (let leg = collateral; leg < book.first[account + 1]; leg++)
      if (book.side[leg] === 1 && book.side[collateral] === 0) rate[leg] = book.reserve[collateral];
  }
  return rate;
}

function withAlsoHeld(market: Market): Market {
  const { alsoHeld } = market.lending;
  return alsoHeld === undefined ? market : { ...market, book: withCollateral(market.book, alsoHeld) };
}

/** Contracts count values with 8 decimals or more, or in a token's units; some legs are rounded one by one. */
function roundingOf(decimals: Int32Array): number {
  const coarsest = decimals.reduce((least, each) => Math.min(least, each), 8);
  let unit = 1;
  for (let i = 0; i < coarsest; i++) unit /= 10;
  return 10 * unit;
}

/** Number of slots that bad debt and seizures are told apart by. */
export function slotCount({ lending }: Market): number {
  return lending.reserves.length + lending.emodes.length;
}

/** The terms a slot stands for. */
export function slotTerms({ lending }: Market, slot: number): Reserve | Emode {
  return slot < lending.reserves.length
    ? lending.reserves[slot]
    : lending.emodes[slot - lending.reserves.length];
}

function emodeOf(market: Market, emode: number, reserve: number): Emode | undefined {
  const category = emode < 0 ? undefined : market.lending.emodes[emode];
  return category?.collateral.includes(reserve) ? category : undefined;
}

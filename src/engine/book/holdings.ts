import { changesTo } from "./changes";
import type { Layout } from "./layout";

/** Leg amounts of one path, which can change, grow by interest and be put back. */
export interface Holdings {
  /** Present units of each leg, of accounts brought up to date since they last grew. */
  readonly amount: Float64Array;
  /** Adds units to a leg of an account that is up to date. */
  apply(leg: number, change: number): void;
  /** Multiplies every amount by the growth of its side and of the reserve whose interest it follows. */
  grow(collateral: Float64Array, debt: Float64Array): void;
  /** Growth since the start, by reserve. */
  readonly grown: { readonly collateral: Float64Array; readonly debt: Float64Array };
  bringUpToDate(account: number): void;
  bringAllUpToDate(): void;
  reset(): void;
}

/**
 * Growth is kept as an index a reserve and side, as protocols do: what an account holds is worked out when somebody
 * looks, always from the same two numbers, so that it does not depend on who looked before.
 */
export function holdingsOf({ market, rate }: Layout): Holdings {
  const { amount: start, first, side } = market.book;
  const reserves = market.lending.reserves.length;
  const amount = Float64Array.from(start);
  const changes = changesTo(amount, start);
  const grown = {
    collateral: new Float64Array(reserves).fill(1),
    debt: new Float64Array(reserves).fill(1),
  };
  /** Amounts over their index, from when something grows on. */
  let shares: Float64Array | undefined;
  let isGrowing = false;
  const indexOf = (leg: number) => (side[leg] === 1 ? grown.debt : grown.collateral)[rate[leg]];
  const update = (from: number, to: number): void => {
    if (!shares || !isGrowing) return;
    for (let leg = from; leg < to; leg++) amount[leg] = shares[leg] * indexOf(leg);
  };
  return {
    amount,
    grown,
    apply(leg, change) {
      changes.apply(leg, change);
      if (shares && isGrowing) shares[leg] = amount[leg] / indexOf(leg);
    },
    grow(collateral, debt) {
      shares ??= new Float64Array(amount.length);
      if (!isGrowing) shares.set(amount);
      isGrowing = true;
      for (let i = 0; i < reserves; i++) {
        grown.collateral[i] *= collateral[i];
        grown.debt[i] *= debt[i];
      }
    },
    bringUpToDate: (account) => update(first[account], first[account + 1]),
    bringAllUpToDate: () => update(0, amount.length),
    reset() {
      changes.undo();
      if (!isGrowing) return;
      isGrowing = false;
      amount.set(start);
      grown.collateral.fill(1);
      grown.debt.fill(1);
    },
  };
}

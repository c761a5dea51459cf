import type { Layout } from "../book/layout";
import type { Book } from "../model";

/**
 * The layout of what a protocol sells: one account a collateral, in order of the reserves before the one that is owed,
 * each with a leg of its collateral and a leg of what is owed.
 */
export function shelvesOf(layout: Layout, owed: number): Layout {
  const reserves = Array.from({ length: owed }, (_, reserve) => [reserve, owed]).flat();
  const book: Book = {
    accounts: Array.from({ length: owed }, (_, reserve) => String(reserve)),
    emode: new Int16Array(owed).fill(-1),
    first: Int32Array.from({ length: owed + 1 }, (_, reserve) => shelfLeg(reserve)),
    reserve: Int16Array.from(reserves),
    side: Uint8Array.from(reserves, (_, leg) => leg % 2),
    amount: new Float64Array(reserves.length),
  };
  return {
    ...layout,
    market: { ...layout.market, book },
    threshold: new Float64Array(reserves.length),
    slot: Int32Array.from(reserves),
  };
}

/** Of a collateral on its shelf; the leg of what is owed follows. */
export function shelfLeg(reserve: number): number {
  return 2 * reserve;
}

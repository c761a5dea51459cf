import type { Market } from "../model";

/** Units by reserve. */
export interface Units {
  readonly collateral: Float64Array;
  readonly debt: Float64Array;
}

/** What all accounts of a market hold and owe together, at given amounts of the legs. */
export function unitsOf({ book, lending }: Pick<Market, "book" | "lending">, amount: Float64Array): Units {
  const collateral = new Float64Array(lending.reserves.length);
  const debt = new Float64Array(lending.reserves.length);
  for (let leg = 0; leg < amount.length; leg++)
    (book.side[leg] === 1 ? debt : collateral)[book.reserve[leg]] += amount[leg];
  return { collateral, debt };
}

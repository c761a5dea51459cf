import type { Layout } from "./layout";

/** One account as rule sets see it: its legs' present amounts, at oracle prices by reserve. */
export interface Account {
  readonly layout: Layout;
  index: number;
  readonly amount: Float64Array;
  readonly price: Float64Array;
}

/** What an account's collateral carries and what it owes, in the unit of its market's prices. */
export interface Standing {
  capacity: number;
  debt: number;
}

/** Collateral x threshold, and debt; sums in order of the legs. */
export function standingOf({ layout, index, amount, price }: Account, into: Standing): Standing {
  const { first, reserve, side } = layout.market.book;
  let capacity = 0;
  let debt = 0;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const value = amount[leg] * price[reserve[leg]];
    if (side[leg] === 1) debt += value;
    else capacity += value * layout.threshold[leg];
  }
  into.capacity = capacity;
  into.debt = debt;
  return into;
}

/** Collateral and debt at any prices by reserve, in what these are in. */
export function wealthOf(
  { layout, index, amount }: Account,
  price: Float64Array,
  into: { collateral: number; debt: number },
): void {
  const { first, reserve, side } = layout.market.book;
  into.collateral = 0;
  into.debt = 0;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const value = amount[leg] * price[reserve[leg]];
    if (side[leg] === 1) into.debt += value;
    else into.collateral += value;
  }
}

/** Values this near a boundary do not decide; the rule set's integers do. */
export function isNear({ layout }: Account, value: number, boundary: number): boolean {
  return Math.abs(value - boundary) <= 1e-12 * Math.abs(boundary) + layout.rounding;
}

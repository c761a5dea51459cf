import { wealthOf } from "../book/account";
import { slotCount } from "../book/layout";
import type { MarketWorld, World } from "./world";

/** What accounts of a market owe beyond what they have, told apart in two ways. */
export interface BadDebt {
  /** In the numeraire, by the slot of the account's largest collateral at the opening. */
  readonly bySlot: Float64Array;
  /** In the numeraire, by reserve owed: an account's debts share what it lacks by value. */
  readonly owed: Float64Array;
  /** Units of that reserve's asset. */
  readonly missing: Float64Array;
}

/** At market prices: what accounts owe beyond their collateral and what was written off, less the opening's. */
export function badDebtNow(world: World, index: number, opening: BadDebt): BadDebt {
  const market = world.markets[index];
  const { house, marketPrice } = market;
  const { realised, realisedOf, writtenOff } = world.ledger.markets[index];
  const open = openBadDebt(market);
  for (let reserve = 0; reserve < realisedOf.length; reserve++) {
    open.owed[reserve] += realisedOf[reserve] - opening.owed[reserve];
    open.missing[reserve] += writtenOff[reserve] - opening.missing[reserve];
  }
  const bySlot = open.bySlot.map((value, slot) => {
    const lost = house?.loss(marketPrice, slot) ?? 0;
    if (house && lost !== 0) {
      open.owed[house.owed] += lost;
      open.missing[house.owed] += lost / marketPrice[house.owed];
    }
    return value + realised[slot] + lost - opening.bySlot[slot];
  });
  return { ...open, bySlot };
}

const wealth = { collateral: 0, debt: 0 };

/** Who owes more than the collateral is under water at market prices too: only those are asked. */
export function openBadDebt(market: MarketWorld): BadDebt {
  const { account, book, marketPrice, layout } = market;
  const bySlot = new Float64Array(slotCount(layout.market));
  const owed = new Float64Array(marketPrice.length);
  const missing = new Float64Array(marketPrice.length);
  for (const index of book.underWater(marketPrice)) {
    account.index = index;
    wealthOf(account, marketPrice, wealth);
    const lack = wealth.debt - wealth.collateral;
    if (lack <= 0) continue;
    bySlot[Math.max(0, market.openingSlot[index])] += lack;
    shareLack(market, lack / wealth.debt, owed, missing);
  }
  return { bySlot, owed, missing };
}

/** A share of each debt of the account looked at. */
function shareLack(
  { account, layout, marketPrice }: MarketWorld,
  share: number,
  owed: Float64Array,
  missing: Float64Array,
): void {
  const { first, reserve, side } = layout.market.book;
  for (let leg = first[account.index]; leg < first[account.index + 1]; leg++) {
    if (side[leg] === 0) continue;
    const units = account.amount[leg] * share;
    missing[reserve[leg]] += units;
    owed[reserve[leg]] += units * marketPrice[reserve[leg]];
  }
}

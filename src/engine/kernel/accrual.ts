import { accrue, type Growth } from "../interest/pool";
import type { MarketLedger } from "./ledger";
import type { MarketWorld, ReservePool, World } from "./world";

const growth: Growth = { debt: 1, supply: 1 };

/** Interest for some time, on every lent asset of every market: the book grows with the whole of its reserve. */
export function accrueInterest(world: World, seconds: number): void {
  world.markets.forEach((market, index) => {
    if (market.pools.length > 0) accrueIn(market, world.ledger.markets[index], seconds);
  });
}

function accrueIn(market: MarketWorld, books: MarketLedger, seconds: number): void {
  const reserves = market.opening.debt.length;
  const collateral = new Float64Array(reserves).fill(1);
  const debt = new Float64Array(reserves).fill(1);
  for (const lent of market.pools) {
    const { reserve, owed, pool } = lent;
    const inBook = owedOf(market, books, lent);
    const kept = accrue(pool, seconds, growth);
    collateral[reserve] = growth.supply;
    debt[reserve] = growth.debt;
    books.collateralInterest[reserve] += heldOf(market, books, reserve) * (growth.supply - 1);
    books.debtInterest[owed] += inBook * (growth.debt - 1);
    market.house?.accrue?.(kept, growth.debt);
  }
  market.book.grow(collateral, debt);
}

/** Collateral that the book has of a reserve. */
function heldOf({ opening }: MarketWorld, books: MarketLedger, reserve: number): number {
  return opening.collateral[reserve] + books.collateralInterest[reserve] - books.seized[reserve];
}

/** Debt that the book has of what is lent. */
function owedOf(
  { opening }: MarketWorld,
  books: MarketLedger,
  { reserve, pool, isBooks }: ReservePool,
): number {
  if (isBooks) return pool.debt;
  const { debtInterest, repaid, writtenOff, absorbed } = books;
  const gone = repaid[reserve] + writtenOff[reserve] + absorbed[reserve];
  return opening.debt[reserve] + debtInterest[reserve] - gone;
}

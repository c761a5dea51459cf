import type { RuleSet } from "../markets/rule-set";
import type { Account } from "./account";
import { isUnderWater } from "./health";
import { holdingsOf } from "./holdings";
import type { Layout } from "./layout";
import type { PositionBook } from "./position-book";

/** Asks every account, every time: the definition of right that other books are tested against. */
export function naiveBook(layout: Layout, rules: RuleSet): PositionBook {
  const { book, lending } = layout.market;
  const holdings = holdingsOf(layout);
  const { amount, reset, grow, bringUpToDate, bringAllUpToDate } = holdings;
  const price = new Float64Array(lending.reserves.length);
  const account: Account = { layout, index: 0, amount, price };
  const hits = new Int32Array(book.accounts.length);
  return {
    amount,
    reset,
    grow,
    bringUpToDate,
    bringAllUpToDate,
    underWater(now) {
      price.set(now);
      bringAllUpToDate();
      let count = 0;
      for (account.index = 0; account.index < book.accounts.length; account.index++) {
        if (isUnderWater(account, rules)) hits[count++] = account.index;
      }
      return hits.subarray(0, count);
    },
    apply: (_account, leg, change) => holdings.apply(leg, change),
  };
}

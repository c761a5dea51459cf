import type { RuleSet } from "../markets/rule-set";
import type { Account } from "./account";
import { changesTo } from "./changes";
import { isUnderWater } from "./health";
import type { Layout } from "./layout";
import type { PositionBook } from "./position-book";

/** Asks every account, every time: the definition of right that other books are tested against. */
export function naiveBook(layout: Layout, rules: RuleSet): PositionBook {
  const { book, lending } = layout.market;
  const amount = Float64Array.from(book.amount);
  const changes = changesTo(amount, book.amount);
  const price = new Float64Array(lending.reserves.length);
  const account: Account = { layout, index: 0, amount, price };
  const hits = new Int32Array(book.accounts.length);
  return {
    amount,
    reset: () => changes.undo(),
    underWater(now) {
      price.set(now);
      let count = 0;
      for (account.index = 0; account.index < book.accounts.length; account.index++) {
        if (isUnderWater(account, rules)) hits[count++] = account.index;
      }
      return hits.subarray(0, count);
    },
    apply: (_account, leg, change) => changes.apply(leg, change),
  };
}

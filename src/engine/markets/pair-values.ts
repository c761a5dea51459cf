import type { Account } from "../book/account";
import { slotTerms } from "../book/layout";
import type { Pair, Seizure } from "./rule-set";

/** The oracle's price of a leg. */
export function priceOf({ layout, price }: Account, leg: number): number {
  return price[layout.market.book.reserve[leg]];
}

export function legValue(account: Account, leg: number): number {
  return account.amount[leg] * priceOf(account, leg);
}

/** What a liquidator gets on top of the debt repaid. */
export function bonusOf({ layout }: Account, pair: Pair): number {
  return slotTerms(layout.market, layout.slot[pair.collateral]).bonus;
}

/** The repayment that takes the whole collateral of the pair. */
export function worthInDebt(account: Account, pair: Pair, bonus = bonusOf(account, pair)): number {
  return legValue(account, pair.collateral) / (1 + bonus) / priceOf(account, pair.debt);
}

/** Collateral worth the repayment and the bonus; the treasury's fee is a share of the bonus part. */
export function seizeAtBonus(
  account: Account,
  pair: Pair,
  repay: number,
  into: Seizure,
  bonus = bonusOf(account, pair),
): void {
  const { book, lending } = account.layout.market;
  const whole = account.amount[pair.collateral];
  const claim = ((repay * priceOf(account, pair.debt)) / priceOf(account, pair.collateral)) * (1 + bonus);
  into.seized = repay >= worthInDebt(account, pair, bonus) ? whole : Math.min(whole, claim);
  into.fee =
    (into.seized - into.seized / (1 + bonus)) * lending.reserves[book.reserve[pair.collateral]].protocolFee;
}

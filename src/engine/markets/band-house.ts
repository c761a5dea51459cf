import { type Account, type Standing, standingOf } from "../book/account";
import type { Layout } from "../book/layout";
import type { Book } from "../model";
import {
  COLLATERAL,
  type Controller,
  capacityOf,
  controllerOf,
  debtOf,
  exchange,
  grow,
  type Loan,
  liquidate,
  OWED,
  open,
  unhealthy,
  withdraw,
} from "./band-controller";
import type { House, Lot, Move, Taking } from "./house";
import { amountTo, jumpFee, trade } from "./llamma";
import type { Offer } from "./rule-set";

/**
 * Controller and AMM of one market. Anybody trades with the bands as long as venues pay more; who is unhealthy when nobody
 * does is liquidated, whole or in part: the liquidator pays the debt less the loan's stablecoin for its collateral.
 */
export function bandHouse(
  layout: Layout,
  price: Float64Array,
  blockTime: number,
  marketPrice: Float64Array,
): House {
  const controller = controllerOf(layout);
  return {
    owed: OWED,
    reset: () => open(controller),
    accrue: (_kept, growth) => grow(controller, growth),
    queue: (_book, account) => queue(controller, account.price[COLLATERAL]),
    consider: (account) => surplusOf(controller, account),
    take(_book, account) {
      const loan = controller.loanOf.get(account.index);
      if (!loan) return;
      controller.kept += loan.stable;
      withdraw(controller, loan, 1);
    },
    restarts: () => [],
    lots: (now) => bandLots(controller, price[COLLATERAL], marketPrice, now),
    sell: (lot, _seized, repay) => (lot as BandLot).sell(repay),
    nextChange: (now) =>
      isWaiting(controller, price[COLLATERAL], marketPrice, now) ? now + blockTime : Number.POSITIVE_INFINITY,
    unsold: (reserve) => (reserve === OWED ? controller.kept : 0),
    handedBack: () => 0,
    loss: () => 0,
    standing: (account, into) => standing(controller, account, into),
  };
}

/** Accounts that can be liquidated, and those that owe and have no loan. */
function queue(controller: Controller, oracle: number): Int32Array {
  const loans = unhealthy(controller, oracle).map(({ account }) => account);
  return Int32Array.from([...controller.hollow, ...loans]).sort();
}

function standing(controller: Controller, account: Account, into: Standing): Standing {
  const loan = controller.loanOf.get(account.index);
  if (!loan) return standingOf(account, into);
  into.capacity = capacityOf(controller, loan, account.price[COLLATERAL]);
  into.debt = debtOf(controller, loan);
  return into;
}

/** A loan with as much stablecoin as it owes needs nobody's: who liquidates it gets the rest and its collateral. */
function surplusOf(controller: Controller, { index }: Account): Taking | undefined {
  const loan = controller.loanOf.get(index);
  if (!loan || loan.principal === 0 || loan.stable < debtOf(controller, loan)) return undefined;
  const reward = {
    paid: loan.stable - debtOf(controller, loan),
    owed: OWED,
    inKind: loan.collateral,
    collateral: COLLATERAL,
  };
  return { share: 1, reward };
}

/** Something for sale in the bands, and what selling it does. */
interface BandLot extends Lot {
  sell(paid: number): Move[];
}

/**
 * What venues would pay more for than the bands ask; and, when nobody trades with these, unhealthy loans.
 * @param marketPrice in the numeraire, by reserve
 */
function bandLots(controller: Controller, oracle: number, marketPrice: Float64Array, now: number): BandLot[] {
  const { amm, last, terms } = controller;
  const jump = jumpFee(last, oracle, now);
  amm.leastFee = Math.max(terms.fee, jump);
  const trades = tradesTo(controller, oracle, marketPrice).map(({ buying, amount }) =>
    tradeLot(controller, oracle, buying, amount, { price: oracle, at: now, fee: jump }),
  );
  const loans = unhealthy(controller, oracle).filter(
    (loan) => loan.stable < debtOf(controller, loan) && loan.collateral > 0,
  );
  return [...trades, ...loans.map((loan) => loanLot(controller, loan))];
}

/** What it takes, in one direction at most, to bring the AMM to what venues pay. */
function tradesTo({ amm, loans }: Controller, oracle: number, marketPrice: Float64Array) {
  if (loans.length === 0) return [];
  const rate = marketPrice[COLLATERAL] / marketPrice[OWED];
  return [true, false]
    .map((buying) => ({ buying, amount: amountTo(amm, oracle, rate, buying, true) }))
    .filter(({ amount }) => amount > 0);
}

/** Whether there is a trade that the fee for a jump of the oracle still holds up. */
function isWaiting(controller: Controller, oracle: number, marketPrice: Float64Array, now: number): boolean {
  const { amm, last, terms } = controller;
  if (jumpFee(last, oracle, now) <= terms.fee) return false;
  amm.leastFee = terms.fee;
  return tradesTo(controller, oracle, marketPrice).length > 0;
}

/** For the stablecoin there is collateral, for collateral the stablecoin: two accounts with two legs each. */
const LEGS: Book = {
  accounts: ["collateral", "stablecoin"],
  emode: Int16Array.of(-1, -1),
  first: Int32Array.of(0, 2, 4),
  reserve: Int16Array.of(COLLATERAL, OWED, OWED, COLLATERAL),
  side: Uint8Array.of(0, 1, 0, 1),
  amount: new Float64Array(4),
};

/** @param index which of the accounts of `LEGS` */
function lotAccount({ layout }: Controller, index: number, offered: number, asked: number): Account {
  const laid: Layout = { ...layout, market: { ...layout.market, book: LEGS } };
  const amount = new Float64Array(LEGS.amount.length);
  amount[2 * index] = offered;
  amount[2 * index + 1] = asked;
  return { layout: laid, index, amount, price: Float64Array.of(1, 1) };
}

function tradeLot(
  controller: Controller,
  oracle: number,
  buying: boolean,
  amount: number,
  last: Controller["last"],
): BandLot {
  const out = (paid: number) => trade(controller.amm, oracle, buying, paid, false);
  return {
    account: lotAccount(controller, buying ? 0 : 1, out(amount), amount),
    offer: offerOf(amount, out),
    sell(paid) {
      controller.last = last;
      return exchange(controller, oracle, buying, paid);
    },
  };
}

/** A part can be liquidated as long as every further part asks for something: else the loan goes whole. */
function loanLot(controller: Controller, loan: Loan): BandLot {
  const { collateral, stable } = loan;
  const debt = debtOf(controller, loan);
  const asked = debt - stable;
  const gift = giftOf(controller.terms.liquidationDiscount);
  const repaidFor = (paid: number) => (paid < asked ? partFor(paid, debt, stable, gift) : 1);
  const isDivisible = debt > stable * (1 + gift);
  return {
    account: lotAccount(controller, 0, collateral, asked),
    offer: offerOf(asked, (paid) => collateral * removedFor(repaidFor(paid), gift), isDivisible),
    of: loan.account,
    waits: true,
    sell(paid) {
      const repaid = repaidFor(paid);
      return liquidate(controller, loan, repaid, removedFor(repaid, gift));
    },
  };
}

function offerOf(most: number, out: (paid: number) => number, isDivisible = true): Offer {
  return {
    maxRepay: () => most,
    allowedRepay: (_lot, _pair, paid) => (isDivisible || paid >= most ? Math.min(paid, most) : 0),
    seize(_lot, _pair, paid, into) {
      into.seized = out(paid);
      into.fee = 0;
    },
  };
}

/** Controller._get_f_remove: ((1 + h / 2) / (1 + h) (1 - part) + part) part = part - gift (part - part^2). */
function giftOf(discount: number): number {
  return discount / 2 / (1 + discount);
}

function removedFor(part: number, gift: number): number {
  return part - gift * (part - part * part);
}

/** The part of the debt for which `paid` is asked: debt x part - stable x removed. */
function partFor(paid: number, debt: number, stable: number, gift: number): number {
  const slope = debt - stable * (1 - gift);
  return (2 * paid) / (slope + Math.sqrt(Math.max(0, slope * slope - 4 * gift * stable * paid)));
}

import type { Layout } from "../book/layout";
import { log } from "../math/log";
import type { Book } from "../model";
import type { Move } from "./house";
import { type AmmTerms, type Llamma, llamma, moveBands, stableDown, trade } from "./llamma";

/** What a market's Controller and its AMM go by. */
export interface ControllerTerms extends AmmTerms {
  /** Number of bands that each loan stands in. */
  readonly bands: number;
  /** The most that is lent on a unit of collateral's value. */
  readonly loanToValue: number;
  /** What is taken off a loan's stablecoin before it is compared with its debt. */
  readonly liquidationDiscount: number;
}

export const COLLATERAL = 0;
export const OWED = 1;

/** A loan on one path. Units. */
export interface Loan {
  readonly account: number;
  /** The uppermost of its bands. */
  readonly first: number;
  /** Its shares of each of its bands: the collateral it put there. */
  shares: number;
  collateral: number;
  stable: number;
  /** What it owes, over `rateMul`. */
  principal: number;
}

/** A market's AMM and loans on one path. */
export interface Controller {
  readonly layout: Layout;
  readonly terms: ControllerTerms;
  readonly amm: Llamma;
  /** All loans' shares of each band. */
  readonly shares: Float64Array;
  /** By the uppermost band, then in canonical order; the same by account. */
  readonly loans: readonly Loan[];
  readonly loanOf: ReadonlyMap<number, Loan>;
  /** Accounts that owe and hold nothing. */
  readonly hollow: readonly number[];
  /** The lowest band that prices or trades have reached: loans that begin below it are as they were opened. */
  deepest: number;
  /** What a share of each band comes to in the stablecoin at the oracle's price `valuedAt`. */
  readonly values: Float64Array;
  valuedAt: number;
  /** The oracle's price, the time and the fee for jumps of the last trade. */
  last: { price: number; at: number; fee: number };
  /** AMM.get_rate_mul over what it was at the start: what a unit owed has become, and the price at which a band begins. */
  rateMul: number;
  /** Stablecoin of loans that was more than they owed, with which they were liquidated. */
  kept: number;
}

const NEVER = { price: 1, at: Number.NEGATIVE_INFINITY, fee: 0 };

/** Empty bands above all loans: where the AMM trades before it reaches any. */
const ABOVE = 1;

/** At the start of a path. */
export function controllerOf(layout: Layout): Controller {
  const terms = layout.market.lending.own as ControllerTerms;
  const { book } = layout.market;
  const found = book.accounts.flatMap((_, account) => loanIn(book, account, terms));
  const lowest = found.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
  const highest = found.reduce((most, { first }) => Math.max(most, first), Number.NEGATIVE_INFINITY);
  const count = found.length === 0 ? 0 : highest - lowest + terms.bands + ABOVE;
  const loans = found
    .map((loan) => ({ ...loan, first: loan.first - lowest + ABOVE }))
    .sort((a, b) => a.first - b.first || a.account - b.account);
  const controller: Controller = {
    layout,
    terms,
    amm: llamma(terms, found.length === 0 ? 0 : lowest - ABOVE, count),
    shares: new Float64Array(count),
    loans,
    loanOf: new Map(loans.map((loan) => [loan.account, loan])),
    hollow: book.accounts.flatMap((_, account) => (isHollow(book, account) ? [account] : [])),
    deepest: 0,
    values: new Float64Array(count),
    valuedAt: Number.NaN,
    last: NEVER,
    rateMul: 1,
    kept: 0,
  };
  open(controller);
  return controller;
}

/** The legs of an account: its collateral, what it holds of the stablecoin, its debt; -1 where it has none. */
export function legsOf({ first, side, reserve }: Book, account: number) {
  let [collateral, stable, debt] = [-1, -1, -1];
  for (let leg = first[account]; leg < first[account + 1]; leg++) {
    if (side[leg] === 1) debt = leg;
    else if (reserve[leg] === OWED) stable = leg;
    else collateral = leg;
  }
  return { collateral, stable, debt };
}

function isHollow(book: Book, account: number): boolean {
  const { collateral, debt } = legsOf(book, account);
  return collateral < 0 && debt >= 0;
}

/** Controller.calculate_debt_n1: as low as the debt allows; here the number of the band, not its place in the AMM. */
function loanIn(book: Book, account: number, { loanToValue, A, basePrice }: ControllerTerms): Loan[] {
  const { collateral, debt } = legsOf(book, account);
  if (collateral < 0 || debt < 0) return [];
  const reach = (book.amount[collateral] * loanToValue * basePrice) / book.amount[debt];
  const first = Math.floor(log(reach) / log(A / (A - 1)));
  return [{ account, first, shares: 0, collateral: 0, stable: 0, principal: 0 }];
}

/** Every loan's collateral is spread over its bands, and nothing is converted yet. */
export function open(controller: Controller): void {
  const { amm, shares, loans, terms, layout } = controller;
  const { book } = layout.market;
  amm.stable.fill(0);
  shares.fill(0);
  for (const loan of loans) {
    const legs = legsOf(book, loan.account);
    loan.collateral = book.amount[legs.collateral];
    loan.principal = book.amount[legs.debt];
    loan.stable = 0;
    loan.shares = loan.collateral / terms.bands;
    for (let band = loan.first; band < loan.first + terms.bands; band++) shares[band] += loan.shares;
  }
  amm.collateral.set(shares);
  amm.active = 0;
  controller.deepest = 0;
  setRateMul(controller, 1);
  amm.leastFee = terms.fee;
  controller.last = NEVER;
  controller.kept = 0;
}

/** Interest: debts grow, and bands move up with them, so that loans which they have not reached keep their health. */
export function grow(controller: Controller, growth: number): void {
  setRateMul(controller, controller.rateMul * growth);
}

function setRateMul(controller: Controller, rateMul: number): void {
  controller.rateMul = rateMul;
  controller.valuedAt = Number.NaN;
  moveBands(controller.amm, rateMul);
}

export function debtOf({ rateMul }: Controller, { principal }: Loan): number {
  return principal * rateMul;
}

/** Loans that can be liquidated, in order of their bands. */
export function unhealthy(controller: Controller, oracle: number): Loan[] {
  const { loans } = controller;
  reachDown(controller, oracle);
  const found: Loan[] = [];
  for (const loan of loans) {
    if (loan.first > controller.deepest) break;
    if (loan.principal > 0 && capacityOf(controller, loan, oracle) < debtOf(controller, loan))
      found.push(loan);
  }
  return found;
}

function reachDown(controller: Controller, oracle: number): void {
  const { amm } = controller;
  controller.deepest = Math.max(controller.deepest, amm.active);
  while (controller.deepest + 1 < amm.stable.length && oracle < amm.top[controller.deepest + 1])
    controller.deepest++;
}

/** Controller.health in full, x debt + debt: what the loan comes to in the stablecoin, discounted, and what its collateral is worth above its bands. */
export function capacityOf(
  controller: Controller,
  { first, shares, collateral }: Loan,
  oracle: number,
): number {
  const { amm, terms, values } = controller;
  if (controller.valuedAt !== oracle) valueBands(controller, oracle);
  let value = 0;
  for (let band = first; band < first + terms.bands; band++) value += values[band] * shares;
  const above = first > amm.active ? Math.max(0, oracle - amm.top[first]) * collateral : 0;
  return value * (1 - terms.liquidationDiscount) + above;
}

function valueBands(controller: Controller, oracle: number): void {
  const { amm, shares, values } = controller;
  for (let band = 0; band < values.length; band++)
    values[band] = shares[band] > 0 ? stableDown(amm, band, oracle) / shares[band] : 0;
  controller.valuedAt = oracle;
}

/** AMM.exchange: what that changes in accounts. */
export function exchange(controller: Controller, oracle: number, buying: boolean, amount: number): Move[] {
  const { amm, loans, terms } = controller;
  const before = amm.active;
  trade(amm, oracle, buying, amount, true);
  controller.valuedAt = Number.NaN;
  const [from, to] = [Math.min(before, amm.active), Math.max(before, amm.active)];
  const moves: Move[] = [];
  for (const loan of loans) {
    if (loan.first > to) break;
    if (loan.principal > 0 && loan.first + terms.bands > from) moves.push(...follow(controller, loan));
  }
  return moves;
}

/** A loan has its shares of what its bands have. */
function follow({ amm, shares, terms, layout }: Controller, loan: Loan): Move[] {
  let [collateral, stable] = [0, 0];
  for (let band = loan.first; band < loan.first + terms.bands; band++) {
    const part = loan.shares / shares[band];
    collateral += amm.collateral[band] * part;
    stable += amm.stable[band] * part;
  }
  const { account } = loan;
  const legs = legsOf(layout.market.book, account);
  const moves = [
    { account, leg: legs.collateral, change: collateral - loan.collateral },
    { account, leg: legs.stable, change: stable - loan.stable },
  ];
  loan.collateral = collateral;
  loan.stable = stable;
  return moves;
}

/** Controller.liquidate: a part of the debt is repaid, from the loan's own stablecoin first, for a part of what it has. */
export function liquidate(controller: Controller, loan: Loan, repaid: number, removed: number): Move[] {
  const { account, collateral, stable } = loan;
  const debt = debtOf(controller, loan);
  const legs = legsOf(controller.layout.market.book, account);
  withdraw(controller, loan, removed);
  loan.principal = repaid < 1 ? loan.principal * (1 - repaid) : 0;
  return [
    { account, leg: legs.collateral, change: loan.collateral - collateral },
    { account, leg: legs.stable, change: loan.stable - stable },
    { account, leg: legs.debt, change: debtOf(controller, loan) - debt },
  ];
}

/** What rounding leaves of a band that its last loan has left. */
const DUST = 1e-12;

/** AMM.withdraw. */
export function withdraw(controller: Controller, loan: Loan, share: number): void {
  const { amm, shares, terms } = controller;
  for (let band = loan.first; band < loan.first + terms.bands; band++) {
    const left = shares[band] - loan.shares * share;
    const rest = left > DUST * shares[band] ? left / shares[band] : 0;
    amm.stable[band] *= rest;
    amm.collateral[band] *= rest;
    shares[band] *= rest;
  }
  loan.shares *= 1 - share;
  loan.collateral *= 1 - share;
  loan.stable *= 1 - share;
  if (share === 1) loan.principal = 0;
  controller.valuedAt = Number.NaN;
}

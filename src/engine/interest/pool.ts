import { exp } from "../math/exp";
import { YEAR } from "../year";
import { adaptiveRate, type KinkedCurve, kinkedRate, type RateCurve } from "./rate-curve";

/** How interest grows on an asset that a market lends. */
export interface InterestTerms {
  /** Units at the start: all that is supplied and all that is owed, whether the book has it or not. */
  readonly supplied: number;
  readonly borrowed: number;
  readonly curve: RateCurve;
  /** Share of the interest that suppliers do not get. */
  readonly reserveFactor: number;
  /** True where that share is lent on as supply of the protocol's, false where it is kept apart. */
  readonly lendsReserves: boolean;
  /** Of suppliers who earn by a curve of their own: the protocol has the rest, lends it too, and so utilisation has no end at 1. */
  readonly supplyCurve?: KinkedCurve;
  /** `simple`: rate x time at every accrual; `compounded`: the series of e^(rate x time) to its third power; `continuous`: all of it. */
  readonly growth: "simple" | "compounded" | "continuous";
  /** True where suppliers bear cancelled debt at once. */
  readonly socialises: boolean;
}

/** One lent asset on a path, in units. */
export interface Pool {
  readonly terms: InterestTerms;
  debt: number;
  /** What suppliers can claim. */
  supply: number;
  /** What a unit that was supplied at the start can claim. */
  claim: number;
  /** Part of the supply that is backed by nothing: debt cancelled that nobody has borne. */
  deficit: number;
  /** Of an adaptive curve. */
  rateAtTarget: number;
}

/** What one unit owed and one unit supplied have become. */
export interface Growth {
  debt: number;
  supply: number;
}

export function poolOf(terms: InterestTerms): Pool {
  const pool = { terms, debt: 0, supply: 0, claim: 1, deficit: 0, rateAtTarget: 0 };
  resetPool(pool);
  return pool;
}

/** Of debts that nobody has supplied: the protocol makes what it lends, and keeps what it charges. */
export function mintedAt(rate: number, borrowed: number): InterestTerms {
  return {
    supplied: 0,
    borrowed,
    curve: { kind: "fixed", rate },
    reserveFactor: 1,
    lendsReserves: false,
    growth: "continuous",
    socialises: false,
  };
}

export function resetPool(pool: Pool): void {
  const { supplied, borrowed, curve } = pool.terms;
  pool.debt = borrowed;
  pool.supply = supplied;
  pool.claim = 1;
  pool.deficit = 0;
  pool.rateAtTarget = curve.kind === "adaptive" ? curve.rateAtTarget : 0;
}

/** A debt that is paid back is there to be lent again: the supply stays. */
export function payBack(pool: Pool, amount: number): void {
  pool.debt = Math.max(0, pool.debt - amount);
}

export function supply(pool: Pool, amount: number): void {
  pool.supply += amount;
}

export function withdraw(pool: Pool, amount: number): void {
  pool.supply = Math.max(0, pool.supply - amount);
}

/** A debt that is cancelled: suppliers bear it at once, or their claims stay and nothing stands behind a part of them. */
export function cancel(pool: Pool, amount: number): void {
  payBack(pool, amount);
  if (!pool.terms.socialises) {
    pool.deficit += amount;
    return;
  }
  const { supply } = pool;
  withdraw(pool, amount);
  pool.claim = supply > 0 ? (pool.claim * pool.supply) / supply : 0;
}

/** Debt over what is lent and what is there: the supply holds both. Between 0 and 1, but for protocols that lend funds of their own. */
export function utilisationOf({ terms, debt, supply, deficit }: Pool): number {
  if (debt <= 0) return 0;
  if (terms.supplyCurve) return supply > 0 ? debt / supply : 0;
  return debt < supply - deficit ? debt / (supply - deficit) : 1;
}

/**
 * Lets interest accrue for some time at the present utilisation: what is charged is what is earned and kept.
 * @returns the protocol's part, in units
 */
export function accrue(pool: Pool, seconds: number, growth: Growth): number {
  const { terms } = pool;
  const years = seconds / YEAR;
  const utilisation = utilisationOf(pool);
  growth.debt = grown(borrowRate(pool, utilisation, years) * years, terms.growth);
  const charged = pool.debt * (growth.debt - 1);
  growth.supply = supplyGrowth(pool, charged, utilisation, years);
  const earned = pool.supply * (growth.supply - 1);
  pool.debt *= growth.debt;
  pool.claim *= growth.supply;
  pool.supply = terms.lendsReserves ? pool.supply + charged : pool.supply * growth.supply;
  return charged - earned;
}

function borrowRate(pool: Pool, utilisation: number, years: number): number {
  const { curve } = pool.terms;
  if (curve.kind === "fixed") return curve.rate;
  if (curve.kind === "kinked") return kinkedRate(curve, utilisation);
  const { rate, rateAtTarget } = adaptiveRate(pool.rateAtTarget, utilisation, years);
  pool.rateAtTarget = rateAtTarget;
  return rate;
}

function supplyGrowth({ terms, supply }: Pool, charged: number, utilisation: number, years: number): number {
  if (terms.supplyCurve) return grown(kinkedRate(terms.supplyCurve, utilisation) * years, terms.growth);
  return supply > 0 ? 1 + (charged * (1 - terms.reserveFactor)) / supply : 1;
}

function grown(x: number, growth: InterestTerms["growth"]): number {
  if (growth === "continuous") return exp(x);
  return growth === "simple" ? 1 + x : 1 + x + (x * x) / 2 + (x * x * x) / 6;
}

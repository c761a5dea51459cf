import type { Account, Standing } from "../book/account";
import type { PositionBook } from "../book/position-book";
import type { Liquidator } from "../model";
import type { Offer } from "./rule-set";

/**
 * Something a protocol sells itself, laid out as an account: its collateral leg is for sale, its debt leg is the most that
 * is asked for it. So buyers choose, rank and clear their orders as liquidators do.
 */
export interface Lot {
  readonly account: Account;
  readonly offer: Offer;
  /** The market's account that is liquidated with it. */
  readonly of?: number;
  /** The only group that it is for: who has won it. */
  readonly buyer?: Liquidator;
  /** For sale only when nobody wants any lot that does not wait. */
  readonly waits?: true;
}

/** What an account of the market gets, or loses, on one leg. Units. */
export interface Move {
  readonly account: number;
  readonly leg: number;
  readonly change: number;
}

/** What a keeper earns who calls the protocol to act. Units, with the reserves they are of. */
export interface Reward {
  /** Out of the protocol's own funds, of what is owed. */
  readonly paid: number;
  readonly owed: number;
  /** Out of the collateral that is taken. */
  readonly inKind: number;
  readonly collateral: number;
}

/** What taking an account over comes to. */
export interface Taking {
  /** Share of every leg that leaves the account. */
  readonly share: number;
  /** Units of what leaves that other accounts of the market get; of accounts with one collateral and one debt. */
  readonly spread?: { readonly collateral: number; readonly debt: number };
  /** Units of what is owed that the account is left with: supply, from then on. */
  readonly balance?: number;
  /** Absent where the protocol acts without being called. */
  readonly reward?: Reward;
}

/** What somebody pays for how much of a lot. Units. */
export interface Bid {
  readonly pays: number;
  readonly gets: number;
}

/** An auction that takes bids: more is paid for the lot until all that is wanted is, then less of the lot is asked for. */
export interface Bidding {
  /** Reserve of what is paid. */
  readonly owed: number;
  /** Assets: of the lot, and of what is paid. */
  readonly from: number;
  readonly to: number;
  /** The most that is paid. */
  readonly wanted: number;
  /** Whose bid stands; before the first, nothing is paid for the whole lot. */
  readonly leader?: Liquidator;
  readonly best: Bid;
  /** The least bid that is taken after another. */
  next(over: Bid): Bid;
  place(bidder: Liquidator, bid: Bid): void;
}

/** A sale that has come to nothing and that a keeper can start again. */
export interface Restart {
  readonly reward: Reward;
  run(): void;
}

/**
 * What a protocol does itself, on one path: it takes positions over, sells collateral at once or through time, keeps it, or
 * spreads it over others. Units by reserve; the prices it was made with are the oracle's present ones.
 */
export interface House {
  /** Reserve of what is owed in the market, in which its losses are. */
  readonly owed: number;
  /** Back to the start of a path. */
  reset(): void;
  /** Accounts that may be taken over, in the order in which they are. */
  queue(book: PositionBook, account: Account): Int32Array;
  /** What taking over an account of the queue would come to now; undefined where the protocol refuses. */
  consider(account: Account): Taking | undefined;
  /**
   * Takes it over. The kernel takes the legs out of the account, afterwards; what is spread, the house gives to others.
   * @param slot that losses of an account without collateral count for
   */
  take(book: PositionBook, account: Account, taking: Taking, slot: number, now: number): void;
  /**
   * Interest on what is owed.
   * @param kept the protocol's part of it, in units; negative where suppliers earn more than is charged
   * @param growth what a unit that was owed has become
   */
  accrue?(kept: number, growth: number): void;
  /** Units of what is owed that fees and penalties have brought the protocol so far. */
  earned?(): number;
  restarts(now: number): Restart[];
  /** Of protocols that auction by bids. */
  biddings?(now: number): Bidding[];
  /** What is for sale, in canonical order. */
  lots(now: number): Lot[];
  /** Hands over what was bought of a lot: what that changes in accounts, where it was theirs and not the protocol's. */
  sell(lot: Lot, seized: number, repay: number): Move[] | undefined;
  /** The next time after `now` at which an offer changes by itself; Infinity when none does. */
  nextChange(now: number): number;
  /** What it holds of what it took, and what it has handed back to owners. */
  unsold(reserve: number): number;
  handedBack(reserve: number): number;
  /** By slot, in the numeraire: what was lost on what it took, with what is unsold at market prices. */
  loss(marketPrice: Float64Array, slot: number): number;
  /** Capacity and debt, where they depend on more than an account's amounts. */
  standing?(account: Account, into: Standing): Standing;
}

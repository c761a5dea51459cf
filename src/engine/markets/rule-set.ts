import type { Account, Standing } from "../book/account";
import type { Layout } from "../book/layout";
import type { LendingTerms } from "../model";
import type { House } from "./house";
import type { Phrase } from "./phrase";

/** How a rule set finds what a market's entry names. */
export interface Names {
  asset(name: string): number;
  oracle(name: string): number;
}

/** A key or a value of a market's entry; the path is relative to the market. */
export interface EntryPlace {
  readonly path: readonly (string | number)[];
  readonly at?: "key";
}

/** A bound on what is new, where it is or would be written. */
export interface Bound {
  /** Absent while it is not written. */
  readonly value?: number;
  readonly path: EntryPlace["path"];
}

/** What binds new positions of a listed asset, and what there is of it already. */
export interface Lending {
  /** The most that is lent on it, of its value as collateral. */
  readonly loanToValue?: Bound;
  /** Units; absent where the protocol has no such cap. */
  readonly supplyCap?: Bound;
  readonly borrowCap?: Bound;
  /** Units that are supplied and owed in all, as far as the entry says it. */
  readonly supplied?: number;
  readonly borrowed?: number;
  /** Units that the protocol lends of its own; negative where it has lost a part of what was supplied. */
  readonly lentReserves?: number;
}

/** An asset that a market's entry lists, as far as it is written yet. */
export interface Listing extends EntryPlace, Lending {
  readonly asset: string;
  /** The only side of accounts that it can be on; absent: both. */
  readonly side?: "collateral" | "debt";
  /** The oracle that prices it, with what that price is in: an asset, or the numeraire where none is given. */
  readonly oracle?: { readonly name: string; readonly path: EntryPlace["path"]; readonly in?: string };
  /**
   * The share of its value that counts as capacity, where the entry has one. Accounts that owe more can be liquidated, unless
   * `liquidates` is false: then something else decides.
   */
  readonly threshold?: {
    readonly value: number;
    readonly path: EntryPlace["path"];
    readonly liquidates?: false;
  };
}

/** A static rule's finding; the path is relative to the market. */
export interface Remark {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly path: readonly (string | number)[];
  readonly message: Phrase;
  readonly fix?: { readonly title: Phrase; readonly value: string };
  readonly related?: readonly { readonly path: readonly (string | number)[]; readonly message: Phrase }[];
}

/** A collateral leg and a debt leg of one account. */
export interface Pair {
  readonly collateral: number;
  readonly debt: number;
}

/** What a repayment takes from the account, in units of the collateral; `fee` is the treasury's part of it. */
export interface Seizure {
  seized: number;
  fee: number;
}

/** What is asked of a rule set, or of a lot, to decide on an order. */
export type Offer = Pick<RuleSet, "maxRepay" | "allowedRepay" | "seize">;

/** Everything the engine asks of a protocol version. Amounts are units, prices the oracle's. */
export interface RuleSet<Entry = never> {
  readonly id: string;
  /** The market's terms from its entry in the risk file, quantities in base units. */
  terms(entry: Entry, names: Names): LendingTerms;
  /** The assets that accounts may hold or owe, in order of the reserves that `terms` makes of them. */
  listings(entry: Entry): readonly Listing[];
  /** Rules on the entry's own fields, for use while one types: the entry may be incomplete. */
  check(entry: Entry): readonly Remark[];
  /** Nothing is sold when accounts are liquidated, so no venues are needed. */
  readonly sellsNothing?: true;
  /** Every account has one collateral, with its own rules. */
  readonly oneCollateral?: true;
  /** Capacity and debt as the protocol weighs them, in the unit of the market's prices. */
  standing(account: Account, into: Standing): Standing;
  /** The most that rounding takes off a threshold in `standing`; 0 where capacity is linear in the collateral. */
  readonly thresholdLoss: number;
  /** Whether the account can be liquidated, in the protocol's integers: asked only where doubles do not decide. */
  isUnderWater(account: Account): boolean;
  /** The most that may be repaid of the pair's debt; 0 where the pair may not be liquidated. */
  maxRepay(account: Account, pair: Pair): number;
  /** The largest repayment not above `repay` that leaves no forbidden rest; 0 when there is none. */
  allowedRepay(account: Account, pair: Pair, repay: number): number;
  seize(account: Account, pair: Pair, repay: number, into: Seizure): void;
  /** Whether what is left of the account's debt is cancelled as bad debt after a liquidation. */
  writesOff(account: Account): boolean;
  /**
   * Of protocols that do something themselves: their own side of a market.
   * @param price the oracle's, by reserve; both prices are looked at when they are needed
   * @param marketPrice in the numeraire, by reserve
   */
  house?(layout: Layout, price: Float64Array, blockTime: number, marketPrice: Float64Array): House;
}

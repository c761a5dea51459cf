import { type Account, standingOf } from "../book/account";
import { isUnderWater } from "../book/health";
import type { Layout } from "../book/layout";
import type { PositionBook } from "../book/position-book";
import type { Book, LendingTerms } from "../model";
import type { House, Taking } from "./house";
import { toUnits } from "./integer-units";
import { nobodyRepays } from "./nobody-repays";
import { phrase } from "./phrase";
import type { Listing, Names, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface LiquityEntry extends Partial<LiquityTerms> {
  readonly collateral?: string;
  readonly debt?: string;
  readonly oracle?: string;
}

interface LiquityTerms {
  /** Of a trove, and of all together: collateral value over debt below which troves are liquidated. */
  readonly minimumCollateralRatio: number;
  readonly criticalCollateralRatio: number;
  /** Debt asset in the pool at the start. */
  readonly stabilityPool: number;
  /** What a keeper gets: share of the collateral, units of the debt asset. */
  readonly collateralCompensation: number;
  readonly debtCompensation: number;
}

/**
 * Liquity v1: TroveManager.sol and StabilityPool.sol of liquity/dev. A trove that is liquidated is offset against the
 * stability pool as far as this reaches; the rest is spread over the other troves. What is owed counts for 1.
 */
export const liquityV1: RuleSet<LiquityEntry> = {
  id: "liquity-v1",
  terms,
  listings,
  check: checkRatios,
  sellsNothing: true,
  standing: standingOf,
  isUnderWater(account) {
    const { first } = account.layout.market.book;
    const [collateral, debt] = [first[account.index], first[account.index + 1] - 1];
    if (debt === collateral) return true;
    const { amount, price } = account;
    const minimum = toUnits(termsOf(account.layout).minimumCollateralRatio, WAD);
    return ratioInUnits(amount[collateral], price[COLLATERAL], amount[debt]) < minimum;
  },
  ...nobodyRepays,
  house: troveManager,
};

const COLLATERAL = 0;
const OWED = 1;
const WAD = 18;
/** Of the debt asset, what never leaves the stability pool. */
const LEFT_IN_POOL = 1;
const WHOLE = 1;

function termsOf({ market }: Layout): LiquityTerms {
  return market.lending.own as LiquityTerms;
}

function terms(
  { collateral = "", debt = "", oracle = "", ...entry }: LiquityEntry,
  names: Names,
): LendingTerms {
  const { minimumCollateralRatio = 1.1, criticalCollateralRatio = 1.5 } = entry;
  const { stabilityPool = 0, collateralCompensation = 0.005, debtCompensation = 200 } = entry;
  const held = {
    asset: names.asset(collateral),
    oracle: names.oracle(oracle),
    threshold: 1 / minimumCollateralRatio,
  };
  const owed = { asset: names.asset(debt), oracle: -1, threshold: 0 };
  return {
    emodes: [],
    reserves: [held, owed].map((reserve) => ({ ...reserve, bonus: 0, protocolFee: 0 })),
    own: {
      minimumCollateralRatio,
      criticalCollateralRatio,
      stabilityPool,
      collateralCompensation,
      debtCompensation,
    } satisfies LiquityTerms,
  };
}

function listings({ collateral, debt, oracle, minimumCollateralRatio = 1.1 }: LiquityEntry): Listing[] {
  const threshold = { value: 1 / minimumCollateralRatio, path: ["minimumCollateralRatio"] };
  const priced = oracle === undefined ? {} : { oracle: { name: oracle, path: ["oracle"] } };
  const held =
    collateral === undefined
      ? []
      : [{ asset: collateral, path: ["collateral"], threshold, loanToValue: threshold, ...priced }];
  const owed = debt === undefined ? [] : [{ asset: debt, path: ["debt"] }];
  return [
    ...held.map((each) => ({ ...each, side: "collateral" as const })),
    ...owed.map((each) => ({ ...each, side: "debt" as const })),
  ];
}

function checkRatios({
  minimumCollateralRatio: minimum = 1.1,
  criticalCollateralRatio: critical = 1.5,
}: LiquityEntry) {
  if (critical >= minimum) return [];
  return [
    {
      rule: "recovery-below-minimum",
      severity: "error" as const,
      path: ["criticalCollateralRatio"],
      message: phrase(
        "Recovery mode begins below a total ratio of {0}, under the {1} below which every trove is liquidated anyway. Raise it to at least {1}.",
        String(critical),
        String(minimum),
      ),
      related: [{ path: ["minimumCollateralRatio"], message: phrase("The least ratio of a trove.") }],
    },
  ];
}

/** Collateral value over debt as the contract has it, cut to 18 decimals. */
function ratioInUnits(collateral: number, price: number, debt: number): bigint {
  return (toUnits(collateral, WAD) * toUnits(price, WAD)) / toUnits(debt, WAD);
}

/** The ratio against a boundary: below it -1, at it 0, above it 1. Doubles decide, except near the boundary. */
function compareRatio(collateral: number, price: number, debt: number, boundary: number): number {
  const ratio = (collateral * price) / debt;
  if (Math.abs(ratio - boundary) > 1e-12 * boundary) return ratio < boundary ? -1 : 1;
  const [own, other] = [ratioInUnits(collateral, price, debt), toUnits(boundary, WAD)];
  return own === other ? 0 : own < other ? -1 : 1;
}

/** A market's protocol on one path. */
interface Manager {
  readonly terms: LiquityTerms;
  readonly price: Float64Array;
  /** Accounts with collateral and debt at the start. */
  readonly troves: readonly number[];
  /** Of the troves that are open. */
  open: number;
  collateral: number;
  debt: number;
  /** The stability pool: what is left of the debt asset, and the collateral it got for it. */
  pool: number;
  bought: number;
  handedBack: number;
}

/** What liquidating a trove comes to, in units. */
interface Plan {
  /** Debt that the pool takes, and the collateral it gets. */
  readonly offset: number;
  readonly toPool: number;
  readonly toKeeper: number;
  readonly surplus: number;
  readonly spread: { readonly collateral: number; readonly debt: number };
}

function troveManager(layout: Layout, price: Float64Array): House {
  const { book } = layout.market;
  const manager: Manager = {
    terms: termsOf(layout),
    price,
    troves: book.accounts.flatMap((_, i) => (book.first[i + 1] - book.first[i] === 2 ? [i] : [])),
    ...{ open: 0, collateral: 0, debt: 0, pool: 0, bought: 0, handedBack: 0 },
  };
  open(manager, book);
  return {
    owed: OWED,
    reset: () => open(manager, book),
    queue: (positions, account) => queue(manager, positions, account),
    consider: (account) => takingOf(manager, planOf(manager, account)),
    take(positions, account) {
      const plan = planOf(manager, account);
      if (plan) liquidate(manager, positions, account, plan);
    },
    restarts: () => [],
    lots: () => [],
    sell: () => undefined,
    nextChange: () => Number.POSITIVE_INFINITY,
    unsold: (reserve) => (reserve === COLLATERAL ? manager.bought : 0),
    handedBack: (reserve) => (reserve === COLLATERAL ? manager.handedBack : 0),
    loss(marketPrice, slot) {
      const burnt = (manager.terms.stabilityPool - manager.pool) * marketPrice[OWED];
      return slot === COLLATERAL ? Math.max(0, burnt - manager.bought * marketPrice[COLLATERAL]) : 0;
    },
  };
}

function open(manager: Manager, { first, amount }: Book): void {
  const { troves, terms } = manager;
  manager.open = troves.length;
  manager.collateral = troves.reduce((sum, trove) => sum + amount[first[trove]], 0);
  manager.debt = troves.reduce((sum, trove) => sum + amount[first[trove] + 1], 0);
  manager.pool = terms.stabilityPool;
  manager.bought = 0;
  manager.handedBack = 0;
}

function isRecovering({ terms, price, collateral, debt }: Manager): boolean {
  return debt > 0 && compareRatio(collateral, price[COLLATERAL], debt, terms.criticalCollateralRatio) < 0;
}

/** By ascending ratio, as the contract's list is; ties in canonical order. */
function queue(manager: Manager, positions: PositionBook, account: Account): Int32Array {
  const { first } = account.layout.market.book;
  const hits = Int32Array.from(positions.underWater(reachOf(manager, account.price))).filter((index) => {
    account.index = index;
    return planOf(manager, account) !== undefined;
  });
  const ratio = (index: number) => account.amount[first[index]] / account.amount[first[index] + 1];
  return hits.sort((a, b) => ratio(a) - ratio(b) || a - b);
}

/** Prices at which all who may be liquidated are below the minimum: in recovery mode that is all below the total ratio. */
function reachOf(manager: Manager, price: Float64Array): Float64Array {
  const { collateral, debt, terms } = manager;
  const total = (collateral * price[COLLATERAL]) / debt;
  if (!isRecovering(manager) || total <= terms.minimumCollateralRatio) return price;
  return Float64Array.of((price[COLLATERAL] * terms.minimumCollateralRatio) / total, price[OWED]);
}

/** TroveManager._liquidateNormalMode and ._liquidateRecoveryMode; the last trove stays. */
function planOf(manager: Manager, account: Account): Plan | undefined {
  const { first } = account.layout.market.book;
  const leg = first[account.index];
  if (manager.open <= 1 || first[account.index + 1] - leg !== 2) return undefined;
  const [collateral, debt] = [account.amount[leg], account.amount[leg + 1]];
  const usable = Math.max(0, manager.pool - LEFT_IN_POOL);
  const price = account.price[COLLATERAL];
  const recovering = isRecovering(manager);
  if (isUnderWater(account, liquityV1)) {
    const isHollow = recovering && compareRatio(collateral, price, debt, WHOLE) <= 0;
    return shared(manager, collateral, debt, isHollow ? 0 : Math.min(debt, usable));
  }
  const total = (manager.collateral * price) / manager.debt;
  const isBelowTotal = recovering && compareRatio(collateral, price, debt, total) < 0;
  return isBelowTotal && debt <= usable ? capped(manager, collateral, debt, price) : undefined;
}

/** The pool takes a part of the debt for as large a part of the collateral; the others get the rest. */
function shared({ terms }: Manager, collateral: number, debt: number, offset: number): Plan {
  const toKeeper = collateral * terms.collateralCompensation;
  const rest = collateral - toKeeper;
  const toPool = rest * (offset / debt);
  return { offset, toPool, toKeeper, surplus: 0, spread: { collateral: rest - toPool, debt: debt - offset } };
}

/** In recovery mode a trove above the minimum loses collateral of that ratio alone; its owner can claim the rest. */
function capped({ terms }: Manager, collateral: number, debt: number, price: number): Plan {
  const lost = (debt * terms.minimumCollateralRatio) / price;
  const toKeeper = lost * terms.collateralCompensation;
  const spread = { collateral: 0, debt: 0 };
  return { offset: debt, toPool: lost - toKeeper, toKeeper, surplus: collateral - lost, spread };
}

function takingOf({ terms }: Manager, plan: Plan | undefined): Taking | undefined {
  if (!plan) return undefined;
  const reward = { paid: terms.debtCompensation, owed: OWED, inKind: plan.toKeeper, collateral: COLLATERAL };
  return { share: 1, spread: plan.spread, reward };
}

function liquidate(manager: Manager, positions: PositionBook, account: Account, plan: Plan): void {
  const { first } = account.layout.market.book;
  const leg = first[account.index];
  const { spread } = plan;
  if (spread.debt > 0) spreadOver(manager, positions, account, spread);
  manager.open--;
  manager.collateral -= account.amount[leg] - spread.collateral;
  manager.debt -= account.amount[leg + 1] - spread.debt;
  manager.pool -= plan.offset;
  manager.bought += plan.toPool;
  manager.handedBack += plan.surplus;
}

/** Pro rata to the other troves' collateral, as their stakes are. */
function spreadOver(
  { troves, collateral }: Manager,
  positions: PositionBook,
  { layout, index, amount }: Account,
  spread: Plan["spread"],
): void {
  const { first } = layout.market.book;
  const others = collateral - amount[first[index]];
  for (const trove of troves) {
    const leg = first[trove];
    if (trove === index || amount[leg] === 0) continue;
    const share = amount[leg] / others;
    positions.apply(trove, leg, spread.collateral * share);
    positions.apply(trove, leg + 1, spread.debt * share);
  }
}

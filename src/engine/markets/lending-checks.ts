import { phrase } from "./phrase";
import type { Lending, Listing, Remark } from "./rule-set";

/** What reserves and E-modes have in common, as far as it is written yet. */
export interface CollateralEntry {
  readonly ltv?: number;
  readonly liquidationThreshold?: number;
  readonly liquidationBonus?: number;
}

/** A map from assets to their terms, with the fields that bind them. */
type Terms<Field extends string> =
  | Readonly<
      Record<
        string,
        ({ readonly [field in Field]?: number } & { readonly oracle?: string } & LentEntry) | undefined
      >
    >
  | undefined;

/** What the fields are called that bind the accounts of a collateral, and new ones. */
interface Fields<Field extends string> {
  readonly threshold: Field;
  readonly loanToValue: Field;
  readonly supplyCap?: Field;
  readonly borrowCap?: Field;
}

/** Listings of a market whose reserves can be collateral and debt. */
export function reserveListings<Field extends string>(
  reserves: Terms<Field>,
  fields: Fields<Field>,
): Listing[] {
  return listingsIn("reserves", reserves, fields);
}

/** Listings of a market with several collaterals, whose key is `collaterals`, and one asset that is owed. */
export function debtAndCollaterals<Field extends string>(
  { asset, oracle, path, ...lending }: { asset?: string; oracle?: string; path: Path } & Lending,
  collaterals: Terms<Field>,
  fields: Fields<Field>,
): Listing[] {
  const held = listingsIn("collaterals", collaterals, fields).map((each) => ({
    ...each,
    side: "collateral" as const,
  }));
  if (asset === undefined) return held;
  const own = oracle === undefined ? {} : { oracle: { name: oracle, path: ["oracle"] } };
  return [...held, { asset, path, side: "debt", ...own, ...lending }];
}

function listingsIn<Field extends string>(
  key: string,
  entries: Terms<Field>,
  { threshold, ...bounds }: Fields<Field>,
): Listing[] {
  return Object.entries(entries ?? {}).map(([asset, terms]) => {
    const path = [key, asset];
    const value = terms?.[threshold];
    const lending = Object.entries(bounds).map(([bound, field]) => {
      return [bound, { value: terms?.[field], path: [...path, field] }] as const;
    });
    return {
      asset,
      path,
      at: "key",
      ...(value !== undefined && { threshold: { value, path: [...path, threshold] } }),
      ...(terms?.oracle !== undefined && { oracle: { name: terms.oracle, path: [...path, "oracle"] } }),
      ...Object.fromEntries(lending),
      supplied: terms?.supplied,
      borrowed: terms?.borrowed,
    };
  });
}

type Path = readonly (string | number)[];

export function checkCollateral(path: Path, entry: CollateralEntry): Remark[] {
  const { ltv, liquidationThreshold } = entry;
  return [
    ...checkLtv(path, ["ltv", ltv], ["liquidationThreshold", liquidationThreshold]),
    ...checkBonus(path, entry),
  ];
}

/** Totals of a lent asset, as far as they are written yet. */
export interface LentEntry {
  readonly supplied?: number;
  readonly borrowed?: number;
}

/** Caps of an asset, as far as the protocol has them and they are written yet. */
export interface CapEntry {
  readonly supplyCap?: number;
  readonly borrowCap?: number;
}

/**
 * Nobody can owe what nobody has supplied.
 * @param reserves what the protocol lends of its own
 */
export function checkLent(path: Path, { supplied, borrowed }: LentEntry, reserves = 0): Remark[] {
  if (supplied === undefined || borrowed === undefined || borrowed <= supplied + reserves) return [];
  if (reserves !== 0) return [borrowedAbove(path, supplied, reserves)];
  return [
    {
      rule: "borrowed-above-supplied",
      severity: "error",
      path: [...path, "borrowed"],
      message: phrase(
        "More is borrowed than the {0} supplied: the utilisation would be {1}. Lower what is borrowed, or raise what is supplied: all that suppliers can claim, lent or not.",
        String(supplied),
        percent(borrowed / supplied),
      ),
      related: [{ path: [...path, "supplied"], message: phrase("What is supplied.") }],
    },
  ];
}

/** Of a protocol that lends its reserves, or has lost a part of what was supplied. */
function borrowedAbove(path: Path, supplied: number, reserves: number): Remark {
  return {
    rule: "borrowed-above-supplied",
    severity: "error",
    path: [...path, "borrowed"],
    message: phrase(
      "More is borrowed than the {0} supplied and the reserves of {1} come to. Lower what is borrowed, or raise what is supplied: all that suppliers can claim, lent or not.",
      String(supplied),
      String(reserves),
    ),
    related: [{ path: [...path, "supplied"], message: phrase("What is supplied.") }],
  };
}

/** Caps bind what is new: what was there before, or came by interest, stays above them. */
export function checkCaps(path: Path, entry: LentEntry & CapEntry): Remark[] {
  return [
    ...checkCap(path, ["supplied", entry.supplied], ["supplyCap", entry.supplyCap]),
    ...checkCap(path, ["borrowed", entry.borrowed], ["borrowCap", entry.borrowCap]),
  ];
}

function checkCap(path: Path, [totalKey, total]: Field, [capKey, cap]: Field): Remark[] {
  if (total === undefined || cap === undefined || total <= cap) return [];
  const message =
    totalKey === "supplied"
      ? phrase("{0} is supplied, above this cap: nothing new can be supplied.", String(total))
      : phrase("{0} is owed, above this cap: nothing new can be borrowed.", String(total));
  return [
    {
      rule: "total-above-cap",
      severity: "hint",
      path: [...path, capKey],
      message,
      related: [{ path: [...path, totalKey], message: phrase("What there is already.") }],
    },
  ];
}

/** A field by its key, and its value where it is written. */
type Field = readonly [key: string, value: number | undefined];

/** Loan-to-value and caps of every collateral of a market whose key is `collaterals`. */
export function checkCollaterals<Key extends string>(
  collaterals: Terms<Key> | undefined,
  ltvKey: Key,
  thresholdKey: Key,
): Remark[] {
  return Object.entries(collaterals ?? {}).flatMap(([asset, terms]) => [
    ...checkLtv(["collaterals", asset], [ltvKey, terms?.[ltvKey]], [thresholdKey, terms?.[thresholdKey]]),
    ...checkCaps(["collaterals", asset], terms ?? {}),
  ]);
}

/** What new loans may reach must not be above what lets them be liquidated. */
function checkLtv(path: Path, [ltvKey, ltv]: Field, [thresholdKey, threshold]: Field): Remark[] {
  if (ltv === undefined || threshold === undefined || ltv <= threshold) return [];
  return [
    {
      rule: "ltv-above-threshold",
      severity: "error",
      path: [...path, ltvKey],
      message: phrase(
        "A loan-to-value of {0} is above the liquidation threshold of {1}: a new loan could be liquidated at once. Lower it to at most {1}.",
        percent(ltv),
        percent(threshold),
      ),
      fix: { title: phrase("Lower to {0}", percent(threshold)), value: percent(threshold) },
      related: [{ path: [...path, thresholdKey], message: phrase("The liquidation threshold.") }],
    },
  ];
}

/** Above 100%, an account at the threshold owes the liquidator more than it has: every liquidation makes bad debt. */
function checkBonus(path: Path, { liquidationThreshold, liquidationBonus }: CollateralEntry): Remark[] {
  if (liquidationThreshold === undefined || liquidationBonus === undefined) return [];
  const claim = liquidationThreshold * (1 + liquidationBonus);
  if (claim <= 1 + 1e-12) return [];
  return [
    {
      rule: "threshold-leaves-no-bonus",
      severity: "error",
      path: [...path, "liquidationThreshold"],
      message: phrase(
        "Liquidation threshold {0} x (1 + bonus {1}) is {2}: above 100% the collateral cannot pay the debt and the bonus. With this bonus the threshold must be at most {3}.",
        percent(liquidationThreshold),
        percent(liquidationBonus),
        percent(claim),
        percent(floorBp(1 / (1 + liquidationBonus))),
      ),
      related: [{ path: [...path, "liquidationBonus"], message: phrase("The liquidation bonus.") }],
    },
  ];
}

export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))}%`;
}

function floorBp(ratio: number): number {
  return Math.floor(ratio * 1e4) / 1e4;
}

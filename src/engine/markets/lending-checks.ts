import { phrase } from "./phrase";
import type { Listing, Remark } from "./rule-set";

/** What reserves and E-modes have in common, as far as it is written yet. */
export interface CollateralEntry {
  readonly ltv?: number;
  readonly liquidationThreshold?: number;
  readonly liquidationBonus?: number;
}

/** A map from assets to their terms, with the field that is the threshold. */
type Terms<Field extends string> =
  | Readonly<
      Record<string, ({ readonly [field in Field]?: number } & { readonly oracle?: string }) | undefined>
    >
  | undefined;

/** Listings of a market whose reserves can be collateral and debt. */
export function reserveListings<Field extends string>(reserves: Terms<Field>, field: Field): Listing[] {
  return listingsIn("reserves", reserves, field);
}

/** Listings of a market with several collaterals, whose key is `collaterals`, and one asset that is owed. */
export function debtAndCollaterals<Field extends string>(
  { asset, oracle, path }: { asset?: string; oracle?: string; path: Path },
  collaterals: Terms<Field>,
  field: Field,
): Listing[] {
  const held = listingsIn("collaterals", collaterals, field).map((each) => ({
    ...each,
    side: "collateral" as const,
  }));
  if (asset === undefined) return held;
  const own = oracle === undefined ? {} : { oracle: { name: oracle, path: ["oracle"] } };
  return [...held, { asset, path, side: "debt", ...own }];
}

function listingsIn<Field extends string>(key: string, entries: Terms<Field>, field: Field): Listing[] {
  return Object.entries(entries ?? {}).map(([asset, terms]) => {
    const path = [key, asset];
    const value = terms?.[field];
    return {
      asset,
      path,
      at: "key",
      ...(value !== undefined && { threshold: { value, path: [...path, field] } }),
      ...(terms?.oracle !== undefined && { oracle: { name: terms.oracle, path: [...path, "oracle"] } }),
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

/** A field by its key, and its value where it is written. */
type Field = readonly [key: string, value: number | undefined];

/** `checkLtv` on every collateral of a market whose key is `collaterals`. */
export function checkLtvs<Key extends string>(
  collaterals: Readonly<Record<string, { readonly [key in Key]?: number } | undefined>> | undefined,
  ltvKey: Key,
  thresholdKey: Key,
): Remark[] {
  return Object.entries(collaterals ?? {}).flatMap(([asset, terms]) =>
    checkLtv(["collaterals", asset], [ltvKey, terms?.[ltvKey]], [thresholdKey, terms?.[thresholdKey]]),
  );
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

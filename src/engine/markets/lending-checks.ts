import type { Listing, Remark } from "./rule-set";

/** What reserves and E-modes have in common, as far as it is written yet. */
export interface CollateralEntry {
  readonly ltv?: number;
  readonly liquidationThreshold?: number;
  readonly liquidationBonus?: number;
}

/** Listings of a map of reserves whose keys are assets, with the field that is the threshold. */
export function reserveListings<Field extends string>(
  reserves:
    | Readonly<
        Record<string, ({ readonly [field in Field]?: number } & { readonly oracle?: string }) | undefined>
      >
    | undefined,
  field: Field,
): Listing[] {
  return Object.entries(reserves ?? {}).map(([asset, reserve]) => {
    const path = ["reserves", asset];
    const value = reserve?.[field];
    return {
      asset,
      path,
      at: "key",
      ...(value !== undefined && { threshold: { value, path: [...path, field] } }),
      ...(reserve?.oracle !== undefined && { oracle: { name: reserve.oracle, path: [...path, "oracle"] } }),
    };
  });
}

type Path = readonly (string | number)[];

export function checkCollateral(path: Path, entry: CollateralEntry): Remark[] {
  return [...checkLtv(path, entry), ...checkBonus(path, entry)];
}

function checkLtv(path: Path, { ltv, liquidationThreshold }: CollateralEntry): Remark[] {
  if (ltv === undefined || liquidationThreshold === undefined || ltv <= liquidationThreshold) return [];
  return [
    {
      rule: "ltv-above-threshold",
      severity: "error",
      path: [...path, "ltv"],
      message: `A loan-to-value of ${percent(ltv)} is above the liquidation threshold of ${percent(liquidationThreshold)}: a new loan could be liquidated at once. Lower it to at most ${percent(liquidationThreshold)}.`,
      fix: { title: `Lower to ${percent(liquidationThreshold)}`, value: percent(liquidationThreshold) },
      related: [{ path: [...path, "liquidationThreshold"], message: "The liquidation threshold." }],
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
      message: `Liquidation threshold ${percent(liquidationThreshold)} x (1 + bonus ${percent(liquidationBonus)}) is ${percent(claim)}: above 100% the collateral cannot pay the debt and the bonus. With this bonus the threshold must be at most ${percent(floorBp(1 / (1 + liquidationBonus)))}.`,
      related: [{ path: [...path, "liquidationBonus"], message: "The liquidation bonus." }],
    },
  ];
}

export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))}%`;
}

function floorBp(ratio: number): number {
  return Math.floor(ratio * 1e4) / 1e4;
}

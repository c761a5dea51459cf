import type { Draft } from "../dsl/parse";

type Assets = NonNullable<Draft["assets"]>;

export type AssetKind = "free" | "pegged" | "stable";

export function kindOf(asset: Assets[string] | undefined): AssetKind {
  if (asset?.pegged) return "pegged";
  return asset?.stable ? "stable" : "free";
}

/**
 * Price of an asset in the numeraire at the start: its own, 1 for a stable asset without one, base x ratio for a
 * pegged one. Undefined where it is not written yet or pegs run in a circle.
 */
export function startPrice(
  assets: Assets,
  name: string,
  followed: readonly string[] = [],
): number | undefined {
  const asset = assets[name];
  if (!asset || followed.includes(name)) return undefined;
  if (asset.stable) return asset.price ?? 1;
  if (!asset.pegged) return asset.price;
  const { to, ratio } = asset.pegged;
  if (to === undefined || ratio === undefined) return undefined;
  const base = startPrice(assets, to, [...followed, name]);
  return base === undefined ? undefined : base * ratio;
}

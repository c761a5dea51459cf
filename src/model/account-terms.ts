import type { Draft } from "../dsl/parse";
import type { Bound } from "../engine/markets/rule-set";
import { listingsOf } from "./listings";

type Market = NonNullable<NonNullable<Draft["markets"]>[string]>;

/** An E-mode of a market, as far as it is written. */
export function emodeOf(market: Market, name: string | undefined) {
  return name !== undefined && "emodes" in market ? market.emodes?.[name] : undefined;
}

/** Threshold above which an account can be liquidated, by whatever name the rule set has for it, if it is written. */
export function thresholdOf(
  market: Market,
  asset: string,
  emodeName: string | undefined,
): number | undefined {
  const emode = emodeOf(market, emodeName);
  if (emode?.collateral?.includes(asset) && emode.liquidationThreshold !== undefined)
    return emode.liquidationThreshold;
  const threshold = listingOf(market, asset)?.threshold;
  return threshold?.liquidates === false ? undefined : threshold?.value;
}

/** The most that is lent to an account on its collateral, and where that is written. */
export function mostLentOn(market: Market, asset: string, emodeName: string | undefined): Bound | undefined {
  const emode = emodeOf(market, emodeName);
  if (emode?.collateral?.includes(asset)) return { value: emode.ltv, path: ["emodes", emodeName!, "ltv"] };
  return listingOf(market, asset)?.loanToValue;
}

export function listingOf(market: Market, asset: string) {
  return listingsOf(market).find((listing) => listing.asset === asset);
}

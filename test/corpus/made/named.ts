import type { RiskFile } from "../../../src/dsl/parse";
import type { Path } from "../../../src/dsl/problem";
import { listingsOf } from "../../../src/model/listings";
import { startPrice } from "../../../src/model/prices";

/** What relations ask of the file so far. */

export function assetsOf({ assets }: RiskFile): string[] {
  return Object.keys(assets);
}

export function priceOf({ assets }: RiskFile, asset: string): number {
  return startPrice(assets, asset)!;
}

/** Position of an entry in its section. */
export function indexIn(section: object | undefined, path: Path): number {
  return Object.keys(section!).indexOf(String(path[1]));
}

/** The first oracles are those of the assets in the numeraire. */
export function oracleOf(file: RiskFile, asset: string): string {
  return Object.keys(file.oracles!)[assetsOf(file).indexOf(asset)];
}

export function emodesIn(file: RiskFile, market: string) {
  const entry = file.markets![market];
  return ("emodes" in entry && entry.emodes) || {};
}

function isolationIn(file: RiskFile, market: string) {
  const entry = file.markets![market];
  return "isolation" in entry ? entry.isolation : undefined;
}

/** Collateral of a market, or of one of its E-modes, for which something may be owed. */
export function heldIn(file: RiskFile, market: string, emode?: string): string[] {
  const held = listingsOf(file.markets![market]).filter(
    ({ threshold, side }) => threshold && side !== "debt",
  );
  const category = emode === undefined ? undefined : emodesIn(file, market)[emode].collateral;
  return held
    .map(({ asset }) => asset)
    .filter((asset) => category?.includes(asset) ?? true)
    .filter((asset) => owedIn(file, market, [asset], emode).length > 0);
}

/** What may be owed against all of these; something else than them where there is a choice. */
export function owedIn(file: RiskFile, market: string, held: readonly string[], emode?: string): string[] {
  const lent = listingsOf(file.markets![market]).flatMap(({ asset, side }) =>
    side === "collateral" ? [] : [asset],
  );
  const category = emode === undefined ? undefined : emodesIn(file, market)[emode].borrowable;
  const isolation = isolationIn(file, market);
  const isIsolated = held.some((asset) => Object.hasOwn(isolation?.debtCeilings ?? {}, asset));
  const owed = lent
    .filter((asset) => category?.includes(asset) ?? true)
    .filter((asset) => !isIsolated || isolation?.borrowable?.includes(asset));
  const others = owed.filter((asset) => !held.includes(asset));
  return others.length > 0 ? others : owed;
}

/** E-modes with this collateral, or any, for which something may be owed. */
export function emodesFor(file: RiskFile, market: string, asset?: string): string[] {
  return Object.keys(emodesIn(file, market)).filter((name) => {
    if (asset !== undefined) return owedIn(file, market, [asset], name).length > 0;
    return heldIn(file, market, name).length > 0;
  });
}

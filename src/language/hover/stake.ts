import * as l10n from "@vscode/l10n";
import { amount, count, percent } from "../../charts/format";
import type { Source } from "../../dsl/parse";
import type { Path } from "../../dsl/problem";
import type {
  AssetExposure,
  Exposure,
  MarketExposure,
  ReserveExposure,
  VenueDepth,
} from "../../insight/exposure";
import type { Liquidatable } from "../../insight/liquidatable";
import { holdingOf } from "../figures";
import type { Told } from "../last-run";
import { paragraphs, plain, table } from "../markdown";

const FALLS = [0.1, 0.2, 0.3];
const MOST_RESERVES = 12;

/** What is at stake in an asset, a reserve, a market or a venue: exposure, depth, and who could be liquidated. */
export function stakeText(path: Path, source: Source, { lastRun, stake }: Told): string {
  if (!hasStake(path, source)) return "";
  if (!stake)
    return lastRun?.assessment ? l10n.t("**At stake**: being worked out; ask again in a moment.") : "";
  const tables = tablesOf(path, stake.exposure);
  if (tables.length === 0) return "";
  const heading = stake.stale ? l10n.t("**At stake** (before this edit)") : l10n.t("**At stake**");
  return paragraphs(heading, ...tables);
}

/** Entries that may have one. In a market, whatever it calls its reserves, an entry by an asset's name is a reserve. */
function hasStake([section, ...rest]: Path, { draft }: Source): boolean {
  if (section === "assets" || section === "venues") return rest.length === 1;
  const [, , entry] = rest;
  const isReserve = rest.length === 3 && draft?.assets !== undefined && entry in draft.assets;
  return section === "markets" && (rest.length === 1 || isReserve);
}

function tablesOf(path: Path, exposure: Exposure): string[] {
  const [section, name, , entry] = path;
  const asset = exposure.assets.find((each) => each.asset === (section === "assets" ? name : entry));
  const market = exposure.markets.find((each) => section === "markets" && each.market === name);
  const venue = exposure.venues.find((each) => section === "venues" && each.venue === name);
  if (venue) return [depthTable(venue, exposure)];
  if (market && path.length === 2) return marketTables(market, exposure);
  const reserve = market?.reserves.find((each) => each.asset === entry);
  if (!asset || (section === "markets" && !reserve)) return [];
  return assetTables(reserve ?? asset, asset, exposure);
}

function assetTables(held: ReserveExposure, asset: AssetExposure, exposure: Exposure): string[] {
  const venue = exposure.venues.find(({ traded }) => traded === asset.asset);
  const { numeraire } = exposure;
  return [
    holdingTable([held], numeraire),
    venue
      ? depthTable(venue, exposure)
      : l10n.t("No venue trades {0} against another asset.", plain(asset.asset)),
    liquidatableTable(
      l10n.t("Liquidatable if {0} falls by", plain(asset.asset)),
      asset.liquidatable,
      numeraire,
    ),
  ].filter(Boolean);
}

function marketTables({ accounts, reserves, liquidatable }: MarketExposure, { numeraire }: Exposure) {
  const held = reserves.filter(({ collateral, debt }) => collateral > 0 || debt > 0);
  const largest = [...held].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST_RESERVES);
  return [
    accountsText(accounts, amount(sum(held, "collateral"), numeraire), amount(sum(held, "debt"), numeraire)),
    held.length > 0 ? holdingTable(largest, numeraire) : "",
    liquidatableTable(l10n.t("Liquidatable if all free assets fall by"), liquidatable, numeraire),
  ].filter(Boolean);
}

function accountsText(accounts: number, collateral: string, debt: string): string {
  return accounts === 1
    ? l10n.t("1 account holds {0} and owes {1}.", collateral, debt)
    : l10n.t("{0} accounts hold {1} and owe {2}.", count(accounts), collateral, debt);
}

function sum(reserves: readonly ReserveExposure[], side: "collateral" | "debt"): number {
  return reserves.reduce((total, reserve) => total + reserve[side] * reserve.price, 0);
}

function sizeOf({ collateral, debt, price }: ReserveExposure): number {
  return (collateral + debt) * price;
}

function holdingTable(reserves: readonly ReserveExposure[], numeraire: string): string {
  const rows = reserves.map(({ asset, price, collateral, debt }) => [
    plain(asset),
    ...[collateral, debt].map((units) => holdingOf(units, asset, price, numeraire).map(plain).join(" · ")),
  ]);
  return table([l10n.t("In the books"), l10n.t("collateral"), l10n.t("debt")], rows);
}

function depthTable({ venue, traded, depth }: VenueDepth, { numeraire }: Exposure): string {
  const row = (what: string, side: "sell" | "buy") => [
    what,
    ...depth.map((at) => plain(amount(at[side], numeraire))),
  ];
  return table(
    [
      l10n.t("Depth of {0}, at a price impact of", plain(venue)),
      ...depth.map(({ impact }) => percent(impact)),
    ],
    [row(l10n.t("{0} sold", plain(traded)), "sell"), row(l10n.t("{0} bought", plain(traded)), "buy")],
  );
}

function liquidatableTable(title: string, all: readonly Liquidatable[], numeraire: string): string {
  const shown = all.filter(({ fall }) => FALLS.includes(fall));
  if (shown.length === 0) return "";
  const row = (what: string, write: (at: Liquidatable) => string) => [what, ...shown.map(write)];
  return table(
    [title, ...shown.map(({ fall }) => percent(fall))],
    [
      row(l10n.t("accounts"), ({ accounts }) => count(accounts)),
      row(l10n.t("their collateral"), ({ collateral }) => plain(amount(collateral, numeraire))),
      row(l10n.t("their debt"), ({ debt }) => plain(amount(debt, numeraire))),
    ],
  );
}

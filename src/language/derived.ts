import * as l10n from "@vscode/l10n";
import { amount, percent } from "../charts/format";
import { formatQuantity } from "../dsl/format-quantity";
import type { Draft, RiskFile } from "../dsl/parse";
import type { Role } from "../dsl/schema";
import { enclosingMap, type Site } from "../dsl/sites";
import { bufferToBonus, liquidationPenalty, maximumLeverage } from "../insight/derived";
import { assetPrice, oraclePrice } from "../insight/derived-prices";
import { valueAt } from "./draft";
import { multiple } from "./figures";
import type { Stake } from "./last-run";
import { paragraphs, plain } from "./markdown";
import { valueInRole } from "./role";

/** A value that follows from what is written, shown behind the value it belongs to. */
export interface Derived {
  readonly label: string;
  /** The formula with its numbers, and what it means; Markdown. */
  readonly tooltip: string;
}

export interface DerivedFrom {
  readonly draft: Draft;
  readonly stake?: Stake;
}

interface Rule {
  /** The role of the value it belongs to, whatever a protocol calls it, or the place: `*` is any name. */
  readonly of: Role | readonly string[];
  /** Undefined where an input is missing, or where there is nothing to tell. */
  readonly derive: (site: Site, from: DerivedFrom) => Derived | undefined;
}

/** All derived values; a new one is a line here. */
const RULES: readonly Rule[] = [
  { of: "loan-to-value", derive: leverage },
  { of: "threshold", derive: buffer },
  { of: "bonus", derive: penalty },
  { of: ["assets", "*", "pegged", "ratio"], derive: peggedPrice },
  { of: ["oracles", "*", "rate"], derive: ratedPrice },
  { of: ["venues", "*", "pair"], derive: depth },
];

/** What follows from a value. */
export function derivedAt(site: Site, from: DerivedFrom): Derived[] {
  const rules = RULES.filter(({ of }) => (typeof of === "string" ? site.schema.role === of : isAt(site, of)));
  return rules.flatMap(({ derive }) => derive(site, from) ?? []);
}

function isAt({ path }: Site, place: readonly string[]): boolean {
  return path.length === place.length && place.every((key, i) => key === "*" || key === path[i]);
}

function leverage(site: Site, { draft }: DerivedFrom): Derived | undefined {
  const ltv = valueInRole("loan-to-value", site, draft);
  if (ltv === undefined || ltv <= 0 || ltv >= 1) return undefined;
  const most = multiple(maximumLeverage(ltv));
  return {
    label: l10n.t("max {0}", most),
    tooltip: paragraphs(
      l10n.t("**Maximum leverage** {0} = 1 / (1 − {1})", most, ratio(ltv)),
      l10n.t("What borrowing against one's own purchases, again and again, can reach."),
    ),
  };
}

function buffer(site: Site, { draft }: DerivedFrom): Derived | undefined {
  const threshold = valueInRole("threshold", site, draft);
  const bonus = valueInRole("bonus", site, draft);
  if (!threshold || bonus === undefined) return undefined;
  const left = bufferToBonus(threshold, bonus);
  if (left < 0) return undefined;
  const formula = `${ratio(left)} = 1 − ${ratio(threshold)} × (1 + ${ratio(bonus)})`;
  return {
    label: l10n.t("buffer {0}", percent(left)),
    tooltip: paragraphs(
      l10n.t("**Buffer to bonus** {0}, that is 1 − threshold × (1 + bonus)", formula),
      l10n.t(
        "How far the collateral may still fall from the point of liquidation before it no longer pays the debt and the bonus.",
      ),
    ),
  };
}

function penalty(site: Site, { draft }: DerivedFrom): Derived | undefined {
  const bonus = valueInRole("bonus", site, draft);
  const fee = valueInRole("protocol-fee", site, draft);
  if (!bonus || !fee) return undefined;
  const { borrower, liquidator, treasury } = liquidationPenalty(bonus, fee);
  const kept = `${ratio(liquidator)} = ${ratio(bonus)} × (1 − ${ratio(fee)})`;
  return {
    label: l10n.t("liquidator keeps {0}", percent(liquidator)),
    tooltip: paragraphs(
      l10n.t("**Liquidation penalty** {0} of the debt repaid", ratio(borrower)),
      l10n.t(
        "The borrower loses {0}; of it the liquidator keeps {1}, and {2} goes to the treasury.",
        ratio(borrower),
        kept,
        ratio(treasury),
      ),
    ),
  };
}

function peggedPrice({ path }: Site, { draft }: DerivedFrom): Derived | undefined {
  const name = String(path[1]);
  const { to = "", ratio: per } = draft.assets?.[name]?.pegged ?? {};
  const [price, base] = [assetPrice(draft, name), assetPrice(draft, to)];
  if (price === undefined || base === undefined) return undefined;
  const [written, product] = [price, base].map((each) => priceIn(each, draft));
  return {
    label: `= ${written}`,
    tooltip: l10n.t(
      "**Price** at the start {0}: that of {1} times the ratio.",
      `${written} = ${product} × ${per}`,
      plain(to),
    ),
  };
}

function ratedPrice({ path }: Site, { draft }: DerivedFrom): Derived | undefined {
  const { base = "", rate } = draft.oracles?.[String(path[1])] ?? {};
  const [own, of] = [oraclePrice(draft, String(path[1])), oraclePrice(draft, base)];
  if (!own || !of) return undefined;
  const [written, product] = [own, of].map(({ price, quote }) => priceIn(price, draft, quote));
  return {
    label: `= ${written}`,
    tooltip: l10n.t(
      "**Price** at the start {0}: that of {1} times the rate.",
      `${written} = ${product} × ${rate}`,
      plain(base),
    ),
  };
}

/** Of the newest model, as long as the text still says the same of the venue and its prices. */
function depth(site: Site, { draft, stake }: DerivedFrom): Derived | undefined {
  const name = String(site.path[1]);
  const venue = stake?.exposure.venues.find((each) => each.venue === name);
  const at = venue?.depth[0];
  if (!stake || !at || !isSameVenue(site, draft, stake.file)) return undefined;
  const { numeraire } = stake.exposure;
  const [sold, bought] = [amount(at.sell, numeraire), amount(at.buy, numeraire)];
  return {
    label: `${percent(at.impact)}: ${sold}`,
    tooltip: l10n.t(
      "**Depth** at a price impact of {0}, before fees: {1} of {2} sold, {3} bought.",
      percent(at.impact),
      sold,
      plain(venue.traded),
      bought,
    ),
  };
}

function isSameVenue(site: Site, draft: Draft, file: RiskFile): boolean {
  const path = enclosingMap(site)?.path ?? [];
  const prices = (of: Draft) => [0, 1].map((i) => assetPrice(of, String(valueAt(draft, [...site.path, i]))));
  const says = (of: Draft) => JSON.stringify([valueAt(of, path), prices(of)]);
  return says(draft) === says(file);
}

function ratio(value: number): string {
  return formatQuantity(value, { dimension: "ratio" }, { digits: 4 });
}

/** Six digits: prices of pegs differ in the last of them. */
function priceIn(price: number, { numeraire = "USD" }: Draft, unit = numeraire): string {
  return formatQuantity(price, { dimension: "price", unit }, { digits: 6 });
}

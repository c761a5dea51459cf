import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Asset, Curve, Venue } from "../engine/model";
import { buildConcentrated } from "./build-concentrated";
import { type Tables, tableOf } from "./load";
import { fitQuotes, type QuoteCurve } from "./quote-curve";
import { figure, percent, whole } from "./text";

type VenueEntry = NonNullable<RiskFile["venues"]>[string];

/** A venue's price may differ from the file's prices by this much without being mentioned. */
const NEAR_MARKET = 0.01;

export interface BuiltVenue {
  readonly venue: Venue;
  readonly findings: readonly Finding[];
}

/**
 * Depth and fees of a venue. Its mid price is that of the assets: a pool or quotes at another price keep their
 * depth and are said to be off the market.
 */
export function buildVenue(
  name: string,
  file: RiskFile,
  tables: Tables,
  assets: readonly Asset[],
): BuiltVenue {
  const entry = file.venues![name];
  const [traded, quote] = entry.pair.map((asset) => assets.findIndex((known) => known.name === asset));
  const market = assets[traded].price / assets[quote].price;
  const common = {
    name,
    traded,
    quote,
    recovery: entry.recovery ?? Number.POSITIVE_INFINITY,
    permanent: entry.permanent ?? 0,
  };
  if (entry.model === "constant-product") {
    const [base, counter] = entry.reserves;
    const curve: Curve = { model: entry.model, invariant: base * counter };
    const findings = offMarket(["venues", name, "reserves"], entry.pair, counter / base, market);
    return { venue: { ...common, ...feesOf(entry), curve }, findings };
  }
  if (entry.model === "concentrated") {
    const pair = [assets[traded], assets[quote]] as const;
    const { curve, findings } = buildConcentrated(name, file, pair, tableOf(tables.ticks, name));
    return { venue: { ...common, ...feesOf(entry), curve }, findings };
  }
  const quotes = tableOf(tables.quotes, name);
  const sell = fitQuotes(quotes?.sell ?? []);
  const buy = fitQuotes(quotes?.buy ?? []);
  const roundTrip = sell.first * buy.first;
  const fee = Math.max(0, 1 - Math.sqrt(roundTrip));
  const curve = { model: entry.model, sell: sell.depth, buy: buy.depth };
  const path = ["venues", name, "file"];
  const findings = [
    ...flat(path, entry, sell, buy),
    ...adjusted(path, entry.file, [sell, buy]),
    ...crossed(path, entry.file, roundTrip),
    ...offMarket(path, entry.pair, Math.sqrt(sell.first / buy.first), market),
  ];
  return { venue: { ...common, sellFee: fee, buyFee: fee, curve }, findings };
}

function feesOf({ fee = 0 }: { readonly fee?: number }): Pick<Venue, "sellFee" | "buyFee"> {
  return { sellFee: fee, buyFee: fee };
}

function offMarket(
  path: Path,
  [traded, quote]: readonly [string, string],
  price: number,
  market: number,
): Finding[] {
  if (Math.abs(price / market - 1) <= NEAR_MARKET) return [];
  const message = l10n.t(
    "This venue trades {0} at {1} {2}, but the prices of the assets make it {3} {2} ({4} apart). The simulation starts at the assets' prices and keeps the depth. Check the prices and the date of the depth.",
    traded,
    figure(price),
    quote,
    figure(market),
    percent(price / market - 1),
  );
  return [
    { rule: "venue-off-market", severity: "warning", path, message, witness: { venue: price, market } },
  ];
}

/** A direction whose price never falls would fill the same quotes again and again: depth without end. */
function flat(
  path: Path,
  { file, pair }: { file: string; pair: VenueEntry["pair"] },
  sell: QuoteCurve,
  buy: QuoteCurve,
): Finding[] {
  const [sellIsFlat, buyIsFlat] = [sell, buy].map(
    ({ depth }) => depth.price[depth.price.length - 1] > 1 - ROUNDING,
  );
  if (!sellIsFlat && !buyIsFlat) return [];
  const message = sentences(
    !buyIsFlat
      ? l10n.t(
          "{0}: the quotes for selling {1} show no price impact, so they do not say how deep the market is.",
          file,
          pair[0],
        )
      : !sellIsFlat
        ? l10n.t(
            "{0}: the quotes for buying {1} show no price impact, so they do not say how deep the market is.",
            file,
            pair[0],
          )
        : l10n.t(
            "{0}: the quotes for selling {1} and for buying {1} show no price impact, so they do not say how deep the market is.",
            file,
            pair[0],
          ),
    l10n.t("Give at least two sizes, with a worse price for the larger one."),
  );
  return [{ rule: "flat-quotes", severity: "error", path, message }];
}

/** Rounding of the amounts is not worth a word. */
const ROUNDING = 1e-6;

function adjusted(path: Path, file: string, curves: readonly QuoteCurve[]): Finding[] {
  const moved = curves.reduce((sum, curve) => sum + curve.adjusted, 0);
  const worst = Math.max(...curves.map((curve) => curve.worst));
  if (worst <= ROUNDING) return [];
  const message =
    moved === 1
      ? l10n.t(
          "{0}: 1 quote would make a larger trade cheaper than a smaller one, and is moved onto the curve of the others (by up to {1} of the amount out).",
          file,
          percent(worst),
        )
      : l10n.t(
          "{0}: {1} quotes would make a larger trade cheaper than a smaller one, and are moved onto the curve of the others (by up to {2} of the amount out).",
          file,
          whole(moved),
          percent(worst),
        );
  const severity = worst > NEAR_MARKET ? "warning" : "information";
  return [{ rule: "adjusted-quotes", severity, path, message, witness: { adjusted: moved, worst } }];
}

/** Selling and buying back at a profit: the two directions were quoted at different times. */
function crossed(path: Path, file: string, roundTrip: number): Finding[] {
  if (roundTrip <= 1 + 1e-3) return [];
  const message = l10n.t(
    "{0}: selling and buying back a small amount gains {1}. The two directions were quoted at different prices; quote them at the same time. The simulation takes the middle and no fee.",
    file,
    percent(roundTrip - 1),
  );
  return [{ rule: "crossed-quotes", severity: "warning", path, message, witness: { roundTrip } }];
}

import * as l10n from "@vscode/l10n";
import type { Ticks } from "../data/ticks";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Asset, ConcentratedCurve } from "../engine/model";
import { curveOfRanges, curveOfTicks, hasLiquidityAt, reachOf } from "./concentrated-curve";
import { figure } from "./text";

type VenueEntry = NonNullable<RiskFile["venues"]>[string];
type Entry = Extract<VenueEntry, { model: "concentrated" }>;

/**
 * Liquidity of a concentrated venue by price, and what is wrong with it.
 * @param ticks of a venue with a file
 */
export function buildConcentrated(
  name: string,
  file: RiskFile,
  [traded, quote]: readonly [Asset, Asset],
  ticks?: Ticks,
): { readonly curve: ConcentratedCurve; readonly findings: readonly Finding[] } {
  const entry = file.venues![name] as Entry;
  const price = traded.price / quote.price;
  const curve = ticks
    ? curveOfTicks(ticks.ticks, tokenOrder(file, traded, quote))
    : curveOfRanges(
        (entry.ranges ?? []).map((range) => ({ ...range, value: range.value / quote.price })),
        price,
      );
  const path: Path = ["venues", name, ticks ? "file" : "ranges"];
  return { curve, findings: hasLiquidityAt(curve, price) ? [] : [noLiquidity(path, entry, curve, price)] };
}

function noLiquidity(
  path: Path,
  { pair: [traded, quote] }: Entry,
  curve: ConcentratedCurve,
  price: number,
): Finding {
  const { low, high } = reachOf(curve);
  const message = sentences(
    l10n.t(
      "There is no liquidity at {0} {1} for one {2}, which the prices of the assets make it: there is some between {3} and {4}.",
      figure(price),
      quote,
      traded,
      figure(low),
      figure(high),
    ),
    path.at(-1) === "file"
      ? l10n.t("Check the decimals and addresses of both assets, their prices, and the date of the file.")
      : l10n.t("Give a range around the price, or correct the prices."),
  );
  return { rule: "no-liquidity", severity: "error", path, message, witness: { price, low, high } };
}

/** Uniswap orders the tokens of a pool by address; the static rules have made sure that both have one. */
function tokenOrder({ assets }: RiskFile, traded: Asset, quote: Asset) {
  const [own, other] = [traded, quote].map(({ name }) => assets[name].address?.toLowerCase() ?? "");
  const tradesToken0 = own < other;
  const [token0, token1] = tradesToken0 ? [traded, quote] : [quote, traded];
  return { tradesToken0, decimals: [token0.decimals, token1.decimals] as const };
}

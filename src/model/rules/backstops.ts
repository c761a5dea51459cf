import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { listingsOf } from "../listings";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const backstopRules: readonly StaticRule[] = [nothingToCover];

/** A backstop of an asset that nobody can owe never pays. Markets half written may lend it. */
function nothingToCover({ markets, backstops = [] }: Draft): Finding[] {
  if (entries(markets).some(([, { rules }]) => rules === undefined)) return [];
  return backstops.flatMap((backstop, index): Finding[] => {
    const { covers, market } = backstop ?? {};
    if (covers === undefined || (market !== undefined && !markets?.[market])) return [];
    const payable = entries(markets).filter(([name]) => market === undefined || name === market);
    if (payable.some(([, each]) => lends(each, covers))) return [];
    const message =
      market === undefined
        ? l10n.t(
            "No market lends {0}, so this backstop never pays. Name an asset that accounts can owe.",
            covers,
          )
        : l10n.t(
            "Market {0} does not lend {1}, so this backstop never pays. Name an asset that its accounts can owe.",
            market,
            covers,
          );
    return [{ rule: "nothing-to-cover", severity: "warning", path: ["backstops", index, "covers"], message }];
  });
}

function lends(market: NonNullable<Draft["markets"]>[string], asset: string): boolean {
  return listingsOf(market).some((listing) => listing.asset === asset && listing.side !== "collateral");
}

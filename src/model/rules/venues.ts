import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { figure, list } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const venueRules: readonly StaticRule[] = [sameAsset, secondVenue, emptyRange, missingAddress];

function sameAsset({ venues }: Draft): Finding[] {
  return entries(venues)
    .filter(([, { pair }]) => pair?.[0] !== undefined && pair[0] === pair[1])
    .map(([name, { pair }]) => ({
      rule: "venue-of-one-asset",
      severity: "error",
      path: ["venues", name, "pair", 1],
      message: l10n.t(
        "Venue {0} trades {1} against itself. Name the asset it is quoted in.",
        name,
        pair?.[0] ?? "",
      ),
    }));
}

function secondVenue({ venues }: Draft): Finding[] {
  const first = new Map<string, string>();
  return entries(venues).flatMap(([name, { pair }]): Finding[] => {
    const traded = pair?.[0];
    if (traded === undefined) return [];
    const other = first.get(traded);
    if (other === undefined) {
      first.set(traded, name);
      return [];
    }
    return [
      {
        rule: "second-venue",
        severity: "error",
        path: ["venues", name, "pair", 0],
        message: l10n.t(
          "Venue {0} already trades {1}. An asset's price impact has one venue for now: join their depth into one, or turn this pair around if it is the other asset's impact.",
          other,
          traded,
        ),
        related: [{ path: ["venues", other, "pair", 0], message: l10n.t("{0} is traded here.", traded) }],
      },
    ];
  });
}

function emptyRange({ venues }: Draft): Finding[] {
  return entries(venues).flatMap(([name, venue]) => {
    const ranges = "ranges" in venue ? (venue.ranges ?? []) : [];
    return ranges.flatMap((range, i): Finding[] => {
      const { from, to } = range ?? {};
      if (from === undefined || to === undefined || from < to) return [];
      return [
        {
          rule: "empty-range",
          severity: "error",
          path: ["venues", name, "ranges", i, "to"],
          message: l10n.t(
            "This range ends at {0} and begins at {1}, so there is no price in it. The upper end must be above the lower one.",
            figure(to),
            figure(from),
          ),
          related: [{ path: ["venues", name, "ranges", i, "from"], message: l10n.t("It begins here.") }],
        },
      ];
    });
  });
}

function missingAddress({ venues, assets }: Draft): Finding[] {
  return entries(venues).flatMap(([name, venue]): Finding[] => {
    if (venue.model !== "concentrated" || venue.file === undefined) return [];
    const unknown = (venue.pair ?? []).flatMap((asset) =>
      asset !== undefined && assets?.[asset] && assets[asset].address === undefined ? [asset] : [],
    );
    if (unknown.length === 0) return [];
    const message = l10n.t(
      "Ticks count the price of the token with the lower address, and {0} has none here. Write the `address` of both assets.",
      list(unknown),
    );
    return [{ rule: "missing-address", severity: "error", path: ["venues", name, "file"], message }];
  });
}

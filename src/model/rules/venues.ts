import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const venueRules: readonly StaticRule[] = [sameAsset, secondVenue];

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

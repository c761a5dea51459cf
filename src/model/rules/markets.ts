import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { sentences } from "../../dsl/sentences";
import { translated } from "../../dsl/translated";
import type { Phrase } from "../../engine/markets/phrase";
import { ruleSetOf } from "../../engine/markets/rule-sets";
import { listingsOf } from "../listings";
import { kindOf } from "../prices";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const marketRules: readonly StaticRule[] = [ruleSetRules, oracleUnit];

/** The rules on a market's own fields are those of its protocol version. */
function ruleSetRules({ markets }: Draft): Finding[] {
  return entries(markets).flatMap(([name, market]): Finding[] => {
    if (market.rules === undefined) return [];
    const at = (path: readonly (string | number)[]) => ["markets", name, ...path];
    const remarks = ruleSetOf(market.rules).check(market as never);
    return remarks.map(({ path, message, fix, related, ...remark }) => ({
      ...remark,
      path: at(path),
      message: inWords(message),
      fix: fix && { ...fix, title: inWords(fix.title) },
      related: related?.map((place) => ({ path: at(place.path), message: inWords(place.message) })),
    }));
  });
}

function inWords({ text, args }: Phrase): string {
  return translated(text, ...args);
}

/** A price read in another unit than it is quoted in is wrong by their exchange rate. */
function oracleUnit(draft: Draft): Finding[] {
  return entries(draft.markets).flatMap(([name, market]) =>
    listingsOf(market).flatMap(({ asset, oracle }): Finding[] => {
      const feed = oracle && feedOf(draft, oracle.name);
      if (!feed || feed.in === oracle.in || (isMoney(draft, feed.in) && isMoney(draft, oracle.in))) return [];
      const numeraire = draft.numeraire ?? "USD";
      const [read, given] = [oracle.in ?? numeraire, feed.in ?? numeraire];
      const clash = l10n.t(
        "Market {0} reads the price of {1} in {2}, but oracle {3} gives it in {4}.",
        name,
        asset,
        read,
        oracle.name,
        given,
      );
      const remedy =
        oracle.in === undefined
          ? l10n.t("Name an oracle without `in`.")
          : l10n.t("Name an oracle with `in: {0}`.", oracle.in);
      return [
        {
          rule: "oracle-unit",
          severity: "error",
          path: ["markets", name, ...oracle.path],
          message: sentences(clash, remedy),
        },
      ];
    }),
  );
}

/** The feed at the end of an oracle's bases; undefined where it is not written yet or there is none. */
function feedOf({ oracles }: Draft, name: string) {
  const passed = new Set<string>();
  let oracle = oracles?.[name];
  for (let base = oracle?.base; base !== undefined && !passed.has(base); base = oracle?.base) {
    passed.add(base);
    oracle = oracles?.[base];
  }
  return oracle?.of === undefined ? undefined : oracle;
}

/** Protocols take a stable asset for the numeraire and the other way round. */
function isMoney({ assets }: Draft, asset: string | undefined): boolean {
  return asset === undefined || kindOf(assets?.[asset]) === "stable";
}

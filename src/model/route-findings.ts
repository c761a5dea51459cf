import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { Model } from "../engine/model";
import type { BuiltMarket } from "./build-market";
import { routesOver } from "./routes";
import { list } from "./text";

/** Books from files whose collateral cannot be sold for the debt; lists and generators are checked while one types. */
export function routeFindings(file: RiskFile, model: Model, markets: readonly BuiltMarket[]): Finding[] {
  const hasRoute = routesOver(Object.values(file.venues ?? {}).map((venue) => venue.pair));
  const selling = markets.filter(({ market }) => !ruleSetOf(market.rules).sellsNothing);
  return selling.flatMap((built) =>
    built.books.flatMap((name, book) => {
      if (file.books?.[name].file === undefined) return [];
      const stuck = [...heldAndOwed(built, book, model)].filter((pair) => {
        const [held, owed] = pair.split(" ");
        return !hasRoute(held, owed);
      });
      return stuck.length === 0 ? [] : [finding(name, stuck)];
    }),
  );
}

/** Distinct "collateral debt" pairs of the accounts of a book. */
function heldAndOwed({ market, bookOf }: BuiltMarket, source: number, model: Model): Set<string> {
  const { book, lending } = market;
  const nameOf = (leg: number) => model.assets[lending.reserves[book.reserve[leg]].asset].name;
  const pairs = new Set<string>();
  for (let i = 0; i < book.accounts.length; i++) {
    if (bookOf[i] !== source) continue;
    for (let held = book.first[i]; held < book.first[i + 1]; held++) {
      if (book.side[held] === 1) break;
      for (let owed = held + 1; owed < book.first[i + 1]; owed++) {
        if (book.side[owed] === 1) pairs.add(`${nameOf(held)} ${nameOf(owed)}`);
      }
    }
  }
  return pairs;
}

function finding(name: string, stuck: readonly string[]): Finding {
  const pairs = list(stuck.toSorted().map((pair) => pair.replace(" ", " for ")));
  const message = l10n.t(
    "Book {0}: no venues lead from collateral to debt, so nothing is liquidated where accounts hold {1}. Add a venue, or chain venues over a common asset.",
    name,
    pairs,
  );
  return { rule: "no-route", severity: "warning", path: ["books", name, "file"], message };
}

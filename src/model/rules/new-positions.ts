import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { sentences } from "../../dsl/sentences";
import type { Bound } from "../../engine/markets/rule-set";
import { listingOf, mostLentOn } from "../account-terms";
import { list, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

/** What the market says of positions that do not exist yet. */
export const newPositionsRules: readonly StaticRule[] = [missingCap, loanToValue, filledTwice];

type Book = NonNullable<NonNullable<Draft["books"]>[string]>;
type Market = NonNullable<NonNullable<Draft["markets"]>[string]>;

interface FillingBook {
  readonly name: string;
  readonly book: Book;
  readonly marketName: string;
  readonly market: Market;
}

/** Books that fill reserves of a market that is there. */
function fillingBooks(draft: Draft): FillingBook[] {
  return entries(draft.books).flatMap(([name, book]) => {
    const market = book.market === undefined ? undefined : draft.markets?.[book.market];
    return book.fill && market?.rules ? [{ name, book, marketName: book.market!, market }] : [];
  });
}

function missingCap(draft: Draft): Finding[] {
  return fillingBooks(draft).flatMap(({ name, book, marketName, market }) =>
    entries(book.fill).flatMap(([asset, target]): Finding[] => {
      const listing = listingOf(market, asset);
      if (target !== "supplyCap" || !listing || listing.supplyCap?.value !== undefined) return [];
      const message = listing.supplyCap
        ? l10n.t(
            "{0} has no supply cap in market {1}. Give it one under `{2}`, or write an amount here.",
            asset,
            marketName,
            listing.supplyCap.path.join("."),
          )
        : l10n.t(
            "{0} has no supply cap in market {1}: the rules {2} know none. Write an amount here.",
            asset,
            marketName,
            market.rules!,
          );
      return [{ rule: "missing-bound", severity: "error", path: ["books", name, "fill", asset], message }];
    }),
  );
}

/** `max` where nothing says how much is lent, or a ratio above that. */
function loanToValue(draft: Draft): Finding[] {
  return fillingBooks(draft).flatMap(({ name, book, marketName, market }): Finding[] => {
    const { loanToValue: written, emode } = book.newPositions ?? {};
    const path = ["books", name, "newPositions", "loanToValue"];
    const bounds = Object.keys(book.fill ?? {})
      .filter((asset) => listingOf(market, asset))
      .map((asset) => ({ asset, bound: mostLentOn(market, asset, emode) }));
    if (written === "max") {
      const unbound = bounds.filter(({ bound }) => !bound?.value);
      return unbound.length === 0 ? [] : [nothingLent(path, marketName, unbound)];
    }
    return bounds.flatMap(({ asset, bound }): Finding[] =>
      written === undefined || bound?.value === undefined || written <= bound.value
        ? []
        : [aboveBound(path, written, asset, { ...bound, value: bound.value }, marketName)],
    );
  });
}

interface Bounded {
  readonly asset: string;
  readonly bound: Bound | undefined;
}

function nothingLent(path: Finding["path"], market: string, unbound: readonly Bounded[]): Finding {
  const assets = list(unbound.map(({ asset }) => asset));
  const missing = unbound.flatMap(({ bound }) =>
    bound && bound.value === undefined ? [`\`${bound.path.join(".")}\``] : [],
  );
  const message = sentences(
    l10n.t("Market {0} does not say that anything is lent on {1}.", market, assets),
    missing.length > 0 && l10n.t("Add {0}, or write a ratio here.", list(missing)),
    missing.length === 0 && l10n.t("Fill what it lends on."),
  );
  return { rule: "missing-bound", severity: "error", path, message };
}

function aboveBound(
  path: Finding["path"],
  written: number,
  asset: string,
  bound: Bound & { value: number },
  market: string,
): Finding {
  const most = percent(bound.value);
  return {
    rule: "loan-above-ltv",
    severity: "error",
    path,
    message: l10n.t(
      "Market {0} lends at most {1} on {2}: no new position can have a loan-to-value of {3}. Lower it to at most {1}, or write `max`.",
      market,
      most,
      asset,
      percent(written),
    ),
    fix: { title: l10n.t("Lower to {0}", "`max`"), value: "max" },
    related: [{ path: ["markets", market, ...bound.path], message: l10n.t("The most that is lent.") }],
  };
}

/** One target a reserve: two books would both start from what is supplied now. */
function filledTwice(draft: Draft): Finding[] {
  const first = new Map<string, string>();
  return fillingBooks(draft).flatMap(({ name, book, marketName }) =>
    Object.keys(book.fill ?? {}).flatMap((asset): Finding[] => {
      const reserve = JSON.stringify([marketName, asset]);
      const other = first.get(reserve);
      if (other === undefined) {
        first.set(reserve, name);
        return [];
      }
      const message = l10n.t(
        "Book {0} fills {1} of market {2} already, from what is supplied now. Keep one of the two.",
        other,
        asset,
        marketName,
      );
      const related = [
        { path: ["books", other, "fill", asset], at: "key" as const, message: l10n.t("The other one.") },
      ];
      const path = ["books", name, "fill", asset];
      return [{ rule: "filled-twice", severity: "error", path, at: "key", message, related }];
    }),
  );
}

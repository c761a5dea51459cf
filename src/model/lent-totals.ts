import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import { unitsOf } from "../engine/book/units";
import type { Market } from "../engine/model";
import { listingsOf } from "./listings";
import { figure } from "./text";

/** What sums of amounts may lose in their last digits. */
const ROUNDING = 1e-9;

/** Books that have more of a lent asset than a reserve says there is in all. */
export function lentTotalFindings(file: RiskFile, { name, lending, book }: Market): Finding[] {
  const held = unitsOf({ book, lending }, book.amount);
  const listings = listingsOf(file.markets?.[name]);
  return lending.reserves.flatMap(({ interest }, reserve): Finding[] => {
    if (!interest) return [];
    const { asset, path, at } = listings[reserve];
    const entry = ["markets", name, ...(at === "key" ? path : [])];
    const above = (key: "supplied" | "borrowed", inBooks: number): Finding[] => {
      if (inBooks <= interest[key] * (1 + ROUNDING)) return [];
      const message = sentences(
        excess(key, name, asset, figure(inBooks), figure(interest[key])),
        l10n.t("Raise the total, or check the books' amounts."),
      );
      const witness = { books: inBooks, total: interest[key] };
      return [{ rule: "book-above-total", severity: "error", path: [...entry, key], message, witness }];
    };
    return [...above("supplied", held.collateral[reserve]), ...above("borrowed", held.debt[reserve])];
  });
}

function excess(key: "supplied" | "borrowed", market: string, asset: string, inBooks: string, total: string) {
  return key === "supplied"
    ? l10n.t(
        "The books of market {0} hold {1} {2}, more than the {3} supplied in all.",
        market,
        inBooks,
        asset,
        total,
      )
    : l10n.t(
        "The books of market {0} owe {1} {2}, more than the {3} borrowed in all.",
        market,
        inBooks,
        asset,
        total,
      );
}

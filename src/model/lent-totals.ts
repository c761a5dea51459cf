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

/**
 * Books that have more of an asset than a reserve says there is in all. Those that fill the reserve come on top.
 * @param bookOf by account, the index in `books` of the book it is in
 */
export function lentTotalFindings(
  file: RiskFile,
  { name, lending, book }: Market,
  bookOf: Int32Array,
  books: readonly string[],
): Finding[] {
  const isNew = books.map((each) => file.books![each].fill !== undefined);
  const amounts = Float64Array.from(book.amount);
  bookOf.forEach((source, account) => {
    if (isNew[source]) amounts.fill(0, book.first[account], book.first[account + 1]);
  });
  const held = unitsOf({ book, lending }, amounts);
  return listingsOf(file.markets?.[name]).flatMap((listing, reserve): Finding[] => {
    const { asset, path, at } = listing;
    const entry = ["markets", name, ...(at === "key" ? path : [])];
    const above = (key: "supplied" | "borrowed", inBooks: number): Finding[] => {
      const total = listing[key];
      if (total === undefined || inBooks <= total * (1 + ROUNDING)) return [];
      const message = sentences(
        excess(key, name, asset, figure(inBooks), figure(total)),
        l10n.t("Raise the total, or check the books' amounts."),
      );
      const witness = { books: inBooks, total };
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

import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
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
    const above = (key: "supplied" | "borrowed", inBooks: number, verb: string): Finding[] => {
      if (inBooks <= interest[key] * (1 + ROUNDING)) return [];
      const message = `The books of market ${name} ${verb} ${figure(inBooks)} ${asset}, more than the ${figure(interest[key])} ${key} in all. Raise the total, or check the books' amounts.`;
      const witness = { books: inBooks, total: interest[key] };
      return [{ rule: "book-above-total", severity: "error", path: [...entry, key], message, witness }];
    };
    return [
      ...above("supplied", held.collateral[reserve], "hold"),
      ...above("borrowed", held.debt[reserve], "owe"),
    ];
  });
}

import { accountId } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import type { Steps } from "../dsl/steps";
import { pricesIn } from "../engine/markets/opening";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { Asset, LendingTerms, Market, Model } from "../engine/model";
import { bookFindings } from "./book-findings";
import { borrowingFindings } from "./borrowing-findings";
import { canonicalBook, type Source } from "./canonical-book";
import { generateBook } from "./generated-book";
import { lentTotalFindings } from "./lent-totals";
import { emodesOf, type Tables, tableOf } from "./load";
import { openNewPositions, type Totals } from "./new-positions";
import { bookPlace } from "./places";
import { statedHealthFindings } from "./stated-health";

export interface BuiltMarket {
  readonly market: Market;
  /** Names of the file's books of this market. */
  readonly books: readonly string[];
  /** By account, the index in `books` of the book it is in. */
  readonly bookOf: Int32Array;
  readonly findings: readonly Finding[];
}

/** One market with all of its books joined. */
export function* buildMarket(
  name: string,
  file: RiskFile,
  tables: Tables,
  { assets, oracles: feeds }: Pick<Model, "assets" | "oracles">,
): Steps<BuiltMarket> {
  const entry = file.markets![name];
  const oracles = Object.keys(file.oracles ?? {});
  const names = {
    asset: (asset: string) => assets.findIndex((known) => known.name === asset),
    oracle: (oracle: string) => oracles.indexOf(oracle),
  };
  const terms = ruleSetOf(entry.rules).terms(entry as never, names);
  const books = Object.keys(file.books ?? {}).filter((book) => file.books?.[book].market === name);
  yield;
  const known = books
    .filter((book) => !file.books![book].fill)
    .map((book) => sourceOf(book, file, tables, assets));
  yield;
  const price = pricesIn({ assets, oracles: feeds }, terms).reserve;
  const fresh = openNewPositions({ file, market: name, price, sources: known });
  const lending = withTotals(terms, fresh.added);
  const sources = books.map((book) => {
    const positions = fresh.positions.get(book);
    return positions ? { name: book, positions } : known.find((source) => source.name === book)!;
  });
  const reserves = lending.reserves.map((reserve) => assets[reserve.asset].name);
  yield;
  const joined = yield* canonicalBook(sources, reserves, Object.keys(emodesOf(entry)));
  const market = { name, rules: entry.rules, lending, book: joined.book };
  return {
    market,
    books,
    bookOf: joined.source,
    findings: [
      ...fresh.findings,
      ...bookFindings(file, books, joined, reserves),
      ...lentTotalFindings(file, market, joined.source, books),
      ...borrowingFindings(file, books, joined, lending, assets),
      ...books.flatMap((book) => healthFindings(book, file, tables, lending, reserves)),
    ],
  };
}

/** The market's terms once more is supplied and owed. */
function withTotals(lending: LendingTerms, { supplied, borrowed }: Totals): LendingTerms {
  const reserves = lending.reserves.map((reserve, i) => {
    const { interest } = reserve;
    if (!interest || (supplied[i] === 0 && borrowed[i] === 0)) return reserve;
    return {
      ...reserve,
      interest: {
        ...interest,
        supplied: interest.supplied + supplied[i],
        borrowed: interest.borrowed + borrowed[i],
      },
    };
  });
  return { ...lending, reserves };
}

function healthFindings(
  name: string,
  file: RiskFile,
  tables: Tables,
  lending: LendingTerms,
  reserves: readonly string[],
): Finding[] {
  const book = file.books![name];
  const stated = tableOf(tables.positions, name)?.stated;
  if (!stated || book.collateral === undefined) return [];
  const collateral = reserves.indexOf(book.collateral);
  return statedHealthFindings(name, bookPlace(name, book), stated, lending, collateral);
}

function sourceOf(name: string, file: RiskFile, tables: Tables, assets: readonly Asset[]): Source {
  const book = file.books![name];
  const table = tableOf(tables.positions, name);
  if (table) return { name, positions: table.positions };
  if (!book.generate) {
    return {
      name,
      positions: (book.positions ?? []).map((each) => ({ ...each, account: accountId(each.account) })),
    };
  }
  const price = new Map(assets.map((asset) => [asset.name, asset.price]));
  return { name, positions: generateBook(name, book.generate, (asset) => price.get(asset) ?? Number.NaN) };
}

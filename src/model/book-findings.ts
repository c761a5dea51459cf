import * as l10n from "@vscode/l10n";
import { accountId } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Place } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Listing } from "../engine/markets/rule-set";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { CanonicalBook, Duplicate } from "./canonical-book";
import { listingsOf } from "./listings";
import { emodesOf } from "./load";
import { atBook, bookPlace } from "./places";
import { firstOfAll, list, whole } from "./text";

const SHOWN = 5;

/** What joining the books of one market found. */
export function bookFindings(
  file: RiskFile,
  books: readonly string[],
  joined: CanonicalBook,
  reserves: readonly string[],
): Finding[] {
  return books.flatMap((name, source) => [
    ...duplicates(file, name, joined, source),
    ...zeros(file, name, joined.zeros[source]),
    ...unused(file, name, joined.unused[source]),
    ...conflicts(file, name, joined, source),
    ...unborrowable(file, name, joined, source, reserves),
    ...wrongSides(file, name, joined, source),
    ...severalCollaterals(file, name, joined, source),
  ]);
}

function duplicates(file: RiskFile, name: string, joined: CanonicalBook, source: number): Finding[] {
  const found = joined.duplicates.filter((duplicate) => duplicate.source === source);
  if (found.length === 0) return [];
  const first = found
    .slice(0, SHOWN)
    .map(({ account, asset, side, times }) =>
      l10n.t("{0} ({1} times)", `${account} ${asset} ${side}`, times),
    );
  const message =
    found.length === 1
      ? l10n.t(
          "1 holding of book {0} is listed more than once and summed: {1}. Join the rows of the same account, asset and side if they are one holding.",
          name,
          first[0],
        )
      : l10n.t(
          "{0} holdings of book {1} are listed more than once and summed: {2}. Join the rows of the same account, asset and side if they are one holding.",
          whole(found.length),
          name,
          firstOfAll(first, found.length),
        );
  const place = duplicatePlace(file, name, found[0]);
  const witness = { holdings: found.length };
  return [{ rule: "duplicate-position", severity: "warning", ...place, message, witness }];
}

/** In a list, the last of the first holding's positions. */
function duplicatePlace(file: RiskFile, name: string, { account, asset, side }: Duplicate): Place {
  const book = file.books![name];
  const { positions = [] } = book;
  const index = positions.findLastIndex(
    (each) => accountId(each.account) === account && each.asset === asset && each.side === side,
  );
  return index < 0 ? bookPlace(name, book) : { path: ["books", name, "positions", index] };
}

function zeros(file: RiskFile, name: string, positions: number): Finding[] {
  if (positions === 0) return [];
  const message =
    positions === 1
      ? l10n.t("1 position of book {0} has amount 0 and is left out.", name)
      : l10n.t("{0} positions of book {1} have amount 0 and are left out.", whole(positions), name);
  const witness = { positions };
  return [atBook(file, name, { rule: "zero-amount", severity: "information", message, witness })];
}

function unused(file: RiskFile, name: string, holdings: number): Finding[] {
  if (holdings === 0) return [];
  const message =
    holdings === 1
      ? l10n.t(
          "1 holding of book {0} is supplied but not turned on as collateral, and is left out: it carries no debt and cannot be seized.",
          name,
        )
      : l10n.t(
          "{0} holdings of book {1} are supplied but not turned on as collateral, and are left out: they carry no debt and cannot be seized.",
          whole(holdings),
          name,
        );
  const witness = { holdings };
  return [atBook(file, name, { rule: "not-collateral", severity: "information", message, witness })];
}

function conflicts(file: RiskFile, name: string, joined: CanonicalBook, source: number): Finding[] {
  const found = joined.conflicts.filter((conflict) => conflict.source === source);
  if (found.length === 0) return [];
  const first = found
    .slice(0, SHOWN)
    .map(({ account, emodes }) => l10n.t("{0} in {1}", account, list(emodes)));
  const message =
    found.length === 1
      ? l10n.t(
          "1 account of book {0} is in more than one E-mode: {1}. An account can be in one E-mode.",
          name,
          first[0],
        )
      : l10n.t(
          "{0} accounts of book {1} are in more than one E-mode: {2}. An account can be in one E-mode.",
          whole(found.length),
          name,
          firstOfAll(first, found.length),
        );
  const witness = { accounts: found.length };
  return [atBook(file, name, { rule: "emode-conflict", severity: "error", message, witness })];
}

/** For books from files; lists and generators are checked while one types. */
function unborrowable(
  file: RiskFile,
  name: string,
  { book, source: bookOf, conflicts: unclear }: CanonicalBook,
  source: number,
  reserves: readonly string[],
): Finding[] {
  const entry = file.books![name];
  if (entry.file === undefined) return [];
  const emodes = Object.values(emodesOf(file.markets![entry.market]));
  const inTwo = new Set(unclear.map(({ account }) => account));
  const found = book.accounts.flatMap((account, i) => {
    if (bookOf[i] !== source || book.emode[i] < 0 || inTwo.has(account)) return [];
    const emode = emodes[book.emode[i]];
    for (let leg = book.first[i]; leg < book.first[i + 1]; leg++) {
      const asset = reserves[book.reserve[leg]];
      if (book.side[leg] === 1 && !emode.borrowable.includes(asset))
        return [l10n.t("{0} owes {1}", account, asset)];
    }
    return [];
  });
  if (found.length === 0) return [];
  const message =
    found.length === 1
      ? l10n.t(
          "1 account of book {0} owes what the account's E-mode does not let it borrow: {1}. Check the E-mode column, or the E-mode's borrowable assets.",
          name,
          found[0],
        )
      : l10n.t(
          "{0} accounts of book {1} owe what the account's E-mode does not let it borrow: {2}. Check the E-mode column, or the E-mode's borrowable assets.",
          whole(found.length),
          name,
          firstOfAll(found.slice(0, SHOWN), found.length),
        );
  const witness = { accounts: found.length };
  return [atBook(file, name, { rule: "emode-debt", severity: "error", message, witness })];
}

/** Of markets whose assets are for one side only. */
function wrongSides(
  file: RiskFile,
  name: string,
  { book, source: bookOf }: CanonicalBook,
  source: number,
): Finding[] {
  const { market } = file.books![name];
  const listings = listingsOf(file.markets![market]);
  if (listings.every(({ side }) => side === undefined)) return [];
  const found = book.accounts.flatMap((account, i) => {
    if (bookOf[i] !== source) return [];
    const legs = Array.from({ length: book.first[i + 1] - book.first[i] }, (_, k) => book.first[i] + k);
    return legs.flatMap((leg) => {
      const { asset, side } = listings[book.reserve[leg]];
      const has = book.side[leg] === 1 ? "debt" : "collateral";
      if (side === undefined || side === has) return [];
      return [
        has === "debt"
          ? l10n.t("{0} has {1} as debt", account, asset)
          : l10n.t("{0} has {1} as collateral", account, asset),
      ];
    });
  });
  if (found.length === 0) return [];
  const what =
    found.length === 1
      ? l10n.t(
          "1 holding of book {0} is on a side that market {1} does not have: {2}.",
          name,
          market,
          found[0],
        )
      : l10n.t(
          "{0} holdings of book {1} are on a side that market {2} does not have: {3}.",
          whole(found.length),
          name,
          market,
          firstOfAll(found.slice(0, SHOWN), found.length),
        );
  const message = sentences(what, sidesOf(listings));
  const witness = { holdings: found.length };
  return [atBook(file, name, { rule: "wrong-side", severity: "error", message, witness })];
}

/** Of markets whose accounts have one collateral. */
function severalCollaterals(
  file: RiskFile,
  name: string,
  { book, source: bookOf }: CanonicalBook,
  source: number,
): Finding[] {
  const { market } = file.books![name];
  if (!ruleSetOf(file.markets![market].rules).oneCollateral) return [];
  const found = book.accounts.filter((_, i) => {
    const second = book.first[i] + 1;
    return bookOf[i] === source && second < book.first[i + 1] && book.side[second] === 0;
  });
  if (found.length === 0) return [];
  const message =
    found.length === 1
      ? l10n.t(
          "1 account of book {0} has more than one collateral, and a vault of market {1} has one: {2}. Give each collateral an account of its own, with the debt it carries.",
          name,
          market,
          found[0],
        )
      : l10n.t(
          "{0} accounts of book {1} have more than one collateral, and a vault of market {2} has one: {3}. Give each collateral an account of its own, with the debt it carries.",
          whole(found.length),
          name,
          market,
          firstOfAll(found.slice(0, SHOWN), found.length),
        );
  const witness = { accounts: found.length };
  return [atBook(file, name, { rule: "several-collaterals", severity: "error", message, witness })];
}

function sidesOf(listings: readonly Listing[]): string {
  const on = (side: Listing["side"]) =>
    list(listings.filter((each) => each.side === side).map((each) => each.asset));
  return l10n.t("{0} can be collateral, {1} can be owed.", on("collateral"), on("debt"));
}

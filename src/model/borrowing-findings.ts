import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Asset, LendingTerms } from "../engine/model";
import type { CanonicalBook } from "./canonical-book";
import { atBook } from "./places";
import { figure, firstOfAll, list, whole } from "./text";

const SHOWN = 5;

/** The collateral of an account that owes, and the values of its debts at the start, by asset. */
interface Holder {
  readonly account: string;
  readonly held: readonly string[];
  readonly owed: ReadonlyMap<string, number>;
}

/** Debts that Aave would not have let an account take: in isolation mode, and of siloed reserves. */
export function borrowingFindings(
  file: RiskFile,
  books: readonly string[],
  joined: CanonicalBook,
  { reserves }: LendingTerms,
  assets: readonly Asset[],
): Finding[] {
  const [name] = books;
  const market = name === undefined ? undefined : file.markets?.[file.books![name].market];
  if (!market || !("isolation" in market || "siloed" in market)) return [];
  const { isolation, siloed = [] } = market;
  const byBook = books.map((_, source) => holdersOf(joined, source, reserves, assets));
  return [
    ...books.flatMap((book, source) => [
      ...(isolation ? isolationFindings(file, book, isolation, byBook[source]) : []),
      ...siloedFindings(file, book, siloed, byBook[source]),
    ]),
    ...(isolation ? ceilingFindings(file.books![name].market, isolation, byBook.flat()) : []),
  ];
}

interface Isolation {
  readonly debtCeilings: Readonly<Record<string, number>>;
  readonly borrowable?: readonly string[];
}

/** What has no threshold is no collateral on Aave. */
function holdersOf(
  { book, source: bookOf }: CanonicalBook,
  source: number,
  reserves: LendingTerms["reserves"],
  assets: readonly Asset[],
): Holder[] {
  return book.accounts.flatMap((account, i): Holder[] => {
    if (bookOf[i] !== source) return [];
    const held: string[] = [];
    const owed = new Map<string, number>();
    for (let leg = book.first[i]; leg < book.first[i + 1]; leg++) {
      const { asset, threshold } = reserves[book.reserve[leg]];
      if (book.side[leg] === 1) owed.set(assets[asset].name, book.amount[leg] * assets[asset].price);
      else if (threshold > 0) held.push(assets[asset].name);
    }
    return owed.size === 0 ? [] : [{ account, held, owed }];
  });
}

function isolatedIn({ debtCeilings }: Isolation, { held }: Holder): string | undefined {
  return held.find((asset) => Object.hasOwn(debtCeilings, asset));
}

function isolationFindings(
  file: RiskFile,
  name: string,
  isolation: Isolation,
  holders: readonly Holder[],
): Finding[] {
  const { borrowable = [] } = isolation;
  const found = holders.flatMap((holder) => {
    const isolated = isolatedIn(isolation, holder);
    if (isolated === undefined) return [];
    if (holder.held.length > 1) return [l10n.t("{0} has {1}", holder.account, list(holder.held))];
    const wrong = [...holder.owed.keys()].filter((asset) => !borrowable.includes(asset));
    return wrong.length === 0
      ? []
      : [l10n.t("{0} owes {1} against {2}", holder.account, list(wrong), isolated)];
  });
  if (found.length === 0) return [];
  const what =
    found.length === 1
      ? l10n.t("1 account of book {0} breaks isolation mode: {1}.", name, found[0])
      : l10n.t(
          "{0} accounts of book {1} break isolation mode: {2}.",
          whole(found.length),
          name,
          shown(found),
        );
  const allowed =
    borrowable.length === 0
      ? l10n.t("Isolated collateral stands alone, and nothing may be owed against it.")
      : l10n.t("Isolated collateral stands alone, and {0} may be owed against it.", list(borrowable));
  const message = sentences(what, allowed, l10n.t("Check the book, or the market's isolation."));
  const witness = { accounts: found.length };
  return [atBook(file, name, { rule: "isolation-mode", severity: "error", message, witness })];
}

function siloedFindings(
  file: RiskFile,
  name: string,
  siloed: readonly string[],
  holders: readonly Holder[],
): Finding[] {
  const found = holders.flatMap(({ account, owed }) =>
    owed.size > 1 && siloed.some((asset) => owed.has(asset))
      ? [l10n.t("{0} owes {1}", account, list([...owed.keys()]))]
      : [],
  );
  if (found.length === 0) return [];
  const what =
    found.length === 1
      ? l10n.t("1 account of book {0} owes a siloed asset beside others: {1}.", name, found[0])
      : l10n.t(
          "{0} accounts of book {1} owe a siloed asset beside others: {2}.",
          whole(found.length),
          name,
          shown(found),
        );
  const message = sentences(
    what,
    l10n.t("{0} may only be owed alone.", list(siloed)),
    l10n.t("Check the book, or the market's siloed reserves."),
  );
  const witness = { accounts: found.length };
  return [atBook(file, name, { rule: "siloed-debt", severity: "error", message, witness })];
}

function ceilingFindings(market: string, isolation: Isolation, holders: readonly Holder[]): Finding[] {
  return Object.entries(isolation.debtCeilings).flatMap(([asset, ceiling]): Finding[] => {
    let debt = 0;
    for (const holder of holders) {
      if (isolatedIn(isolation, holder) !== asset) continue;
      for (const value of holder.owed.values()) debt += value;
    }
    if (debt <= ceiling) return [];
    const path = ["markets", market, "isolation", "debtCeilings", asset];
    const message = l10n.t(
      "The books owe {0} against {1}, above its ceiling of {2}. Interest may lead there; new loans cannot. Raise the ceiling, or check the books.",
      figure(debt),
      asset,
      figure(ceiling),
    );
    return [{ rule: "debt-ceiling", severity: "warning", path, message, witness: { debt, ceiling } }];
  });
}

function shown(found: readonly string[]): string {
  return firstOfAll(found.slice(0, SHOWN), found.length, "; ");
}

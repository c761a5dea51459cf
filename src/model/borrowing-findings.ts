import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import type { Asset, LendingTerms } from "../engine/model";
import type { CanonicalBook } from "./canonical-book";
import { bookPlace } from "./places";
import { count, figure, list } from "./text";

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
    if (holder.held.length > 1) return [`${holder.account} has ${list(holder.held)}`];
    const wrong = [...holder.owed.keys()].filter((asset) => !borrowable.includes(asset));
    return wrong.length === 0 ? [] : [`${holder.account} owes ${list(wrong)} against ${isolated}`];
  });
  if (found.length === 0) return [];
  const owable = borrowable.length === 0 ? "nothing" : list(borrowable);
  const message = `${count(found.length, "account")} of book ${name} ${found.length === 1 ? "breaks" : "break"} isolation mode: ${shown(found)}. Isolated collateral stands alone, and ${owable} may be owed against it. Check the book, or the market's isolation.`;
  return [finding(file, name, "isolation-mode", message, found.length)];
}

function siloedFindings(
  file: RiskFile,
  name: string,
  siloed: readonly string[],
  holders: readonly Holder[],
): Finding[] {
  const found = holders.flatMap(({ account, owed }) =>
    owed.size > 1 && siloed.some((asset) => owed.has(asset))
      ? [`${account} owes ${list([...owed.keys()])}`]
      : [],
  );
  if (found.length === 0) return [];
  const message = `${count(found.length, "account")} of book ${name} ${found.length === 1 ? "owes" : "owe"} a siloed asset beside others: ${shown(found)}. ${list(siloed)} may only be owed alone. Check the book, or the market's siloed reserves.`;
  return [finding(file, name, "siloed-debt", message, found.length)];
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
    const message = `The books owe ${figure(debt)} against ${asset}, above its ceiling of ${figure(ceiling)}. Interest may lead there; new loans cannot. Raise the ceiling, or check the books.`;
    return [{ rule: "debt-ceiling", severity: "warning", path, message, witness: { debt, ceiling } }];
  });
}

function finding(file: RiskFile, name: string, rule: string, message: string, accounts: number): Finding {
  return { rule, severity: "error", ...bookPlace(name, file.books![name]), message, witness: { accounts } };
}

function shown(found: readonly string[]): string {
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
  return `${found.slice(0, SHOWN).join("; ")}${more}`;
}

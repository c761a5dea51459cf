import { accountId } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Place } from "../dsl/problem";
import type { Listing } from "../engine/markets/rule-set";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { CanonicalBook, Duplicate } from "./canonical-book";
import { listingsOf } from "./listings";
import { emodesOf } from "./load";
import { bookPlace } from "./places";
import { count, list } from "./text";

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

function placeOf(file: RiskFile, name: string) {
  return bookPlace(name, file.books![name]);
}

function duplicates(file: RiskFile, name: string, joined: CanonicalBook, source: number): Finding[] {
  const found = joined.duplicates.filter((duplicate) => duplicate.source === source);
  if (found.length === 0) return [];
  const first = found
    .slice(0, SHOWN)
    .map(({ account, asset, side, times }) => `${account} ${asset} ${side} (${times} times)`);
  const what = `${count(found.length, "holding")} of book ${name} ${found.length === 1 ? "is" : "are"} listed more than once and summed`;
  const message = `${what}: ${shown(first, found.length)}. Join the rows of the same account, asset and side if they are one holding.`;
  return [
    {
      rule: "duplicate-position",
      severity: "warning",
      ...duplicatePlace(file, name, found[0]),
      message,
      witness: { holdings: found.length },
    },
  ];
}

/** In a list, the last of the first holding's positions. */
function duplicatePlace(file: RiskFile, name: string, { account, asset, side }: Duplicate): Place {
  const { positions = [] } = file.books![name];
  const index = positions.findLastIndex(
    (each) => accountId(each.account) === account && each.asset === asset && each.side === side,
  );
  return index < 0 ? placeOf(file, name) : { path: ["books", name, "positions", index] };
}

function zeros(file: RiskFile, name: string, positions: number): Finding[] {
  if (positions === 0) return [];
  const message = `${count(positions, "position")} of book ${name} ${positions === 1 ? "has" : "have"} amount 0 and ${positions === 1 ? "is" : "are"} left out.`;
  return [leftOut(file, name, "zero-amount", message, { positions })];
}

function unused(file: RiskFile, name: string, holdings: number): Finding[] {
  if (holdings === 0) return [];
  const [are, they, carry] = holdings === 1 ? ["is", "it", "carries"] : ["are", "they", "carry"];
  const message = `${count(holdings, "holding")} of book ${name} ${are} supplied but not turned on as collateral, and ${are} left out: ${they} ${carry} no debt and cannot be seized.`;
  return [leftOut(file, name, "not-collateral", message, { holdings })];
}

/** What is left out by rights is said all the same. */
function leftOut(
  file: RiskFile,
  name: string,
  rule: string,
  message: string,
  witness: Finding["witness"],
): Finding {
  return { rule, severity: "information", ...placeOf(file, name), message, witness };
}

function conflicts(file: RiskFile, name: string, joined: CanonicalBook, source: number): Finding[] {
  const found = joined.conflicts.filter((conflict) => conflict.source === source);
  if (found.length === 0) return [];
  const first = found.slice(0, SHOWN).map(({ account, emodes }) => `${account} in ${list(emodes)}`);
  const message = `${count(found.length, "account")} of book ${name} ${found.length === 1 ? "is" : "are"} in more than one E-mode: ${shown(first, found.length)}. An account can be in one E-mode.`;
  return [
    {
      rule: "emode-conflict",
      severity: "error",
      ...placeOf(file, name),
      message,
      witness: { accounts: found.length },
    },
  ];
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
      if (book.side[leg] === 1 && !emode.borrowable.includes(asset)) return [`${account} owes ${asset}`];
    }
    return [];
  });
  if (found.length === 0) return [];
  const message = `${count(found.length, "account")} of book ${name} ${found.length === 1 ? "owes" : "owe"} what the account's E-mode does not let it borrow: ${shown(found.slice(0, SHOWN), found.length)}. Check the E-mode column, or the E-mode's borrowable assets.`;
  return [
    {
      rule: "emode-debt",
      severity: "error",
      ...placeOf(file, name),
      message,
      witness: { accounts: found.length },
    },
  ];
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
      return side === undefined || side === has ? [] : [`${account} has ${asset} as ${has}`];
    });
  });
  if (found.length === 0) return [];
  const message = `${count(found.length, "holding")} of book ${name} ${found.length === 1 ? "is" : "are"} on a side that market ${market} does not have: ${shown(found.slice(0, SHOWN), found.length)}. ${sidesOf(listings)}`;
  return [
    {
      rule: "wrong-side",
      severity: "error",
      ...placeOf(file, name),
      message,
      witness: { holdings: found.length },
    },
  ];
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
  const message = `${count(found.length, "account")} of book ${name} ${found.length === 1 ? "has" : "have"} more than one collateral, and a vault of market ${market} has one: ${shown(found.slice(0, SHOWN), found.length)}. Give each collateral an account of its own, with the debt it carries.`;
  return [
    {
      rule: "several-collaterals",
      severity: "error",
      ...placeOf(file, name),
      message,
      witness: { accounts: found.length },
    },
  ];
}

function sidesOf(listings: readonly Listing[]): string {
  const on = (side: Listing["side"]) =>
    list(listings.filter((each) => each.side === side).map((each) => each.asset));
  return `${on("collateral")} can be collateral, ${on("debt")} can be owed.`;
}

function shown(first: readonly string[], total: number): string {
  return total > first.length ? `${first.join(", ")} and ${total - first.length} more` : first.join(", ");
}

import type { Position } from "../data/positions";
import type { Steps } from "../dsl/steps";
import type { Book } from "../engine/model";

/** One book of the file, as read or drawn. */
export interface Source {
  readonly name: string;
  readonly positions: readonly Position[];
}

export interface Duplicate {
  readonly source: number;
  readonly account: string;
  readonly asset: string;
  readonly side: "collateral" | "debt";
  /** Times the same holding is listed. */
  readonly times: number;
}

/** An account that is in two E-modes at once. */
export interface EmodeConflict {
  readonly source: number;
  readonly account: string;
  readonly emodes: readonly string[];
}

export interface CanonicalBook {
  readonly book: Book;
  /** By account, the first source it is in. */
  readonly source: Int32Array;
  readonly duplicates: readonly Duplicate[];
  readonly conflicts: readonly EmodeConflict[];
  /** By source, positions of amount 0: they are left out. */
  readonly zeros: Int32Array;
  /** By source, supplied holdings that are not collateral: they are left out. */
  readonly unused: Int32Array;
}

/** Rows by account, and by source how many are left out. */
interface Grouped {
  readonly byAccount: Map<string, Row[]>;
  readonly zeros: Int32Array;
  readonly unused: Int32Array;
}

interface Row {
  readonly position: Position;
  readonly source: number;
  /** Orders an account's legs: collateral before debt, then by reserve. */
  readonly leg: number;
}

/**
 * Joins all positions of a market into one book, in an order that depends on nothing but the positions.
 * The same account, asset and side more than once is summed. Stops after each position and each account.
 * @param reserves assets of the market in order of its reserves
 * @param emodes names of the market's E-modes in order
 */
export function* canonicalBook(
  sources: readonly Source[],
  reserves: readonly string[],
  emodes: readonly string[],
): Steps<CanonicalBook> {
  const { byAccount, zeros, unused } = yield* group(sources, reserves);
  const accounts = [...byAccount.keys()].sort();
  yield;
  const rows: Row[][] = [];
  const legs: Row[][][] = [];
  for (const account of accounts) {
    const own = byAccount.get(account)!.sort(compareRows);
    rows.push(own);
    legs.push(legsOf(own));
    yield;
  }
  const emodesOf = rows.map(distinctEmodes);
  const all = legs.flat();
  yield;
  const book: Book = {
    accounts,
    emode: Int16Array.from(emodesOf, ([emode]) => (emode === undefined ? -1 : emodes.indexOf(emode))),
    first: offsets(legs.map((list) => list.length)),
    reserve: Int16Array.from(all, ([row]) => row.leg % reserves.length),
    side: Uint8Array.from(all, ([row]) => (row.position.side === "debt" ? 1 : 0)),
    amount: Float64Array.from(all, (leg) => leg.reduce((sum, row) => sum + row.position.amount, 0)),
  };
  yield;
  return {
    book,
    source: Int32Array.from(rows, (list) =>
      list.reduce((least, row) => Math.min(least, row.source), sources.length),
    ),
    duplicates: all.filter((leg) => leg.length > 1).map(duplicateOf),
    conflicts: accounts.flatMap((account, i) =>
      emodesOf[i].length < 2 ? [] : [{ source: latest(rows[i]), account, emodes: emodesOf[i] }],
    ),
    zeros,
    unused,
  };
}

/** The book without some of its accounts. */
export function withoutAccounts(book: Book, leftOut: ReadonlySet<number>): Book {
  const kept = book.accounts.map((_, i) => i).filter((i) => !leftOut.has(i));
  const legs = kept.flatMap((i) => range(book.first[i], book.first[i + 1]));
  return {
    accounts: kept.map((i) => book.accounts[i]),
    emode: Int16Array.from(kept, (i) => book.emode[i]),
    first: offsets(kept.map((i) => book.first[i + 1] - book.first[i])),
    reserve: Int16Array.from(legs, (leg) => book.reserve[leg]),
    side: Uint8Array.from(legs, (leg) => book.side[leg]),
    amount: Float64Array.from(legs, (leg) => book.amount[leg]),
  };
}

function* group(sources: readonly Source[], reserves: readonly string[]): Steps<Grouped> {
  const indexOf = new Map(reserves.map((asset, i) => [asset, i]));
  const zeros = new Int32Array(sources.length);
  const unused = new Int32Array(sources.length);
  const byAccount = new Map<string, Row[]>();
  for (const [source, { positions }] of sources.entries()) {
    for (const position of positions) {
      yield;
      if (position.amount === 0) {
        zeros[source]++;
        continue;
      }
      if (position.asCollateral === false) {
        unused[source]++;
        continue;
      }
      const row = { position, source, leg: legOf(position, indexOf, reserves.length) };
      const known = byAccount.get(position.account);
      if (known) known.push(row);
      else byAccount.set(position.account, [row]);
    }
  }
  return { byAccount, zeros, unused };
}

function legOf(
  { asset, side }: Position,
  indexOf: ReadonlyMap<string, number>,
  reserveCount: number,
): number {
  return (side === "debt" ? reserveCount : 0) + (indexOf.get(asset) ?? 0);
}

/** By amount too, because a sum of doubles depends on its order. */
function compareRows(a: Row, b: Row): number {
  return a.leg - b.leg || a.position.amount - b.position.amount;
}

/** Splits an account's sorted rows into its legs. */
function legsOf(sorted: readonly Row[]): Row[][] {
  const legs: Row[][] = [];
  for (const row of sorted) {
    const last = legs.at(-1);
    if (last && last[0].leg === row.leg) last.push(row);
    else legs.push([row]);
  }
  return legs;
}

function distinctEmodes(rows: readonly Row[]): string[] {
  const named = rows.flatMap(({ position }) => position.emode ?? []);
  return named.length < 2 ? named : [...new Set(named)].sort();
}

function duplicateOf(leg: readonly Row[]): Duplicate {
  const { account, asset, side } = leg[0].position;
  return { source: latest(leg), account, asset, side, times: leg.length };
}

function latest(rows: readonly Row[]): number {
  return rows.reduce((most, row) => Math.max(most, row.source), 0);
}

function offsets(lengths: readonly number[]): Int32Array {
  const first = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    first[i + 1] = first[i] + length;
  });
  return first;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

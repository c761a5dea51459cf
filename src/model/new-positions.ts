import type { Position } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import type { Listing } from "../engine/markets/rule-set";
import { exp } from "../engine/math/exp";
import { mostLentOn } from "./account-terms";
import type { Source } from "./canonical-book";
import { drawBeta, drawFor, drawNormal, Purpose, pick, shares } from "./draws";
import { accountName } from "./generated-book";
import { listingsOf } from "./listings";
import { nothingToFill, stoppedBorrowing } from "./new-positions-findings";

type Market = NonNullable<RiskFile["markets"]>[string];
type Book = NonNullable<RiskFile["books"]>[string];

/** Units by reserve. */
export interface Totals {
  readonly supplied: Float64Array;
  readonly borrowed: Float64Array;
}

/** How far a reserve is from its target: what is supplied now, and is to be in the end. Units. */
export interface Room {
  readonly book: string;
  readonly asset: string;
  readonly reserve: number;
  readonly now: number;
  readonly target: number;
}

/** What stops new debts of a reserve: a bound on what may be owed in all, and what is owed now. Units. */
export interface Stop {
  readonly by: "borrowCap" | "liquidity";
  readonly bound: number;
  readonly owed: number;
}

/** An account that supplies and borrows; units. */
interface Loan {
  readonly room: Room;
  readonly index: number;
  readonly owed: number;
  readonly amount: number;
  readonly debt: number;
}

export interface NewPositions {
  /** By book that fills reserves. */
  readonly positions: ReadonlyMap<string, readonly Position[]>;
  /** What all of them add to the market's totals. */
  readonly added: Totals;
  readonly findings: readonly Finding[];
}

interface Opening {
  readonly file: RiskFile;
  readonly market: string;
  /** Oracle prices by reserve, in the market's unit. */
  readonly price: Float64Array;
  /** What the market's other books have. */
  readonly sources: readonly Source[];
}

/** Protocols round a new loan so that it stays within what is lent on its collateral; doubles are given this much room. */
const ROUNDING = 1e-9;
const DEFAULT = { count: 100, spread: 0, seed: 1 };

/**
 * Opens the positions that fill a market's reserves: the difference between target and what is supplied now, in
 * accounts that borrow against it. Where all of them together would owe more of an asset than its borrow cap or what
 * can be lent of it allows, every account that owes it is smaller by the same factor, at the same loan-to-value: the
 * rest is supplied by accounts without a loan, which no book needs.
 */
export function openNewPositions(opening: Opening): NewPositions {
  const { file, market } = opening;
  const entry = file.markets![market];
  const listings = listingsOf(entry);
  const books = fillingBooks(file, market);
  if (books.length === 0) return { positions: new Map(), added: noTotals(listings.length), findings: [] };
  const held = heldBy(opening.sources, listings);
  const rooms = books.flatMap((name) => roomsOf(name, file.books![name], listings, held.supplied));
  const loans = rooms.flatMap((room) =>
    loansIn(room, file.books![room.book], entry, opening.price, listings),
  );
  const added = noTotals(listings.length);
  for (const room of rooms) added.supplied[room.reserve] += sizeOf(room);
  const wanted = new Float64Array(listings.length);
  for (const { owed, debt } of loans) wanted[owed] += debt;
  const stops = listings.map((listing, reserve) => stopOf(listing, reserve, held, added.supplied));
  const factor = stops.map((stop, reserve) => factorOf(stop, wanted[reserve]));
  for (const { owed, debt } of loans) added.borrowed[owed] += debt * factor[owed];
  return {
    positions: new Map(
      books.map((name) => [name, positionsOf(name, file.books![name], loans, factor, listings)]),
    ),
    added,
    findings: [
      ...rooms.filter((room) => sizeOf(room) === 0).map(nothingToFill),
      ...books.flatMap((name) => {
        const own = new Float64Array(listings.length);
        for (const { room, owed, debt } of loans) if (room.book === name) own[owed] += debt;
        return stoppedBorrowing(file, name, listings, { own, stops, factor });
      }),
    ],
  };
}

/** In order of name, so that the order in the file does not change a sum. */
function fillingBooks({ books = {} }: RiskFile, market: string): string[] {
  return Object.keys(books)
    .filter((name) => books[name].market === market && books[name].fill !== undefined)
    .sort();
}

/** What the entry says that there is in all, else what the books have. */
function heldBy(sources: readonly Source[], listings: readonly Listing[]): Totals {
  const indexOf = new Map(listings.map(({ asset }, reserve) => [asset, reserve]));
  const amounts = { collateral: listings.map((): number[] => []), debt: listings.map((): number[] => []) };
  for (const { positions } of sources)
    for (const { asset, side, amount } of positions) amounts[side][indexOf.get(asset) ?? -1]?.push(amount);
  const { collateral, debt } = amounts;
  return {
    supplied: Float64Array.from(listings, ({ supplied }, i) => supplied ?? sum(collateral[i])),
    borrowed: Float64Array.from(listings, ({ borrowed }, i) => borrowed ?? sum(debt[i])),
  };
}

/** In order of size: a sum of doubles depends on its order. */
function sum(amounts: readonly number[]): number {
  return Float64Array.from(amounts)
    .sort()
    .reduce((total, amount) => total + amount, 0);
}

function roomsOf(name: string, book: Book, listings: readonly Listing[], supplied: Float64Array): Room[] {
  return Object.keys(book.fill ?? {})
    .sort()
    .map((asset) => {
      const reserve = listings.findIndex((listing) => listing.asset === asset);
      const now = supplied[reserve];
      const written = book.fill![asset];
      const target = written === "supplyCap" ? (listings[reserve].supplyCap?.value ?? now) : written;
      return { book: name, asset, reserve, now, target };
    });
}

function sizeOf({ now, target }: Room): number {
  return Math.max(0, target - now);
}

function loansIn(
  room: Room,
  { newPositions }: Book,
  market: Market,
  price: Float64Array,
  listings: readonly Listing[],
): Loan[] {
  if (!newPositions || sizeOf(room) === 0) return [];
  const { count = DEFAULT.count, spread = DEFAULT.spread, seed = DEFAULT.seed, beta } = newPositions;
  const { debt, debts = { [debt!]: 1 }, loanToValue, emode } = newPositions;
  const owed = shares(debts);
  const most = loanToValue === "max" ? (mostLentOn(market, room.asset, emode)?.value ?? 0) : loanToValue;
  const draws = Array.from({ length: count }, (_, i) => drawFor(seed, i));
  const sizes = draws.map((draw) => (spread === 0 ? 1 : exp(spread * drawNormal(draw, Purpose.size))));
  const unit = sizeOf(room) / sizes.reduce((total, size) => total + size, 0);
  return draws.map((draw, index) => {
    const reserve = listings.findIndex(({ asset }) => asset === pick(owed, (index + 0.5) / count));
    const ratio = most * (beta ? drawBeta(draw, beta[0], beta[1]) : 1) * (1 - ROUNDING);
    const amount = unit * sizes[index];
    return {
      room,
      index,
      owed: reserve,
      amount,
      debt: (amount * price[room.reserve] * ratio) / price[reserve],
    };
  });
}

/** Of the borrow cap and of what is supplied, which new supply adds to, the one that is reached first. */
function stopOf(
  { borrowCap, supplied, borrowed, lentReserves = 0 }: Listing,
  reserve: number,
  held: Totals,
  newSupply: Float64Array,
): Stop | undefined {
  const owed = held.borrowed[reserve];
  const stops: Stop[] = [];
  if (borrowCap?.value !== undefined) stops.push({ by: "borrowCap", bound: borrowCap.value, owed });
  if (supplied !== undefined && borrowed !== undefined)
    stops.push({ by: "liquidity", bound: supplied + lentReserves + newSupply[reserve], owed });
  return stops.sort((a, b) => a.bound - b.bound)[0];
}

/** The share of the wanted debts that are lent. */
function factorOf(stop: Stop | undefined, wanted: number): number {
  if (!stop || wanted === 0) return 1;
  return Math.min(1, Math.max(0, stop.bound - stop.owed) / wanted);
}

function positionsOf(
  name: string,
  { newPositions }: Book,
  loans: readonly Loan[],
  factor: readonly number[],
  listings: readonly Listing[],
): Position[] {
  const own = loans.filter(({ room, owed }) => room.book === name && factor[owed] > 0);
  const emode = newPositions?.emode;
  return own.flatMap(({ room, index, owed, amount, debt }): Position[] => {
    const account = `${accountName(name, index)}-${room.asset}`;
    return [
      { account, asset: room.asset, side: "collateral", amount: amount * factor[owed], emode },
      { account, asset: listings[owed].asset, side: "debt", amount: debt * factor[owed], emode },
    ];
  });
}

function noTotals(reserves: number): Totals {
  return { supplied: new Float64Array(reserves), borrowed: new Float64Array(reserves) };
}

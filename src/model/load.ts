import { readAccounts } from "../data/accounts";
import { assetLookup } from "../data/asset-names";
import { type Positions, readPositions } from "../data/positions";
import { type Quotes, readQuotes } from "../data/quotes";
import { readTicks, type Ticks } from "../data/ticks";
import { FileProblem, type Workspace } from "../data/workspace";
import type { RiskFile } from "../dsl/parse";
import { listingsOf } from "./listings";
import { startPrice } from "./prices";

/** What the data files hold, or why one cannot be used. */
export interface Tables {
  /** By book, for the books from a file. */
  readonly positions: Readonly<Record<string, Positions | FileProblem>>;
  /** By venue, for the venues from a file of quotes. */
  readonly quotes: Readonly<Record<string, Quotes | FileProblem>>;
  /** By venue, for the venues from a file of ticks, if there are any. */
  readonly ticks?: Readonly<Record<string, Ticks | FileProblem>>;
}

/** The table of a book or venue; undefined when it names no file, or one that cannot be used. */
export function tableOf<Table>(
  tables: Readonly<Record<string, Table | FileProblem>> = {},
  name: string,
): Table | undefined {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  return table instanceof FileProblem ? undefined : table;
}

/** Reads the data files that a risk file names. Never rejects for a bad file: its problem stands in its place. */
export async function loadTables(file: RiskFile, workspace: Workspace): Promise<Tables> {
  const [positions, quotes, ticks] = await Promise.all([
    loadPositions(file, workspace),
    loadQuotes(file, workspace),
    load(venuesOf(file, "concentrated"), workspace, readTicks),
  ]);
  return { positions, quotes, ticks };
}

function loadPositions(file: RiskFile, workspace: Workspace): Promise<Tables["positions"]> {
  const asset = assetLookup(file.assets);
  const markets = Object.keys(file.markets ?? {});
  const priced = (name: string) => ({ asset: name, price: startPrice(file.assets, name) ?? Number.NaN });
  return load(file.books ?? {}, workspace, (bytes, { market: name, collateral, debt }) => {
    const market = file.markets?.[name];
    const emodes = Object.keys(emodesOf(market));
    if (collateral !== undefined && debt !== undefined) {
      return readAccounts(bytes, {
        collateral: priced(collateral),
        debt: priced(debt),
        market: name,
        markets,
        emodes,
      });
    }
    return readPositions(bytes, {
      asset,
      market: name,
      markets,
      reserves: listingsOf(market).map((each) => each.asset),
      emodes,
    });
  });
}

function loadQuotes(file: RiskFile, workspace: Workspace): Promise<Tables["quotes"]> {
  const asset = assetLookup(file.assets);
  const decimals = (name: string) => file.assets[name].decimals ?? 18;
  return load(venuesOf(file, "quotes"), workspace, (bytes, { pair: [traded, quote] }) =>
    readQuotes(bytes, { asset, decimals, traded, quote }),
  );
}

function venuesOf({ venues = {} }: RiskFile, model: Venue["model"]): Record<string, Venue> {
  return Object.fromEntries(Object.entries(venues).filter(([, venue]) => venue.model === model));
}

async function load<Entry extends object, Table>(
  entries: Readonly<Record<string, Entry>>,
  workspace: Workspace,
  read: (bytes: Uint8Array, entry: Entry) => Table,
): Promise<Record<string, Table | FileProblem>> {
  const loaded = Object.entries(entries).map(async ([name, entry]) => {
    const path = "file" in entry && typeof entry.file === "string" ? entry.file : undefined;
    return path === undefined
      ? []
      : [[name, await readTable(workspace, path, (bytes) => read(bytes, entry))] as const];
  });
  return Object.fromEntries((await Promise.all(loaded)).flat());
}

async function readTable<Table>(
  workspace: Workspace,
  path: string,
  read: (bytes: Uint8Array) => Table,
): Promise<Table | FileProblem> {
  try {
    return read(await workspace.read(path));
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
  }
}

type Market = NonNullable<RiskFile["markets"]>[string];
type Venue = NonNullable<RiskFile["venues"]>[string];

/** The market's E-modes by name; none where its rules have none. */
export function emodesOf(market: Market | undefined) {
  return (market && "emodes" in market && market.emodes) || {};
}

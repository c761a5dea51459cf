import * as l10n from "@vscode/l10n";
import { type CsvRow, readCsv } from "./csv";
import { amountReason, readAmount } from "./number";
import type { Rejected } from "./rejected";

/** One holding of one account, amount in units of the asset. */
export interface Position {
  readonly account: string;
  readonly asset: string;
  readonly side: "collateral" | "debt";
  readonly amount: number;
  readonly emode?: string;
  /** False where the owner has not turned it on as collateral. */
  readonly asCollateral?: boolean;
}

export interface Positions {
  readonly positions: readonly Position[];
  readonly rejected: readonly Rejected[];
  /** Rows of the file, the rejected ones included. */
  readonly rowCount: number;
  readonly unknownColumns: readonly string[];
  /** Rows about other markets of the risk file. */
  readonly otherMarkets: number;
  /** Health factors that the file states, of the accounts that have one. */
  readonly stated?: readonly StatedHealth[];
}

/** What a file says of an account's health. Values are in the numeraire. */
export interface StatedHealth {
  readonly account: string;
  readonly health: number;
  readonly collateral: number;
  readonly debt: number;
  readonly emode?: string;
}

/** What a positions file may name. */
export interface PositionNames {
  /** The asset a cell names, if it is one of the risk file's. */
  readonly asset: (text: string) => string | undefined;
  /** The market that positions are read of, and all of the risk file's. */
  readonly market: string;
  readonly markets: readonly string[];
  readonly reserves: readonly string[];
  readonly emodes: readonly string[];
}

/** What dashboards call the account. */
export const ACCOUNT_ALIASES = ["user_address", "user", "address"];

type Column = "account" | "asset" | "side" | "amount" | "market" | "emode" | "as_collateral";

/**
 * Reads positions in the long form: a CSV file with the columns account, asset, side, amount and optionally
 * market, emode and as_collateral. Every row is a position, in `rejected`, or of another market.
 * @throws FileProblem when the file as a whole cannot be used
 */
export function readPositions(bytes: Uint8Array, names: PositionNames): Positions {
  const csv = readCsv<Column>(bytes, {
    required: ["account", "asset", "side", "amount"],
    optional: ["market", "emode", "as_collateral"],
    aliases: { account: ACCOUNT_ALIASES, asset: ["symbol"] },
  });
  const positions: Position[] = [];
  const rejected = [...csv.rejected];
  const { own, otherMarkets } = rowsOf(csv, names);
  for (const row of own) {
    const read = readRow(row, csv.column, names);
    if ("reason" in read) rejected.push(read);
    else positions.push(read);
  }
  return {
    positions,
    rejected,
    rowCount: csv.rows.length + csv.rejected.length,
    unknownColumns: csv.unknownColumns,
    otherMarkets,
  };
}

/** A file may serve several markets: each takes the rows that name it, or no market. */
export function rowsOf<Column extends "market">(
  { rows, column }: { readonly rows: readonly CsvRow[]; readonly column: Readonly<Record<Column, number>> },
  { market, markets }: Pick<PositionNames, "market" | "markets">,
): { own: CsvRow[]; otherMarkets: number } {
  const others = new Set(markets.filter((each) => each !== market));
  const own = rows.filter(({ cells }) => !others.has(cells[column["market" as Column]] ?? ""));
  return { own, otherMarkets: rows.length - own.length };
}

/** The reason against a row of `isUnknownMarket`. */
export function unknownMarket(): string {
  return l10n.t("the market is not one of this file's markets");
}

/** Whether a row names a market that the risk file does not have. */
export function isUnknownMarket(cell: string, market: string): boolean {
  return cell !== "" && cell !== market;
}

function readRow(row: CsvRow, column: Record<Column, number>, names: PositionNames): Position | Rejected {
  const reject = (reason: string, found?: string): Rejected => ({ line: row.line, reason, found });
  const cell = (name: Column) => row.cells[column[name]] ?? "";
  if (cell("account") === "") return reject(l10n.t("the account is empty"));
  if (isUnknownMarket(cell("market"), names.market)) return reject(unknownMarket(), cell("market"));
  const asset = names.asset(cell("asset"));
  if (asset === undefined) return reject(l10n.t("the asset is not one of this file's assets"), cell("asset"));
  if (!names.reserves.includes(asset))
    return reject(l10n.t("the asset is not a reserve of market {0}", names.market), cell("asset"));
  const side = cell("side").toLowerCase();
  if (side !== "collateral" && side !== "debt")
    return reject(l10n.t("the side is not collateral or debt"), cell("side"));
  const amount = readAmount(cell("amount"));
  if (typeof amount === "string") return reject(amountReason(l10n.t("the amount"), amount), cell("amount"));
  const emode = cell("emode") || undefined;
  if (emode !== undefined && !names.emodes.includes(emode)) {
    return reject(l10n.t("the E-mode is not one of market {0}'s", names.market), emode);
  }
  const flag = FLAGS.get(cell("as_collateral").toLowerCase());
  if (flag === undefined) return reject(l10n.t("as_collateral is not true or false"), cell("as_collateral"));
  const isOff = side === "collateral" && !flag;
  return {
    account: accountId(cell("account")),
    asset,
    side,
    amount,
    emode,
    ...(isOff && { asCollateral: false }),
  };
}

const FLAGS = new Map([
  ["", true],
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** Addresses are the same account in any case; other names are taken as they are written. */
export function accountId(text: string): string {
  return /^0x[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : text;
}

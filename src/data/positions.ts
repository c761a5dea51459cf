import { type CsvRow, readCsv } from "./csv";
import { readAmount } from "./number";
import type { Rejected } from "./rejected";

/** One holding of one account, amount in units of the asset. */
export interface Position {
  readonly account: string;
  readonly asset: string;
  readonly side: "collateral" | "debt";
  readonly amount: number;
  readonly emode?: string;
}

export interface Positions {
  readonly positions: readonly Position[];
  readonly rejected: readonly Rejected[];
  /** Rows of the file, the rejected ones included. */
  readonly rowCount: number;
  readonly unknownColumns: readonly string[];
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
  readonly market: string;
  readonly reserves: readonly string[];
  readonly emodes: readonly string[];
}

/** What dashboards call the account. */
export const ACCOUNT_ALIASES = ["user_address", "user", "address"];

type Column = "account" | "asset" | "side" | "amount" | "emode";

/**
 * Reads positions in the long form: a CSV file with the columns account, asset, side, amount and optionally emode.
 * Every row is either a position or in `rejected`.
 * @throws FileProblem when the file as a whole cannot be used
 */
export function readPositions(bytes: Uint8Array, names: PositionNames): Positions {
  const csv = readCsv<Column>(bytes, {
    required: ["account", "asset", "side", "amount"],
    optional: ["emode"],
    aliases: { account: ACCOUNT_ALIASES, asset: ["symbol"] },
  });
  const positions: Position[] = [];
  const rejected = [...csv.rejected];
  for (const row of csv.rows) {
    const read = readRow(row, csv.column, names);
    if ("reason" in read) rejected.push(read);
    else positions.push(read);
  }
  return {
    positions,
    rejected,
    rowCount: csv.rows.length + csv.rejected.length,
    unknownColumns: csv.unknownColumns,
  };
}

function readRow(row: CsvRow, column: Record<Column, number>, names: PositionNames): Position | Rejected {
  const reject = (reason: string, found?: string): Rejected => ({ line: row.line, reason, found });
  const cell = (name: Column) => row.cells[column[name]] ?? "";
  if (cell("account") === "") return reject("the account is empty");
  const asset = names.asset(cell("asset"));
  if (asset === undefined) return reject("the asset is not one of this file's assets", cell("asset"));
  if (!names.reserves.includes(asset))
    return reject(`the asset is not a reserve of market ${names.market}`, cell("asset"));
  const side = cell("side").toLowerCase();
  if (side !== "collateral" && side !== "debt")
    return reject("the side is not collateral or debt", cell("side"));
  const amount = readAmount(cell("amount"));
  if (typeof amount === "string") return reject(`the amount ${amount}`, cell("amount"));
  const emode = cell("emode") || undefined;
  if (emode !== undefined && !names.emodes.includes(emode)) {
    return reject(`the E-mode is not one of market ${names.market}'s`, emode);
  }
  return { account: accountId(cell("account")), asset, side, amount, emode };
}

/** Addresses are the same account in any case; other names are taken as they are written. */
export function accountId(text: string): string {
  return /^0x[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : text;
}

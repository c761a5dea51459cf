import * as l10n from "@vscode/l10n";
import { type CsvRow, readCsv } from "./csv";
import { amountReason, readAmount } from "./number";
import {
  ACCOUNT_ALIASES,
  accountId,
  isUnknownMarket,
  type Position,
  type Positions,
  rowsOf,
  type StatedHealth,
  unknownMarket,
} from "./positions";
import type { Rejected } from "./rejected";

/** What an accounts file is about: one collateral and one debt, with their prices in the numeraire. */
export interface AccountNames {
  readonly collateral: Priced;
  readonly debt: Priced;
  readonly market: string;
  readonly markets: readonly string[];
  readonly emodes: readonly string[];
}

export interface Priced {
  readonly asset: string;
  readonly price: number;
}

type Column = "account" | "collateral_value" | "debt_value" | "health_factor" | "market" | "emode";

interface Account {
  readonly positions: readonly Position[];
  readonly stated?: StatedHealth;
}

/**
 * Reads positions in the per-account form: a CSV file with the columns account, collateral_value, debt_value and
 * optionally health_factor, market and emode. Values become amounts at the prices given; a health factor is only kept to be
 * compared. Every row is an account, in `rejected`, or of another market.
 * @throws FileProblem when the file as a whole cannot be used
 */
export function readAccounts(bytes: Uint8Array, names: AccountNames): Positions {
  const csv = readCsv<Column>(bytes, {
    required: ["account", "collateral_value", "debt_value"],
    optional: ["health_factor", "market", "emode"],
    aliases: {
      account: ACCOUNT_ALIASES,
      collateral_value: ["total_collateral_usd", "collateral_usd"],
      debt_value: ["total_debt_usd", "debt_usd"],
    },
  });
  const accounts: Account[] = [];
  const rejected = [...csv.rejected];
  const { own, otherMarkets } = rowsOf(csv, names);
  for (const row of own) {
    const read = readRow(row, csv.column, names);
    if ("reason" in read) rejected.push(read);
    else accounts.push(read);
  }
  return {
    positions: accounts.flatMap(({ positions }) => positions),
    stated: accounts.flatMap(({ stated }) => stated ?? []),
    rejected,
    rowCount: csv.rows.length + csv.rejected.length,
    unknownColumns: csv.unknownColumns,
    otherMarkets,
  };
}

function readRow(row: CsvRow, column: Record<Column, number>, names: AccountNames): Account | Rejected {
  const reject = (reason: string, found?: string): Rejected => ({ line: row.line, reason, found });
  const cell = (name: Column) => row.cells[column[name]] ?? "";
  if (cell("account") === "") return reject(l10n.t("the account is empty"));
  if (isUnknownMarket(cell("market"), names.market)) return reject(unknownMarket(), cell("market"));
  const collateral = readAmount(cell("collateral_value"));
  if (typeof collateral === "string")
    return reject(amountReason(l10n.t("the collateral value"), collateral), cell("collateral_value"));
  const debt = readAmount(cell("debt_value"));
  if (typeof debt === "string")
    return reject(amountReason(l10n.t("the debt value"), debt), cell("debt_value"));
  const emode = cell("emode") || undefined;
  if (emode !== undefined && !names.emodes.includes(emode))
    return reject(l10n.t("the E-mode is not one of market {0}'s", names.market), emode);
  const health = cell("health_factor") === "" ? undefined : readAmount(cell("health_factor"));
  if (typeof health === "string")
    return reject(amountReason(l10n.t("the health factor"), health), cell("health_factor"));
  const account = accountId(cell("account"));
  const holding = (side: Position["side"], { asset, price }: Priced, value: number): Position => ({
    account,
    asset,
    side,
    amount: value / price,
    emode,
  });
  return {
    positions: [
      holding("collateral", names.collateral, collateral),
      holding("debt", names.debt, debt),
    ].filter(({ amount }) => amount > 0),
    stated: health === undefined ? undefined : { account, health, collateral, debt, emode },
  };
}

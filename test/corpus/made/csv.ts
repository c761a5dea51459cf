import type { Dice } from "./dice";

/** Cells by column; one that is not there is empty. */
export type Row = Readonly<Record<string, string | number | undefined>>;

/** What dashboards call some columns. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  account: ["account", "user_address", "user", "address"],
  asset: ["asset", "symbol"],
  collateral_value: ["collateral_value", "total_collateral_usd", "collateral_usd"],
  debt_value: ["debt_value", "total_debt_usd", "debt_usd"],
};

/** Rows as programs write them: columns in any order and case, cells with and without quotes, either end of line. */
export function csv(dice: Dice, rows: readonly Row[]): Uint8Array {
  const columns = dice.shuffled(Object.keys(rows[0]));
  const header = columns.map((column) => {
    const name = dice.pick(ALIASES[column] ?? [column]);
    return dice.chance(0.3) ? name.toUpperCase() : name;
  });
  const lines = [header, ...rows.map((row) => columns.map((column) => cell(dice, row[column])))];
  const end = dice.pick(["\n", "\r\n"]);
  const text = lines.map((cells) => cells.join(dice.chance(0.1) ? ", " : ",")).join(end);
  return new TextEncoder().encode(dice.pick(["", "\ufeff"]) + text + dice.pick(["", end]));
}

function cell(dice: Dice, value: string | number = ""): string {
  return dice.chance(0.1) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
}

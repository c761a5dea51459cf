import * as l10n from "@vscode/l10n";
import type { Positions } from "../data/positions";
import type { Quotes } from "../data/quotes";
import { describeRejected } from "../data/rejected";
import type { Ticks } from "../data/ticks";
import { FileProblem } from "../data/workspace";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import { liquidityByTick } from "./concentrated-curve";
import type { Tables } from "./load";
import { list, whole } from "./text";

/**
 * What is wrong with the data files, each at the `file` value that names it. A rejected row is an error: without
 * it the simulation would be of another book or another market than the file says.
 */
export function tableFindings(file: RiskFile, tables: Tables): Finding[] {
  return [
    ...Object.entries(tables.positions).flatMap(([name, table]) =>
      findingsOf(["books", name, "file"], fileOf(file.books, name), table, positionFindings),
    ),
    ...Object.entries(tables.quotes).flatMap(([name, table]) =>
      findingsOf(["venues", name, "file"], fileOf(file.venues, name), table, (path, quotes, at) =>
        quoteFindings(path, quotes, at, file.venues?.[name].pair ?? ["", ""]),
      ),
    ),
    ...Object.entries(tables.ticks ?? {}).flatMap(([name, table]) =>
      findingsOf(["venues", name, "file"], fileOf(file.venues, name), table, tickFindings),
    ),
  ];
}

function fileOf(entries: Readonly<Record<string, object>> | undefined, name: string): string {
  const entry = entries?.[name];
  return entry && "file" in entry ? String(entry.file) : name;
}

type Rows = Pick<Positions, "rejected" | "rowCount">;

function findingsOf<Table extends Rows>(
  path: Path,
  file: string,
  table: Table | FileProblem,
  further: (path: Path, table: Table, file: string) => Finding[],
): Finding[] {
  if (table instanceof FileProblem) {
    return [{ rule: table.rule, severity: "error", path, message: l10n.t("{0} {1}", file, table.message) }];
  }
  if (table.rejected.length === 0) return further(path, table, file);
  const message = l10n.t("{0}: {1}", file, describeRejected(table.rejected, table.rowCount));
  const rejected: Finding = { rule: "rejected-rows", severity: "error", path, message };
  return [{ ...rejected, witness: { rejected: table.rejected.length, rows: table.rowCount } }];
}

const POSITION_COLUMNS = ["account", "asset", "side", "amount", "market", "emode", "as_collateral"];
const ACCOUNT_COLUMNS = ["account", "collateral_value", "debt_value", "health_factor", "market", "emode"];

function positionFindings(path: Path, positions: Positions, file: string): Finding[] {
  return [...unusedColumns(path, positions, file), ...otherMarkets(path, positions, file)];
}

function otherMarkets(path: Path, { otherMarkets: rows }: Positions, file: string): Finding[] {
  if (rows === 0) return [];
  const message =
    rows === 1
      ? l10n.t("{0}: 1 row of other markets than the book's is not used by it.", file)
      : l10n.t("{0}: {1} rows of other markets than the book's are not used by it.", file, whole(rows));
  return [{ rule: "other-markets", severity: "information", path, message, witness: { rows } }];
}

function unusedColumns(path: Path, { unknownColumns, stated }: Positions, file: string): Finding[] {
  if (unknownColumns.length === 0) return [];
  const unread = list(unknownColumns.map((name) => `"${name}"`));
  const known = list(stated ? ACCOUNT_COLUMNS : POSITION_COLUMNS);
  const message =
    unknownColumns.length === 1
      ? l10n.t("{0}: nothing reads the column {1}. Known columns are {2}.", file, unread, known)
      : l10n.t("{0}: nothing reads the columns {1}. Known columns are {2}.", file, unread, known);
  return [{ rule: "unused-columns", severity: "warning", path, message }];
}

function quoteFindings(
  path: Path,
  quotes: Quotes,
  file: string,
  [traded, quote]: readonly [string, string],
): Finding[] {
  const findings: Finding[] = [];
  const missing = [
    ...(quotes.sell.length === 0 ? [l10n.t("{0} to {1}", traded, quote)] : []),
    ...(quotes.buy.length === 0 ? [l10n.t("{0} to {1}", quote, traded)] : []),
  ];
  if (missing.length > 0) {
    const message = l10n.t(
      "{0} has no quotes from {1}. A venue needs quotes in both directions: collateral is sold and debt is bought.",
      file,
      list(missing),
    );
    findings.push({ rule: "missing-direction", severity: "error", path, message });
  }
  if (quotes.otherPairs > 0) {
    const pair = `${traded}-${quote}`;
    const message =
      quotes.otherPairs === 1
        ? l10n.t("{0}: 1 row about other pairs than {1} is not used by this venue.", file, pair)
        : l10n.t(
            "{0}: {1} rows about other pairs than {2} are not used by this venue.",
            file,
            whole(quotes.otherPairs),
            pair,
          );
    findings.push({ rule: "other-pairs", severity: "information", path, message });
  }
  return findings;
}

/** What is put into a range at its lower tick is taken out at its upper one. */
function tickFindings(path: Path, { ticks }: Ticks, file: string): Finding[] {
  const liquidity = liquidityByTick(ticks);
  const below = liquidity.findIndex((each) => each < 0n);
  const left = liquidity[liquidity.length - 1];
  if (below < 0 && left === 0n) return [];
  const message = sentences(
    below < 0
      ? l10n.t(
          "{0}: above the last tick a liquidity of {1} is left, where there must be none.",
          file,
          String(left),
        )
      : l10n.t("{0}: the liquidity falls below 0 at tick {1}.", file, String(ticks[below - 1].tick)),
    l10n.t("Rows are missing: a pool's file has all of its initialised ticks."),
  );
  return [{ rule: "incomplete-ticks", severity: "error", path, message }];
}

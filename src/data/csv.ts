import * as l10n from "@vscode/l10n";
import { type CastingFunction, CsvError, parse } from "csv-parse/sync";
import { sentences } from "../dsl/sentences";
import type { Rejected } from "./rejected";
import { FileProblem } from "./workspace";

/** The cells of a data file, without header and empty lines. */
export interface Csv<Column extends string> {
  /** Rows with as many cells as the header. */
  readonly rows: readonly CsvRow[];
  /** Rows with more or fewer cells. */
  readonly rejected: readonly Rejected[];
  /** Index of each known column; -1 for an optional one that is not there. */
  readonly column: Readonly<Record<Column, number>>;
  /** Names of the columns nothing is known of. */
  readonly unknownColumns: readonly string[];
}

export interface CsvRow {
  /** From 1, the header's included. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Columns<Column extends string> {
  readonly required: readonly Column[];
  readonly optional?: readonly Column[];
  /** What others call a column. */
  readonly aliases?: Readonly<Partial<Record<Column, readonly string[]>>>;
}

/**
 * Reads a CSV file with a header line; columns may come in any order and any case.
 * @throws FileProblem when the file is empty, not UTF-8, has no rows, or its header lacks a required column
 */
export function readCsv<Column extends string>(bytes: Uint8Array, columns: Columns<Column>): Csv<Column> {
  const [header, ...rows] = parseRows(decode(bytes));
  if (!header)
    throw unusable(l10n.t("is empty. Its first line must name the columns {0}.", columns.required.join(",")));
  const names = header.cells.map((name) => name.toLowerCase());
  const column = indexColumns(names, columns);
  if (rows.length === 0) throw unusable(l10n.t("has a header line and no rows below it."));
  const fits = (row: CsvRow) => row.cells.length === names.length;
  return {
    rows: rows.filter(fits),
    rejected: rows
      .filter((row) => !fits(row))
      .map((row) => ({
        line: row.line,
        reason: l10n.t("the number of cells is not the header's {0}", names.length),
        found: row.cells.join(","),
      })),
    column,
    unknownColumns: header.cells.filter((_, i) => !Object.values(column).includes(i)),
  };
}

/** @throws FileProblem when it is not UTF-8 */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unusable(l10n.t("is not UTF-8 text. Save it as CSV in UTF-8."));
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Hears of a cell when it is read. `end` counts the bytes before the delimiter behind it, `row` from the header. */
export type HearCell = (
  cell: string,
  place: { row: number; column: number; end: number; quoted: boolean },
) => void;

/** @throws FileProblem when it is no CSV */
export function parseRows(text: string, hear?: HearCell): CsvRow[] {
  try {
    const parsed = parse(text, {
      cast: hear && castOf(hear),
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
    return parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unusable(l10n.t("is not valid CSV: {0}", explain(error)));
  }
}

function castOf(hear: HearCell): CastingFunction {
  return (cell, { records: row, column, bytes: end, quoting: quoted }) => {
    hear(cell, { row, column: Number(column), end, quoted });
    return cell;
  };
}

function explain(error: CsvError): string {
  if (error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE") {
    return l10n.t("a quotation mark is opened and never closed (near line {0}).", Number(error.lines ?? 1));
  }
  return error.message;
}

function indexColumns<Column extends string>(
  names: readonly string[],
  { required, optional = [], aliases }: Columns<Column>,
): Record<Column, number> {
  const called = (column: Column): string[] => [column, ...(aliases?.[column] ?? [])];
  const indices = (column: Column) => names.flatMap((name, i) => (called(column).includes(name) ? [i] : []));
  const missing = required.filter((column) => indices(column).length === 0);
  if (missing.length > 0) throw unusable(missingColumns(names, required, missing));
  const known = [...required, ...optional];
  const repeated = known.find((column) => indices(column).length > 1);
  if (repeated) throw unusable(l10n.t("names the column {0} twice. Remove one of them.", repeated));
  return Object.fromEntries(known.map((column) => [column, indices(column)[0] ?? -1])) as Record<
    Column,
    number
  >;
}

function missingColumns(
  names: readonly string[],
  required: readonly string[],
  missing: readonly string[],
): string {
  const found = names.join(",").slice(0, 120);
  const lacks =
    missing.length === 1
      ? l10n.t("lacks the column {0}.", missing[0])
      : l10n.t("lacks the columns {0}.", missing.join(", "));
  return sentences(
    lacks,
    l10n.t('Its first line must name {0}; it is "{1}".', required.join(","), found),
    /[;\t]/.test(found) && l10n.t("Separate the columns by commas."),
  );
}

function unusable(message: string): FileProblem {
  return new FileProblem("unusable-file", message);
}

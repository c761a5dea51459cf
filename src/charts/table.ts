import * as l10n from "@vscode/l10n";
/** A chart's data, written with enough digits to be read off. */
export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What was left out. */
  readonly note?: string;
}

const mostRows = 120;

/** The indices of `count` rows that a table shows: all, or evenly spaced ones with the first and the last. */
export function shownRows(count: number): readonly number[] {
  if (count <= mostRows) return Array.from({ length: count }, (_, row) => row);
  const step = (count - 1) / (mostRows - 1);
  return Array.from({ length: mostRows }, (_, row) => Math.round(row * step));
}

export function leftOut(count: number): string | undefined {
  return count > mostRows
    ? l10n.t("{0} of {1} rows, evenly spaced.", mostRows, count.toLocaleString("en-US"))
    : undefined;
}

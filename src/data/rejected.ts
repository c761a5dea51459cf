import * as l10n from "@vscode/l10n";

/** A row of a data file that cannot be used. */
export interface Rejected {
  /** From 1, the header's included. */
  readonly line: number;
  /** What is wrong, without the row's own values: rows are counted by it. */
  readonly reason: string;
  /** The value that is wrong. */
  readonly found?: string;
}

const SHOWN_ROWS = 20;

/** One text for any number of rejected rows: how many of how many, why, and the first 20. */
export function describeRejected(rejected: readonly Rejected[], rowCount: number): string {
  const rows = rejected.toSorted((a, b) => a.line - b.line);
  const shown = rows
    .slice(0, SHOWN_ROWS)
    .map((row) => `  ${l10n.t("line {0}: {1}", row.line, explain(row))}`);
  const more = rows.length > SHOWN_ROWS ? [`  ${l10n.t("and {0} more", rows.length - SHOWN_ROWS)}`] : [];
  return [
    l10n.t("{0} of {1} rows cannot be used: {2}.", rows.length, rowCount, countReasons(rows)),
    ...shown,
    ...more,
  ].join("\n");
}

function explain({ reason, found }: Rejected): string {
  return found === undefined ? reason : `${reason}: "${found.slice(0, 80)}"`;
}

function countReasons(rows: readonly Rejected[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of rows) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([reason, count]) => l10n.t("{0} where {1}", count, reason))
    .join(", ");
}

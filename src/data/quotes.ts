import * as l10n from "@vscode/l10n";
import { type CsvRow, readCsv } from "./csv";
import { amountReason, readAmount } from "./number";
import type { Rejected } from "./rejected";
import { tenTo } from "./ten-to";

/** A measured swap, both amounts in units of their asset. */
export interface Quote {
  readonly amountIn: number;
  readonly amountOut: number;
}

export interface Quotes {
  /** Traded asset in, quote asset out, by rising size. */
  readonly sell: readonly Quote[];
  /** Quote asset in, traded asset out, by rising size. */
  readonly buy: readonly Quote[];
  readonly rejected: readonly Rejected[];
  readonly rowCount: number;
  /** Rows about other pairs: of the risk file's assets, or of tokens by address that the file does not have. */
  readonly otherPairs: number;
}

/** What a quotes file may name, and the venue it is read for. */
export interface QuoteNames {
  readonly asset: (text: string) => string | undefined;
  readonly decimals: (asset: string) => number;
  readonly traded: string;
  readonly quote: string;
}

type Column = "src" | "dst" | "in_amount" | "out_amount" | "timestamp";

interface Swap {
  readonly src: string;
  readonly dst: string;
  readonly timestamp: number;
  readonly quote: Quote;
}

/**
 * Reads swap quotes: a CSV file with the columns src, dst, in_amount, out_amount and timestamp, other columns
 * ignored; amounts in base units of the tokens. Of several quotes of one size the latest is taken.
 * @throws FileProblem when the file as a whole cannot be used
 */
export function readQuotes(bytes: Uint8Array, names: QuoteNames): Quotes {
  const csv = readCsv<Column>(bytes, { required: ["src", "dst", "in_amount", "out_amount", "timestamp"] });
  const swaps: Swap[] = [];
  const rejected = [...csv.rejected];
  let foreign = 0;
  for (const row of csv.rows) {
    if (isForeign(row, csv.column, names)) {
      foreign++;
      continue;
    }
    const read = readRow(row, csv.column, names);
    if ("reason" in read) rejected.push(read);
    else swaps.push(read);
  }
  const sell = swaps.filter((swap) => swap.src === names.traded && swap.dst === names.quote);
  const buy = swaps.filter((swap) => swap.src === names.quote && swap.dst === names.traded);
  return {
    sell: latestBySize(sell),
    buy: latestBySize(buy),
    rejected,
    rowCount: csv.rows.length + csv.rejected.length,
    otherPairs: foreign + swaps.length - sell.length - buy.length,
  };
}

/** An aggregator's dump names every token by its address; one that the risk file does not have is no mistake. */
function isForeign({ cells }: CsvRow, column: Record<Column, number>, names: QuoteNames): boolean {
  return [cells[column.src], cells[column.dst]].some(
    (token = "") => ADDRESS.test(token) && names.asset(token) === undefined,
  );
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

function readRow(row: CsvRow, column: Record<Column, number>, names: QuoteNames): Swap | Rejected {
  const reject = (reason: string, found?: string): Rejected => ({ line: row.line, reason, found });
  const cell = (name: Column) => row.cells[column[name]] ?? "";
  const src = names.asset(cell("src"));
  const dst = names.asset(cell("dst"));
  if (src === undefined) return reject(l10n.t("src is not one of this file's assets"), cell("src"));
  if (dst === undefined) return reject(l10n.t("dst is not one of this file's assets"), cell("dst"));
  if (src === dst) return reject(l10n.t("src and dst are the same asset"), cell("src"));
  const amounts = { in: readAmount(cell("in_amount")), out: readAmount(cell("out_amount")) };
  if (typeof amounts.in === "string") return reject(amountReason("in_amount", amounts.in), cell("in_amount"));
  if (typeof amounts.out === "string")
    return reject(amountReason("out_amount", amounts.out), cell("out_amount"));
  if (amounts.in === 0 || amounts.out === 0) return reject(l10n.t("an amount is 0"));
  const timestamp = readTime(cell("timestamp"));
  if (Number.isNaN(timestamp))
    return reject(l10n.t("the timestamp is neither a number nor a date"), cell("timestamp"));
  const quote = {
    amountIn: amounts.in / tenTo(names.decimals(src)),
    amountOut: amounts.out / tenTo(names.decimals(dst)),
  };
  return { src, dst, timestamp, quote };
}

/** Seconds or milliseconds since 1970, or a date; only the order matters. */
function readTime(cell: string): number {
  if (cell === "") return Number.NaN;
  const number = readAmount(cell);
  return typeof number === "number" ? number : Date.parse(cell);
}

/** Of two quotes of one size and time the worse one counts, so that the order of rows does not. */
function latestBySize(swaps: readonly Swap[]): Quote[] {
  const latest = new Map<number, Swap>();
  for (const swap of swaps) {
    const known = latest.get(swap.quote.amountIn);
    if (!known || isBetter(swap, known)) latest.set(swap.quote.amountIn, swap);
  }
  return [...latest.values()].map((swap) => swap.quote).sort((a, b) => a.amountIn - b.amountIn);
}

function isBetter(swap: Swap, known: Swap): boolean {
  if (swap.timestamp !== known.timestamp) return swap.timestamp > known.timestamp;
  return swap.quote.amountOut < known.quote.amountOut;
}

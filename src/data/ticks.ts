import * as l10n from "@vscode/l10n";
import { type CsvRow, readCsv } from "./csv";
import type { Rejected } from "./rejected";

/** A price at which a pool's liquidity changes, as its contract has it. */
export interface Tick {
  /** The price is 1.0001^tick units of token1 per unit of token0, in base units. */
  readonly tick: number;
  /** What the liquidity rises by when the price passes upwards, in base units. */
  readonly liquidityNet: bigint;
}

export interface Ticks {
  /** By rising tick, each once. */
  readonly ticks: readonly Tick[];
  readonly rejected: readonly Rejected[];
  readonly rowCount: number;
}

type Column = "tick" | "liquiditynet";

/** TickMath.sol: the pool's contract knows no others. */
const MAX_TICK = 887_272;

/**
 * Reads the initialised ticks of a pool: a CSV file with the columns tick and liquidityNet, other columns ignored.
 * @throws FileProblem when the file as a whole cannot be used
 */
export function readTicks(bytes: Uint8Array): Ticks {
  const csv = readCsv<Column>(bytes, {
    required: ["tick", "liquiditynet"],
    aliases: { tick: ["tickidx", "index"], liquiditynet: ["liquidity_net"] },
  });
  const ticks = new Map<number, Tick>();
  const rejected = [...csv.rejected];
  for (const row of csv.rows) {
    const read = readRow(row, csv.column);
    if ("reason" in read) rejected.push(read);
    else if (ticks.has(read.tick))
      rejected.push({
        line: row.line,
        reason: l10n.t("the tick is listed before"),
        found: String(read.tick),
      });
    else ticks.set(read.tick, read);
  }
  return {
    ticks: [...ticks.values()].sort((a, b) => a.tick - b.tick),
    rejected,
    rowCount: csv.rows.length + csv.rejected.length,
  };
}

const INTEGER = /^[+-]?\d{1,39}$/;

function readRow({ line, cells }: CsvRow, column: Record<Column, number>): Tick | Rejected {
  const [tick, net] = [cells[column.tick], cells[column.liquiditynet]];
  if (!INTEGER.test(tick)) return { line, reason: l10n.t("tick is not a whole number"), found: tick };
  if (Math.abs(Number(tick)) > MAX_TICK)
    return { line, reason: l10n.t("tick is not between -{0} and {0}", MAX_TICK), found: tick };
  if (!INTEGER.test(net)) return { line, reason: l10n.t("liquidityNet is not a whole number"), found: net };
  return { tick: Number(tick), liquidityNet: BigInt(net.replace("+", "")) };
}

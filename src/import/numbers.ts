import { formatUnits } from "viem";
import { shiftDecimal } from "../dsl/decimal";

/** Basis points as a share: `82.5%`. */
export function percentOf(bps: number): string {
  return `${shiftDecimal(bps, -2)}%`;
}

/** Token units as a decimal number, every digit of them. */
export function decimalOf(units: bigint, decimals: number): string {
  return formatUnits(units, decimals);
}

/** `1 account`, `2 accounts`. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

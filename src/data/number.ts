const decimal = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a cell that must hold an amount: a decimal number of at least 0, scientific notation allowed.
 * @returns the number, or why it is none, in words that follow "amount"
 */
export function readAmount(cell: string): number | string {
  if (cell === "") return "is empty";
  if (decimal.test(cell)) {
    const amount = Number(cell);
    return Number.isFinite(amount) ? amount : "is too large";
  }
  if (cell.startsWith("-") && decimal.test(cell.slice(1))) return "is negative";
  return "is not a decimal number";
}

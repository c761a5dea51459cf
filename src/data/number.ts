import * as l10n from "@vscode/l10n";

const decimal = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Why a cell holds no amount. */
export type AmountFault = "empty" | "too-large" | "negative" | "no-number";

/**
 * Reads a cell that must hold an amount: a decimal number of at least 0, scientific notation allowed.
 * @returns the number, or why it is none
 */
export function readAmount(cell: string): number | AmountFault {
  if (cell === "") return "empty";
  if (decimal.test(cell)) {
    const amount = Number(cell);
    return Number.isFinite(amount) ? amount : "too-large";
  }
  return cell.startsWith("-") && decimal.test(cell.slice(1)) ? "negative" : "no-number";
}

/** The reason against a row: `the amount is negative`. */
export function amountReason(what: string, fault: AmountFault): string {
  switch (fault) {
    case "empty":
      return l10n.t("{0} is empty", what);
    case "too-large":
      return l10n.t("{0} is too large", what);
    case "negative":
      return l10n.t("{0} is negative", what);
    case "no-number":
      return l10n.t("{0} is not a decimal number", what);
  }
}

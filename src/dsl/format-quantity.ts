import { decimalOf, shiftDecimal } from "./decimal";
import { type Expected, SCALES, UNITS } from "./quantity";

/**
 * Writes a quantity in base units as a person would, so that reading it back gives the same number.
 * With `digits`, rounded to that many significant digits first.
 */
export function formatQuantity(
  value: number,
  expected: Expected,
  options: { readonly digits?: number } = {},
): string {
  const rounded = options.digits === undefined ? value : Number(value.toPrecision(options.digits));
  if (!Number.isFinite(rounded)) return String(rounded);
  const { dimension, unit } = expected;
  switch (dimension) {
    case "ratio":
    case "volatility":
      return `${shiftDecimal(rounded, 2)}%`;
    case "rate":
      return `${shiftDecimal(rounded, 2)}%/yr`;
    case "duration":
      return formatDuration(rounded);
    case "gas-price":
      return `${shiftDecimal(rounded, 9)} gwei`;
    case "multiple":
      return `${decimalOf(rounded)}x`;
    default:
      return withScale(rounded) + (unit ? ` ${unit}` : "");
  }
}

function formatDuration(seconds: number): string {
  for (const unit of ["yr", "d", "h", "min"]) {
    const count = seconds / UNITS[unit].factor;
    if (seconds !== 0 && Number.isInteger(count) && count * UNITS[unit].factor === seconds)
      return `${decimalOf(count)}${unit}`;
  }
  return `${decimalOf(seconds)}s`;
}

function withScale(value: number): string {
  const size = Math.abs(value);
  const scale = size >= 1e9 ? "B" : size >= 1e6 ? "M" : size >= 1e4 ? "k" : "";
  return scale ? shiftDecimal(value, -SCALES[scale]) + scale : decimalOf(value);
}

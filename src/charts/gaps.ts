import { drawable } from "./scales";

/** Says how many values of the series cannot be drawn; empty when all can. Starts with a blank. */
export function gaps(series: readonly (readonly number[])[]): string {
  const missing = series.flat().filter((value) => !drawable(value)).length;
  if (missing === 0) return "";
  return missing === 1
    ? " One value is not a finite number and is left out."
    : ` ${missing} values are not finite numbers and are left out.`;
}

import * as l10n from "@vscode/l10n";
import { drawable } from "./scales";

/** A sentence on how many values of the series cannot be drawn; undefined when all can. */
export function gaps(series: readonly (readonly number[])[]): string | undefined {
  const missing = series.flat().filter((value) => !drawable(value)).length;
  if (missing === 0) return undefined;
  return missing === 1
    ? l10n.t("One value is not a finite number and is left out.")
    : l10n.t("{0} values are not finite numbers and are left out.", missing);
}

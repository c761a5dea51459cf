import { counted } from "./numbers";
import type { Drift } from "./update";

/** Figures that are others in every block; what is left is what somebody decided. */
const FIGURES = new Set(["price", "supplied", "borrowed", "rateAtTarget"]);

/** What a person is told of what has changed: every term, and how many figures. */
export function driftText(drift: readonly Drift[]): string[] {
  const named = drift.map((each) => ({ ...each, key: each.path.at(-1)! }));
  const figures = named.filter(({ key }) => FIGURES.has(key)).length;
  const terms = named.filter(({ key, path }) => !FIGURES.has(key) && path[0] !== "snapshot");
  return [
    terms.length === 0 ? "No term has changed." : `${counted(terms.length, "change")} of terms:`,
    ...terms.map((each) => `  ${each.path.join(".")}: ${changeOf(each)}`),
    `${counted(figures, "figure")} refreshed: prices, totals and rates of the moment.`,
  ];
}

function changeOf({ was, is }: Drift): string {
  if (is === undefined) return "no more on the chain, left in the file";
  return was === undefined ? (is === "new" ? "new" : `${is}, not in the file before`) : `${was}, now ${is}`;
}

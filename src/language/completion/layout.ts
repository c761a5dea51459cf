import { type Piece, textOfPieces } from "./candidate";
import type { Filled } from "./fill";

/** Flow style is used for what fits in this many columns. */
const WIDTH = 100;

/** In flow style: `{ price: 3200, stable: {} }`. */
export function flowPieces(value: Filled): Piece[] {
  if (value.kind === "leaf") return [value.piece];
  if (value.kind === "list") return ["[", ...joined(value.items.map(flowPieces)), "]"];
  return value.entries.length === 0 ? ["{}"] : ["{ ", ...flowEntries(value), " }"];
}

/** The entries of a map as they stand between its braces. */
export function flowEntries({ entries }: Filled & { kind: "map" }): Piece[] {
  return joined(entries.map(([key, each]) => [key, ": ", ...flowPieces(each)]));
}

function joined(parts: readonly (readonly Piece[])[]): Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [", ", ...part]));
}

/** The entries of a map, each on its line; the first where the cursor is, at a column. */
export function blockEntries({ entries }: Filled & { kind: "map" }, column: number): Piece[] {
  return entries.flatMap(([key, each], index) => {
    const before = index === 0 ? [] : [newLine(column)];
    return [...before, key, ":", ...behindColon(each, column + textOfPieces([key]).length + 2, column)];
  });
}

/** A value behind a colon: on the line when it fits, else below, indented deeper than the key's column. */
function behindColon(value: Filled, from: number, column: number): Piece[] {
  const isSection = column === 0 && value.kind === "map" && value.entries.length > 0;
  if (!isSection && fits(value, from)) return [" ", ...flowPieces(value)];
  if (value.kind === "map") return [newLine(column + 2), ...blockEntries(value, column + 2)];
  return value.kind === "list" ? blockItems(value, column + 2) : [" ", value.piece];
}

function blockItems({ items }: Filled & { kind: "list" }, column: number): Piece[] {
  return items.flatMap((item) => [newLine(column), "- ", ...blockItem(item, column + 2)]);
}

/** A list item behind its dash, at a column. */
export function blockItem(item: Filled, column: number): Piece[] {
  return item.kind !== "map" || fits(item, column) ? flowPieces(item) : blockEntries(item, column);
}

/** Several maps within one, and a list of maps, read better with a line for each. */
function fits(value: Filled, from: number): boolean {
  if (value.kind === "leaf") return true;
  const isShort = from + textOfPieces(flowPieces(value)).length <= WIDTH;
  if (value.kind === "list") return isShort && isFlat(value);
  const nested = value.entries.filter(([, each]) => each.kind === "map" && each.entries.length > 0);
  return (
    isShort && nested.length < 2 && value.entries.every(([, each]) => each.kind !== "list" || isFlat(each))
  );
}

function isFlat(value: Filled): boolean {
  return value.kind === "leaf" || (value.kind === "list" && value.items.every(isFlat));
}

function newLine(column: number): string {
  return `\n${" ".repeat(column)}`;
}

import { type Cell, cellsBelow } from "./cells";

/** Headings below which data files name things, by the kind of name. */
export const NAMING_COLUMNS = {
  positions: { asset: ["asset", "symbol"], emode: ["emode"], market: ["market"] },
  quotes: { asset: ["src", "dst"] },
} as const;

/** A cell that has to read otherwise. */
export interface RenamedCell extends Cell {
  readonly newText: string;
}

/** What a cell names before and after a rename; undefined when it names nothing. */
export interface Lookups {
  readonly before: (cell: string) => string | undefined;
  readonly after: (cell: string) => string | undefined;
}

/**
 * The cells that a rename changes the meaning of, with the name that keeps it. Cells that name by an address, or in
 * another case that is still unambiguous, stay as they are.
 * @throws FileProblem when the file cannot be read as a table
 */
export function renamedCells(
  bytes: Uint8Array,
  columns: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  { before, after }: Lookups,
): RenamedCell[] {
  return cellsBelow(bytes, columns).flatMap((cell) => {
    const named = before(cell.text);
    const meant = named === from ? to : named;
    return meant === undefined || after(cell.text) === meant ? [] : [{ ...cell, newText: meant }];
  });
}

import * as l10n from "@vscode/l10n";
import { type ChangeAnnotation, TextDocumentEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { assetLookup } from "../data/asset-names";
import { decode } from "../data/csv";
import { type Lookups, NAMING_COLUMNS, type RenamedCell, renamedCells } from "../data/renamed-cells";
import { FileProblem } from "../data/workspace";
import type { Name } from "../dsl/names";
import type { Draft } from "../dsl/parse";
import { sentences } from "../dsl/sentences";
import { fileUri } from "../language/file-uri";
import { refreshed, type Session } from "./session";

/** What a rename changes in one data file. */
export interface DataEdit {
  readonly edit: TextDocumentEdit;
  /** For clients that ask a person before they change a file nobody is looking at. */
  readonly annotation: ChangeAnnotation;
}

/** Editors become slow with more edits, and a person cannot look through them. */
export const MOST_CELLS = 20_000;

/**
 * The cells of the data files that use a name, with the new one. A file that cannot be read has none.
 * @returns what to tell the person instead when there are too many
 */
export async function dataEdits(session: Session, name: Name, wanted: string): Promise<DataEdit[] | string> {
  const { draft } = refreshed(session).source;
  const lookups = draft && lookupsOf(draft, name, wanted);
  if (!lookups) return [];
  const edits: DataEdit[] = [];
  for (const [path, columns] of columnsOf(draft, name)) {
    const file = await cellsIn(session, path, (bytes) =>
      renamedCells(bytes, columns, { from: name.text, to: wanted }, lookups),
    );
    if (!file || file.cells.length === 0) continue;
    if (file.cells.length > MOST_CELLS) return tooMany(path, name, file.cells.length);
    edits.push(editOf(path, file, session));
  }
  return edits;
}

function tooMany(path: string, { text }: Name, count: number): string {
  const [found, most] = [count, MOST_CELLS].map((each) => each.toLocaleString("en-US"));
  return sentences(
    l10n.t("{0} names {1} in {2} cells, and the editor changes up to {3} at once.", path, text, found, most),
    l10n.t("Rename it there first, then here."),
  );
}

/** Data files name assets in any case or by address, E-modes and markets as they are. */
function lookupsOf({ assets = {} }: Draft, { kind, text }: Name, wanted: string): Lookups | undefined {
  if (kind === "emode" || kind === "market")
    return { before: (cell) => (cell === text ? text : undefined), after: () => undefined };
  if (kind !== "asset") return undefined;
  const named = assets as Parameters<typeof assetLookup>[0];
  const renamed = Object.entries(named).map(([key, value]) => [key === text ? wanted : key, value] as const);
  return { before: assetLookup(named), after: assetLookup(Object.fromEntries(renamed)) };
}

/** By path of a data file, the headings below which it uses names of this kind. */
function columnsOf({ books = {}, venues = {} }: Draft, { kind, mentions }: Name): Map<string, string[]> {
  const markets = new Set(mentions.map(({ market }) => market));
  const found = new Map<string, string[]>();
  const add = (path: string | undefined, headings: readonly string[]) => {
    if (path !== undefined) found.set(path, [...(found.get(path) ?? []), ...headings]);
  };
  for (const book of Object.values(books)) {
    const isOneRowAnAccount = book?.collateral !== undefined;
    if (kind === "emode" && markets.has(book?.market)) add(book?.file, NAMING_COLUMNS.positions.emode);
    if (kind === "market") add(book?.file, NAMING_COLUMNS.positions.market);
    if (kind === "asset" && !isOneRowAnAccount) add(book?.file, NAMING_COLUMNS.positions.asset);
  }
  for (const venue of Object.values(venues))
    if (kind === "asset" && venue && "file" in venue) add(venue.file, NAMING_COLUMNS.quotes.asset);
  return found;
}

interface FileCells {
  readonly text: string;
  /** Of the document when the file is open in an editor. */
  readonly version: number | null;
  readonly cells: readonly RenamedCell[];
}

/** What is open in an editor is taken as it is there: that is the text which the edits change. */
async function cellsIn(
  { services }: Session,
  path: string,
  find: (bytes: Uint8Array) => RenamedCell[],
): Promise<FileCells | undefined> {
  try {
    const opened = await services.workspace.opened(path);
    if (opened) return { ...opened, cells: find(new TextEncoder().encode(opened.text)) };
    const bytes = await services.workspace.read(path);
    return { text: decode(bytes), version: null, cells: find(bytes) };
  } catch (error) {
    if (error instanceof FileProblem) return undefined;
    throw error;
  }
}

function editOf(path: string, { text, version, cells }: FileCells, { document }: Session): DataEdit {
  const uri = fileUri(path, document.uri)!;
  const table = TextDocument.create(uri, "csv", 0, text);
  const edits = cells.map(({ start, text: old, newText }) => ({
    range: { start: table.positionAt(start), end: table.positionAt(start + old.length) },
    newText,
  }));
  const label =
    cells.length === 1 ? l10n.t("{0}: 1 cell", path) : l10n.t("{0}: {1} cells", path, cells.length);
  const description = l10n.t("Data file that this risk file reads");
  return {
    edit: TextDocumentEdit.create({ uri, version }, edits),
    annotation: { label, needsConfirmation: true, description },
  };
}

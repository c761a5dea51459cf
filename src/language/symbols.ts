import type { DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../dsl/parse";
import type { MapNode, Node } from "../dsl/tree";
import { rangeOf } from "./ranges";

const section: SymbolKind = 3;
const name: SymbolKind = 13;

/** Beyond this an outline is of no use, and editors become slow. */
const MOST_SYMBOLS = 2_000;

/** The file's sections, with the names they declare. */
export function symbols({ root }: Source, document: TextDocument): DocumentSymbol[] {
  if (root?.kind !== "map") return [];
  return symbolsOf(root, section, document).map((symbol) => {
    const value = root.entries.get(symbol.name)?.value;
    return value?.kind === "map" ? { ...symbol, children: symbolsOf(value, name, document) } : symbol;
  });
}

function symbolsOf(map: MapNode, kind: SymbolKind, document: TextDocument): DocumentSymbol[] {
  return [...map.entries.values()].slice(0, MOST_SYMBOLS).map(({ key, keySpan, value }) => ({
    name: key,
    kind,
    range: rangeOf({ start: keySpan.start, end: endOf(value, keySpan.end) }, document),
    selectionRange: rangeOf(keySpan, document),
  }));
}

/** Where a value ends; one that stands elsewhere, behind an alias or a merge key, ends with its key here. */
function endOf(value: Node, keyEnd: number): number {
  return Math.max(keyEnd, value.span.end);
}

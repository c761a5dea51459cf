import type { DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../dsl/parse";
import { type MapNode, type Node, textOf } from "../dsl/tree";
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
    detail: kind === name ? detailOf(value) : undefined,
    kind,
    range: rangeOf({ start: keySpan.start, end: endOf(value, keySpan.end) }, document),
    selectionRange: rangeOf(keySpan, document),
  }));
}

/** Where a value ends; one that stands elsewhere, behind an alias or a merge key, ends with its key here. */
function endOf(value: Node, keyEnd: number): number {
  return Math.max(keyEnd, value.span.end);
}

/** An outline is read at a glance: what comes first in an entry says which one it is. */
const SHOWN_VALUES = 2;

/** The first values of an entry, with their keys: `kind: lending, rules: aave-v3.3`. */
function detailOf(value: Node): string | undefined {
  const shown: string[] = [];
  collectValues(value, "", shown);
  return shown.join(", ") || undefined;
}

function collectValues(node: Node, key: string, shown: string[]): void {
  if (shown.length === SHOWN_VALUES) return;
  if (node.kind === "scalar") {
    const text = textOf(node);
    if (text !== undefined) shown.push(key === "" ? text : `${key}: ${text}`);
  }
  if (node.kind === "list")
    for (const item of node.items.slice(0, SHOWN_VALUES)) collectValues(item, "", shown);
  if (node.kind !== "map") return;
  for (const entry of node.entries.values()) {
    if (shown.length === SHOWN_VALUES) return;
    collectValues(entry.value, entry.key, shown);
  }
}

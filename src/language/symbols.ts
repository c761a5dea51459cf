import * as l10n from "@vscode/l10n";
import type { DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../dsl/parse";
import { childSchema, rootSchema, type Schema } from "../dsl/schema";
import { schemaFor } from "../dsl/sites";
import { type Entry, type MapNode, type Node, textOf } from "../dsl/tree";
import { outline } from "./outline";
import { rangeOf } from "./ranges";

const section: SymbolKind = 3;
const name: SymbolKind = 13;
const limit: SymbolKind = 7;

/** Beyond this an outline is of no use, and editors become slow. */
const MOST_SYMBOLS = 2_000;

/** The file's sections with the names they declare, those with the names declared within them, and the limits. */
export function symbols(source: Source, document: TextDocument): DocumentSymbol[] {
  const { root } = source;
  if (root?.kind !== "map") return [];
  return shown(root).map((entry) => {
    const { key, value } = entry;
    const schema = childSchema(rootSchema, key) ?? {};
    const children =
      value.kind === "map"
        ? namesIn(value, schema, document)
        : key === "limits"
          ? limitsOf(source, document)
          : undefined;
    return { ...symbolOf(entry, section, document), children };
  });
}

function shown(map: MapNode): Entry[] {
  return [...map.entries.values()].slice(0, MOST_SYMBOLS);
}

/** The keys of a map as names, each with what is declared within it. */
function namesIn(map: MapNode, schema: Schema, document: TextDocument): DocumentSymbol[] {
  return shown(map).map((entry) => {
    const declared = childSchema(schema, entry.key);
    const groups = declared ? groupsIn(entry.value, schemaFor(declared, entry.value), document) : [];
    const symbol = { ...symbolOf(entry, name, document), detail: detailOf(entry.value) };
    return groups.length > 0 ? { ...symbol, children: groups } : symbol;
  });
}

/** The keys of a market under which it declares names: its reserves, its E-modes. What is written elsewhere is shown there. */
function groupsIn(node: Node, schema: Schema, document: TextDocument): DocumentSymbol[] {
  if (node.kind !== "map" || node.origin) return [];
  return shown(node).flatMap((entry) => {
    const declared = childSchema(schema, entry.key);
    const { value } = entry;
    if (!declared?.declares || value.kind !== "map" || value.origin) return [];
    return [{ ...symbolOf(entry, section, document), children: namesIn(value, declared, document) }];
  });
}

function limitsOf(source: Source, document: TextDocument): DocumentSymbol[] {
  const { limits } = outline(source, document);
  return limits.slice(0, MOST_SYMBOLS).map(({ title, bound, scenario, range }) => ({
    name: scenario === undefined ? title : l10n.t("{0} in {1}", title, scenario),
    detail: bound,
    kind: limit,
    range,
    selectionRange: range,
  }));
}

function symbolOf({ key, keySpan, value }: Entry, kind: SymbolKind, document: TextDocument): DocumentSymbol {
  return {
    name: key,
    kind,
    range: rangeOf({ start: keySpan.start, end: endOf(value, keySpan.end) }, document),
    selectionRange: rangeOf(keySpan, document),
  };
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

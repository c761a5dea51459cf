import { baseOf, SECTIONS } from "./name-kinds";
import { marketAround, namesUsedAt } from "./name-uses";
import type { Mention, Name, Names } from "./names";
import type { Span } from "./problem";
import { expectedOf, numeraireOf } from "./quantities";
import { unitOf } from "./quantity";
import { keyKind, type Schema } from "./schema";
import type { Source } from "./source";
import { child, type Entry, type Node, type ScalarNode } from "./tree";
import { type Around, walk } from "./walk";
import { type KeyWriter, keyWriter } from "./written-keys";

interface Growing extends Name {
  readonly mentions: GrowingMention[];
}

interface GrowingMention extends Mention {
  name: Growing;
}

type Found = Pick<Mention, "kind" | "market" | "declares" | "form"> & { readonly text: string };

interface Collector {
  readonly text: string;
  readonly root: Node;
  readonly numeraire: string;
  /** A numeraire that is an asset too is one name with it. */
  readonly numeraireKind: string;
  /** By what declares them: the kind, and the market if it is one of its names. Then by text. */
  readonly scopes: Map<string, Map<string, Growing>>;
  readonly mentions: GrowingMention[];
  /** By where they start; only once an alias leads to a place that may be known already. */
  byStart?: Map<number, GrowingMention>;
  readonly writtenKeys: KeyWriter;
}

/** A place in the text. */
interface Written {
  readonly span: Span;
  /** Whether it was reached through an alias, and may be known already. */
  readonly isAliased: boolean;
}

function writtenOf({ span, origin }: Node): Written {
  return { span: origin?.span ?? span, isAliased: origin !== undefined };
}

/** Every name of a file in one pass over its values. */
export function collectNames({ text, root }: Source): Names {
  if (root?.kind !== "map") return { mentions: [], find: () => undefined };
  const numeraire = numeraireOf(root);
  const isAsset = root.entries.has("numeraire") && child(child(root, "assets"), numeraire) !== undefined;
  const collector: Collector = {
    text,
    root,
    numeraire,
    numeraireKind: isAsset ? "asset" : "numeraire",
    scopes: new Map(),
    mentions: [],
    writtenKeys: keyWriter(root),
  };
  addNumeraire(collector);
  walk(root, (node, schema, around, entry) => {
    addKeys(collector, node, schema, around, entry);
    addValue(collector, node, schema, around);
    if (node.kind === "scalar") addUnit(collector, node, schema, around);
  });
  sort(collector);
  return {
    mentions: collector.mentions,
    find: (kind, name, market) => collector.scopes.get(scopeOf(collector, kind, market))?.get(name),
  };
}

function sort({ mentions, scopes }: Collector): void {
  mentions.sort(inTextOrder);
  for (const names of scopes.values()) for (const name of names.values()) name.mentions.sort(inTextOrder);
}

function inTextOrder(a: Mention, b: Mention): number {
  return a.span.start - b.span.start;
}

function scopeOf({ numeraireKind }: Collector, kind: string, market = ""): string {
  const base = kind === "numeraire" ? numeraireKind : baseOf(kind);
  return market === "" || SECTIONS.has(base) ? base : `${base}/${market}`;
}

function addNumeraire(collector: Collector): void {
  const node = child(collector.root, "numeraire");
  if (node?.kind !== "scalar" || node.broken) return;
  const found: Found = { kind: "numeraire", text: node.text, declares: "numeraire", form: "value" };
  add(collector, found, writtenOf(node));
}

/** The keys of a map that declares names, or refers to them by its keys. */
function addKeys(collector: Collector, node: Node, schema: Schema, around: Around, own?: Entry): void {
  const kind = schema.keys ?? schema.declares;
  if (!kind || node.kind !== "map") return;
  const market = marketAround(collector.root, around.section, around.name ?? own?.key);
  const { declares } = schema;
  for (const entry of node.entries.values()) {
    if (schema.keys && !keyKind(schema, entry.key)) continue;
    const found: Found = { kind, text: entry.key, market, declares, form: "key" };
    for (const span of collector.writtenKeys(entry))
      add(collector, found, { span, isAliased: span.start !== entry.keySpan.start });
  }
}

/** A value that refers to a name. */
function addValue(collector: Collector, node: Node, schema: Schema, { section, name }: Around): void {
  if (!schema.references || node.kind !== "scalar") return;
  for (const { kind, text } of namesUsedAt(node, schema)) {
    const market = marketAround(collector.root, section, name);
    add(collector, { kind, text, market, declares: schema.declares, form: "value" }, writtenOf(node));
  }
}

/** The asset of an amount, and the numeraire of a value that spells it out. */
function addUnit(collector: Collector, node: ScalarNode, schema: Schema, { map }: Around): void {
  if (typeof node.value !== "string" || !(schema.dimension ?? schema.dimensionBy)) return;
  const { text, numeraire } = collector;
  const found = unitOf(node.text);
  if (!found) return;
  const site = { path: [], node, schema, parent: { path: [], node: map, schema: {} } };
  const dimension = expectedOf(site, numeraire)?.dimension;
  const isValue = (dimension === "value" || dimension === "price") && found.unit === numeraire;
  const kind = dimension === "amount" ? "asset" : isValue ? "numeraire" : undefined;
  if (!kind) return;
  const { span, isAliased } = writtenOf(node);
  const start = insideQuotes(text, span, node.text).start + found.start;
  const end = start + found.unit.length;
  if (text.slice(start, end) !== found.unit) return;
  add(collector, { kind, text: found.unit, form: "unit" }, { span: { start, end }, isAliased });
}

/** The place of a text between its quotes; of the whole where it is not written as it reads. */
function insideQuotes(text: string, span: Span, content: string): Span {
  const quote = text[span.start];
  if (quote !== '"' && quote !== "'") return span;
  const inner = { start: span.start + 1, end: span.end - 1 };
  return text.slice(inner.start, inner.end) === content ? inner : span;
}

function add(collector: Collector, found: Found, { span: whole, isAliased }: Written): void {
  const name = nameOf(collector, found);
  const span = insideQuotes(collector.text, whole, found.text);
  const earlier = isAliased ? earlierAt(collector, span.start) : undefined;
  if (earlier) {
    unite(collector, earlier.name, name);
    return;
  }
  const { kind, market, declares, form } = found;
  const mention: GrowingMention = { name, kind, market, declares, form, span };
  name.mentions.push(mention);
  collector.mentions.push(mention);
  collector.byStart?.set(span.start, mention);
}

function nameOf(collector: Collector, { kind, market, text }: Found): Growing {
  const scope = scopeOf(collector, kind, market);
  const names = collector.scopes.get(scope) ?? new Map<string, Growing>();
  collector.scopes.set(scope, names);
  const known = names.get(text);
  if (known) return known;
  const name: Growing = { kind: scope.split("/")[0], text, mentions: [] };
  names.set(text, name);
  return name;
}

function earlierAt(collector: Collector, start: number): GrowingMention | undefined {
  collector.byStart ??= new Map(collector.mentions.map((mention) => [mention.span.start, mention]));
  return collector.byStart.get(start);
}

/** A place that aliases bring into two markets makes the names of both one. */
function unite({ scopes }: Collector, kept: Growing, other: Growing): void {
  if (kept === other) return;
  for (const mention of other.mentions) mention.name = kept;
  kept.mentions.push(...other.mentions);
  for (const names of scopes.values())
    for (const [text, name] of names) if (name === other) names.set(text, kept);
}

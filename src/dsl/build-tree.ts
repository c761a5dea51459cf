import * as l10n from "@vscode/l10n";
import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { aliasFlaw, MOST_ALIASED, refuse, unusable } from "./alias-flaws";
import type { Piece } from "./block";
import { type Builder, type Context, type Lines, newBuilder, spanOf, type Use } from "./builder";
import type { Chunk, YamlNode } from "./chunk";
import { keyOf } from "./pair-key";
import { placed, placedEntry } from "./placed";
import type { Problem, Span } from "./problem";
import { shifted } from "./shift";
import { incompleteKey } from "./syntax";
import { type Entry, type MapNode, type Node, type Origin, originNote, type ScalarNode } from "./tree";

/** A file as it was taken apart: pieces of text that were read on their own, under keys. */
export type Part = Piece | Section;

export interface Section {
  readonly kind: "section";
  /** Absent for the whole file. */
  readonly key?: { readonly text: string; readonly span: Span };
  /** True when the key has no colon yet. */
  readonly unfinished?: boolean;
  readonly parts: readonly Part[];
  readonly isList: boolean;
  readonly span: Span;
}

export interface Built {
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** Resolves aliases and merge keys; reports duplicate keys, unknown aliases and half-typed keys in flow maps. */
export function buildTree(section: Section): Built {
  const builder = newBuilder();
  return { root: buildSection(builder, section), problems: builder.problems };
}

/** The tree of a text that was not taken apart. */
export function buildWhole(chunk: Chunk): Built {
  const builder = newBuilder();
  return {
    root: build(builder, chunk.contents, { lines: { chunk, offset: 0 } }),
    problems: builder.problems,
  };
}

/** The values of a chunk that is tied to no other. */
export function freeValues(chunk: Chunk): { entries: Entry[]; items: Node[]; problems: Problem[] } {
  const builder = newBuilder();
  const context = { lines: { chunk, offset: 0 } };
  const { contents } = chunk;
  const pairs = isMap(contents) ? (contents.items as Pair<YamlNode, YamlNode>[]) : [];
  const entries = pairs.flatMap((pair) => entryOf(builder, pair, context) ?? []);
  return { entries, items: itemsOf(builder, context.lines), problems: builder.problems };
}

function buildSection(builder: Builder, section: Section): Node {
  const { span } = section;
  if (!section.isList) return { ...buildEntries(builder, section.parts), block: true, span };
  const items: Node[] = [];
  for (const part of section.parts) if (part.kind === "piece") addItems(builder, part, items);
  return { kind: "list", items, block: true, span };
}

function addItems(builder: Builder, piece: Piece, items: Node[]): void {
  const { free, tied } = piece.block.read();
  if (tied) items.push(...itemsOf(builder, { chunk: tied, offset: piece.offset }));
  if (!free) return;
  addFlaws(builder, free.problems, piece);
  for (const [i, item] of free.items.entries()) items.push(placed(item, piece.offset, free.units[i]));
}

function addFlaws(builder: Builder, problems: readonly Problem[], { offset }: Piece): void {
  for (const problem of problems) builder.problems.push(shifted(problem, offset));
}

function itemsOf(builder: Builder, lines: Lines): Node[] {
  const { contents } = lines.chunk;
  return isSeq(contents) ? contents.items.map((item) => build(builder, item as YamlNode, { lines })) : [];
}

function build(builder: Builder, node: YamlNode, context: Context): Node {
  if (isAlias(node)) return buildAlias(builder, node, context);
  const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
  if (!anchor || context.use) return buildValue(builder, node, context);
  builder.open.add(anchor);
  const built = buildValue(builder, node, context);
  builder.open.delete(anchor);
  builder.anchors.set(anchor, { node: node!, lines: context.lines });
  return built;
}

function buildValue(builder: Builder, node: YamlNode, context: Context): Node {
  if (context.use) builder.aliased++;
  if (isMap(node)) {
    return {
      ...buildEntries(builder, [{ kind: "pairs", map: node, context }]),
      block: !node.flow,
      ...location(node, context),
    };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => build(builder, item as YamlNode, context));
    return { kind: "list", items, block: !node.flow, ...location(node, context) };
  }
  return buildScalar(node as Scalar.Parsed, context);
}

function buildScalar(node: Scalar.Parsed, context: Context): ScalarNode {
  const quoted = node.type !== "PLAIN";
  const value = node.value as ScalarNode["value"];
  const text = quoted
    ? String(value)
    : (node.source ?? context.lines.chunk.text.slice(node.range[0], node.range[1]));
  return { kind: "scalar", value, text, quoted, ...location(node, context) };
}

function location(
  node: Scalar.Parsed | YAMLMap | YAMLSeq,
  { lines, use }: Context,
): { span: Span; origin?: Origin } {
  const span = spanOf(node, lines);
  return use ? { span: use.span, origin: { anchor: use.anchor, span } } : { span };
}

function buildAlias(builder: Builder, alias: Alias, { lines, use }: Context): Node {
  const span = use?.span ?? spanOf(alias, lines);
  const anchor = alias.source;
  const target = builder.open.has(anchor) ? undefined : builder.anchors.get(anchor);
  if (builder.aliased > MOST_ALIASED) refuse(builder, span);
  else if (target) return build(builder, target.node, { lines: target.lines, use: { span, anchor } });
  else if (!use) builder.problems.push(unusable(aliasFlaw(builder, anchor), span));
  return { kind: "scalar", value: null, text: "", quoted: false, broken: true, span };
}

/** A map's entries: those of a YAML map, or of the parts that a section fell into. */
type Entries = Part | Pairs;

interface Pairs {
  readonly kind: "pairs";
  readonly map: YAMLMap;
  readonly context: Context;
}

/** Entries by key as they are found, and what is merged into them. */
interface Found {
  readonly own: Map<string, Entry>;
  readonly merged: Node[];
}

function buildEntries(builder: Builder, parts: readonly Entries[]): Pick<MapNode, "kind" | "entries"> {
  const found: Found = { own: new Map(), merged: [] };
  for (const part of parts) {
    if (part.kind === "section") addOwn(builder, found.own, sectionEntry(builder, part));
    else if (part.kind === "pairs") addPairs(builder, part, found);
    else addPiece(builder, part, found);
  }
  const { own, merged } = found;
  return { kind: "map", entries: merged.length > 0 ? withMerged(builder, own, merged) : own };
}

/** Undefined when the key is not finished. What stands below it belongs to nothing that is known. */
function sectionEntry(builder: Builder, section: Section): Entry | undefined {
  const { text, span } = section.key!;
  if (!section.unfinished) return { key: text, keySpan: span, value: buildSection(builder, section) };
  builder.problems.push(incompleteKey(text, span));
  return undefined;
}

function addPiece(builder: Builder, piece: Piece, found: Found): void {
  const { free, tied } = piece.block.read();
  const map = tied?.contents;
  if (isMap(map))
    addPairs(
      builder,
      { kind: "pairs", map, context: { lines: { chunk: tied!, offset: piece.offset } } },
      found,
    );
  if (!free) return;
  addFlaws(builder, free.problems, piece);
  for (const [i, entry] of free.entries.entries())
    addOwn(builder, found.own, placedEntry(entry, piece.offset, free.units[i]));
}

function addPairs(builder: Builder, { map, context }: Pairs, { own, merged }: Found): void {
  for (const pair of map.items as Pair<YamlNode, YamlNode>[]) {
    if (isMergeKey(pair)) merged.push(build(builder, pair.value, context));
    else addOwn(builder, own, entryOf(builder, pair, context), context.use);
  }
}

function isMergeKey(pair: Pair<YamlNode, YamlNode>): boolean {
  return isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}

function addOwn(builder: Builder, own: Map<string, Entry>, entry: Entry | undefined, use?: Use): void {
  if (!entry) return;
  const earlier = own.get(entry.key);
  if (!earlier) own.set(entry.key, entry);
  else if (!use) builder.problems.push(duplicateKey(entry, earlier));
}

/** Undefined when the key is not finished. */
function entryOf(builder: Builder, pair: Pair<YamlNode, YamlNode>, context: Context): Entry | undefined {
  const key = keyOf(builder, pair, context);
  if (!key) return undefined;
  const keySpan = context.use?.span ?? key.span;
  const empty = context.use?.span ?? { start: key.span.end, end: key.span.end };
  const value: Node = pair.value
    ? build(builder, pair.value, context)
    : { kind: "scalar", value: null, text: "", quoted: false, span: empty };
  return { key: key.text, keySpan, value };
}

function duplicateKey({ key, keySpan }: Entry, earlier: Entry): Problem {
  return {
    rule: "duplicate-key",
    severity: "error",
    message: l10n.t("`{0}` stands twice in this map; keep one.", key),
    span: keySpan,
    related: [{ message: l10n.t("The first `{0}`.", key), span: earlier.keySpan }],
  };
}

/** Own keys win over merged ones, earlier merges over later ones. */
function withMerged(builder: Builder, own: Map<string, Entry>, merged: readonly Node[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const source of merged.flatMap((node) => (node.kind === "list" ? node.items : [node]))) {
    if (source.kind !== "map") notMergeable(builder, source);
    else for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry);
  }
  for (const [key, entry] of own) {
    const overrides = entries.get(key)?.value.origin;
    entries.set(key, overrides ? { ...entry, overrides } : entry);
  }
  return entries;
}

function notMergeable(builder: Builder, node: Node): void {
  if (node.kind === "scalar" && node.broken) return;
  const message = l10n.t("`<<` merges a map, or a list of maps, into this one; this is neither.");
  builder.problems.push({
    rule: "wrong-type",
    severity: "error",
    message,
    span: node.span,
    related: originNote(node),
  });
}

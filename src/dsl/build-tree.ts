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
} from "yaml";
import type { Chunk, YamlNode } from "./chunk";
import type { Problem, Span } from "./problem";
import { listed, nearest } from "./suggest";
import { incompleteKey } from "./syntax";
import { type Entry, type MapNode, type Node, type Origin, originNote, type ScalarNode } from "./tree";

/** Nodes that aliases may unfold to before the file is refused. */
const MOST_ALIASED = 100_000;

/** A file as it was taken apart: pieces of text that were read on their own, under keys. */
export type Part = Piece | Section;

export interface Piece {
  readonly kind: "piece";
  readonly chunk: Chunk;
  /** Where the chunk starts in the file. */
  readonly offset: number;
}

export interface Section {
  readonly kind: "section";
  /** Absent for the whole file. */
  readonly key?: { readonly text: string; readonly span: Span };
  readonly parts: readonly Part[];
  readonly isList: boolean;
  readonly span: Span;
}

interface Builder {
  readonly anchors: Map<string, { readonly node: NonNullable<YamlNode>; readonly piece: Piece }>;
  /** Anchors whose value is being read: an alias to one would contain itself. */
  readonly open: Set<string>;
  readonly problems: Problem[];
  aliased: number;
  /** True once the file was refused for its aliases. */
  refused: boolean;
}

/** Where nodes are being read: their piece of text, and the alias through which it was reached. */
interface Context {
  readonly piece: Piece;
  readonly use?: Use;
}

interface Use {
  readonly span: Span;
  readonly anchor: string;
}

/** Resolves aliases and merge keys; reports duplicate keys, unknown aliases and half-typed keys in flow maps. */
export function buildTree(part: Part): { root?: Node; problems: Problem[] } {
  const builder: Builder = { anchors: new Map(), open: new Set(), problems: [], aliased: 0, refused: false };
  const root =
    part.kind === "section"
      ? buildSection(builder, part)
      : build(builder, part.chunk.contents, { piece: part });
  return { root, problems: builder.problems };
}

function buildSection(builder: Builder, section: Section): Node {
  const { span } = section;
  if (!section.isList) return { ...buildEntries(builder, section.parts), block: true, span };
  const items = section.parts.flatMap((part) => itemsOf(builder, part));
  return { kind: "list", items, block: true, span };
}

function itemsOf(builder: Builder, part: Part): Node[] {
  if (part.kind === "section") return [];
  const { contents } = part.chunk;
  return isSeq(contents)
    ? contents.items.map((item) => build(builder, item as YamlNode, { piece: part }))
    : [];
}

function build(builder: Builder, node: YamlNode, context: Context): Node {
  if (isAlias(node)) return buildAlias(builder, node, context);
  const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
  if (!anchor || context.use) return buildValue(builder, node, context);
  builder.open.add(anchor);
  const built = buildValue(builder, node, context);
  builder.open.delete(anchor);
  builder.anchors.set(anchor, { node: node!, piece: context.piece });
  return built;
}

function buildValue(builder: Builder, node: YamlNode, context: Context): Node {
  if (context.use) builder.aliased++;
  if (isMap(node)) {
    return {
      ...buildEntries(builder, [{ map: node, context }]),
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
    : (node.source ?? context.piece.chunk.text.slice(node.range[0], node.range[1]));
  return { kind: "scalar", value, text, quoted, ...location(node, context) };
}

interface Ranged {
  readonly range?: readonly number[] | null;
}

function location(node: Ranged, { piece, use }: Context): { span: Span; origin?: Origin } {
  const span = spanOf(node, piece);
  return use ? { span: use.span, origin: { anchor: use.anchor, span } } : { span };
}

function spanOf(node: Ranged, { offset }: Piece): Span {
  return { start: offset + (node.range?.[0] ?? 0), end: offset + (node.range?.[1] ?? 0) };
}

function buildAlias(builder: Builder, alias: Alias, { piece, use }: Context): Node {
  const span = use?.span ?? spanOf(alias, piece);
  const anchor = alias.source;
  const target = builder.open.has(anchor) ? undefined : builder.anchors.get(anchor);
  if (builder.aliased > MOST_ALIASED) refuse(builder, span);
  else if (target) return build(builder, target.node, { piece: target.piece, use: { span, anchor } });
  else if (!use) builder.problems.push(unusable(aliasFlaw(builder, anchor), span));
  return { kind: "scalar", value: null, text: "", quoted: false, broken: true, span };
}

/** Once is enough: the other aliases would only repeat it. */
function refuse(builder: Builder, span: Span): void {
  if (builder.refused) return;
  builder.refused = true;
  const most = MOST_ALIASED.toLocaleString("en");
  builder.problems.push(
    unusable(`Aliases unfold to more than ${most} values here; nest fewer of them.`, span),
  );
}

function unusable(message: string, span: Span): Problem {
  return { rule: "unusable-alias", severity: "error", message, span };
}

function aliasFlaw(builder: Builder, name: string): string {
  if (builder.open.has(name))
    return `*${name} stands inside the value of &${name}, so it would contain itself.`;
  return unknownAlias(builder, name);
}

function unknownAlias({ anchors }: Builder, name: string): string {
  const guess = nearest(name, anchors.keys());
  const declared = anchors.size > 0 ? `; there are ${listed(anchors.keys())}` : "";
  return `There is no anchor &${name} above this line${guess ? `; did you mean *${guess}?` : `${declared}.`}`;
}

/** A map's entries: those of a YAML map, or of the parts that a section fell into. */
type Entries = Part | { readonly kind?: undefined; readonly map: YAMLMap; readonly context: Context };

function buildEntries(builder: Builder, parts: readonly Entries[]): Pick<MapNode, "kind" | "entries"> {
  const own = new Map<string, Entry>();
  const merged: Node[] = [];
  for (const part of parts) {
    if (part.kind === "section") addOwn(builder, own, sectionEntry(builder, part));
    else addPairs(builder, part.kind ? pairsOf(part) : part, own, merged);
  }
  return { kind: "map", entries: merged.length > 0 ? withMerged(builder, own, merged) : own };
}

function sectionEntry(builder: Builder, section: Section): Entry {
  const { text, span } = section.key!;
  return { key: text, keySpan: span, value: buildSection(builder, section) };
}

function pairsOf(piece: Piece): { map?: YAMLMap; context: Context } {
  const { contents } = piece.chunk;
  return { map: isMap(contents) ? contents : undefined, context: { piece } };
}

function addPairs(
  builder: Builder,
  { map, context }: { map?: YAMLMap; context: Context },
  own: Map<string, Entry>,
  merged: Node[],
): void {
  for (const pair of (map?.items ?? []) as Pair<YamlNode, YamlNode>[]) {
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

interface Key {
  readonly text: string;
  readonly span: Span;
}

function keyOf(builder: Builder, pair: Pair<YamlNode, YamlNode>, { piece, use }: Context): Key | undefined {
  const { key } = pair;
  const span = key ? spanOf(key, piece) : { start: piece.offset, end: piece.offset };
  const written = piece.chunk.text.slice(span.start - piece.offset, span.end - piece.offset);
  if (!isScalar(key) || pair.value === null) {
    if (!use) builder.problems.push(isScalar(key) ? incompleteKey(written, span) : complexKey(span));
    return undefined;
  }
  if (key.type !== "PLAIN" || !written.includes("\n")) return { text: textOfKey(key), span };
  return keyOfLastLine(builder, written, span, use);
}

function textOfKey(key: Scalar): string {
  return key.type === "PLAIN" ? (key.source ?? String(key.value)) : String(key.value);
}

/** In a flow map, a half-typed key and the key on the next line are one scalar to YAML. */
function keyOfLastLine(builder: Builder, written: string, span: Span, use?: Use): Key {
  const firstLine = written.slice(0, written.indexOf("\n")).trimEnd();
  const text = written.slice(written.lastIndexOf("\n") + 1).trim();
  const half = { start: span.start, end: span.start + firstLine.length };
  if (!use) builder.problems.push(incompleteKey(firstLine, half));
  return { text, span: { start: span.end - text.length, end: span.end } };
}

function complexKey(span: Span): Problem {
  return {
    rule: "yaml-syntax",
    severity: "error",
    message: "A key is a plain name, not a list, a map or an alias.",
    span,
  };
}

function duplicateKey({ key, keySpan }: Entry, earlier: Entry): Problem {
  return {
    rule: "duplicate-key",
    severity: "error",
    message: `\`${key}\` stands twice in this map; keep one.`,
    span: keySpan,
    related: [{ message: `The first \`${key}\`.`, span: earlier.keySpan }],
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
  const message = "`<<` merges a map, or a list of maps, into this one; this is neither.";
  builder.problems.push({
    rule: "wrong-type",
    severity: "error",
    message,
    span: node.span,
    related: originNote(node),
  });
}

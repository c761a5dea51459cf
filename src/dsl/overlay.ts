import type { Base } from "./base";
import { inheritedEntry, originIn } from "./inherited";
import type { Span } from "./problem";
import { childSchema, rootSchema, type Schema } from "./schema";
import { schemaFor } from "./sites";
import { child, type Entry, type MapNode, type Node, type ScalarNode, textOf } from "./tree";

export const EXTENDS = "extends";

/** The value of `extends`; undefined when a file does not extend another. */
export function extendsNode(root: Node | undefined): Node | undefined {
  return child(root, EXTENDS);
}

/** The path of the file that a file extends; undefined when there is none, or what is written is no path. */
export function extendedPath(root: Node | undefined): string | undefined {
  const node = extendsNode(root);
  const isText = node?.kind === "scalar" && typeof node.value === "string";
  return isText && node.value !== "" ? textOf(node) : undefined;
}

/**
 * A file laid over the one it extends. Maps merge key by key; lists, scalars and values of another kind replace.
 * Entries keep the order of the base; what only the base has is inherited.
 */
export function overlaid(root: MapNode, base: Base): MapNode {
  const { root: below } = base.source!;
  const { span } = extendsNode(root) as ScalarNode;
  return below?.kind === "map" ? merged(below, root, { schema: rootSchema, span, base }) : root;
}

/** A map that is still written, over what the base has in its place; the map itself where that is nothing of its kind. */
export function overlaidMap(own: MapNode, below: Node | undefined, declared: Schema, base: Base): MapNode {
  if (below?.kind !== "map" || !isOfSameKind(below, own, declared)) return own;
  return merged(below, own, { schema: schemaFor(declared, below), span: own.span, base });
}

interface Place {
  readonly schema: Schema;
  /** Of the nearest key that is written. */
  readonly span: Span;
  readonly base: Base;
}

function merged(below: MapNode, own: MapNode, place: Place): MapNode {
  const { schema, base } = place;
  const entries = new Map<string, Entry>();
  const ousted = oustedBy(own, schema);
  for (const entry of below.entries.values()) {
    const mine = own.entries.get(entry.key);
    if (mine) entries.set(entry.key, laidOver(entry.value, mine, place));
    else if (!ousted.has(entry.key))
      entries.set(entry.key, inheritedEntry(entry, { span: place.span, base }));
  }
  for (const entry of own.entries.values()) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  const { block, span, origin } = own;
  return { kind: "map", block, span, origin, entries };
}

/** What a file extends is its own matter; of keys that exclude each other, the one that is written counts. */
function oustedBy(own: MapNode, schema: Schema): ReadonlySet<string> {
  const groups = (schema.exclusiveProperties ?? []).filter((group) =>
    group.some((key) => own.entries.has(key)),
  );
  return new Set([EXTENDS, ...groups.flat()]);
}

function laidOver(below: Node, mine: Entry, { schema: around, base }: Place): Entry {
  const declared = childSchema(around, mine.key) ?? {};
  const { value, keySpan } = mine;
  if (below.kind === "map" && value.kind === "map" && isOfSameKind(below, value, declared)) {
    const place = { schema: schemaFor(declared, below), span: keySpan, base };
    return { ...mine, value: merged(below, value, place) };
  }
  return { ...mine, overrides: originIn(base, below) };
}

/** Whether a value is of the kind that the base's is, or does not say another. */
function isOfSameKind(below: MapNode, own: MapNode, { discriminator }: Schema): boolean {
  if (!discriminator) return true;
  const tag = textOf(child(own, discriminator.propertyName));
  return tag === undefined || tag === textOf(child(below, discriminator.propertyName));
}

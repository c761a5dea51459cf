import { keyKind, type Schema } from "./schema";
import { child, type Entry, type Node, textOf } from "./tree";

/** A name that a value uses: the value itself, or one of its keys. */
export interface NameUse {
  readonly kind: string;
  readonly text: string;
  /** Of a key. */
  readonly entry?: Entry;
}

/** The names that a value or its keys refer to. */
export function namesUsedAt(node: Node, schema: Schema): NameUse[] {
  const { references, keys } = schema;
  if (keys && node.kind === "map")
    return [...node.entries.values()].flatMap((entry) => {
      const kind = keyKind(schema, entry.key);
      return kind ? [{ kind, text: entry.key, entry }] : [];
    });
  const text = references && textOf(node);
  return references && text !== undefined ? [{ kind: references, text }] : [];
}

/** Reserves and E-modes are those of the market around the reference, or of the book's market. */
export function marketAround(root: Node | undefined, section: unknown, name: unknown): string | undefined {
  if (section === "markets") return String(name);
  return section === "books" ? textOf(child(child(child(root, "books"), String(name)), "market")) : undefined;
}

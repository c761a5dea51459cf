import { SECTIONS } from "../../dsl/name-kinds";
import type { Path } from "../../dsl/problem";
import { namesInScope } from "../../dsl/references";
import { branchOf, childSchema, keyKind, type Schema } from "../../dsl/schema";
import { child, type Node } from "../../dsl/tree";
import type { Piece } from "./candidate";
import type { Example } from "./examples";
import { plainOrQuoted } from "./scalars";

/** An example with the names of the file in the place of its own. */
export type Filled =
  | { readonly kind: "leaf"; readonly piece: Piece }
  | { readonly kind: "list"; readonly items: readonly Filled[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Piece, Filled])[] };

/** Where names are looked up, and those a block has used, by kind. */
export interface Names {
  readonly root: Node;
  readonly path: Path;
  readonly used: Map<string, string[]>;
}

export function namesAt(root: Node, path: Path): Names {
  return { root, path, used: new Map() };
}

export function fill(names: Names, declared: Schema, value: Example): Filled {
  const schema = branchOf(declared, (tag) => String((value as Record<string, Example>)[tag])) ?? declared;
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item, index) => fillChild(names, schema, index, item)) };
  }
  if (typeof value === "object") {
    const entries = writable(names, schema, value as Record<string, Example>).map(([key, each]) => {
      const isName = keyKind(schema, key) !== undefined || !schema.properties;
      const piece = isName ? namePiece(names, schema.keys, key) : key;
      return [piece, fillChild(names, schema, key, each)] as const;
    });
    return { kind: "map", entries };
  }
  return { kind: "leaf", piece: leafPiece(names, schema, String(value)) };
}

/** Where keys are names, no more entries than there are names. */
function writable(names: Names, { keys }: Schema, value: Record<string, Example>): [string, Example][] {
  const declared = keys === undefined ? [] : [...(scopeOf(names, keys) ?? [])];
  return Object.entries(value).slice(0, declared.length || undefined);
}

function fillChild(names: Names, schema: Schema, key: string | number, value: Example): Filled {
  return fill(names, childSchema(schema, key) ?? {}, value);
}

function leafPiece(names: Names, schema: Schema, value: string): Piece {
  if (schema.const !== undefined || schema.enum?.length === 1) return value;
  if (schema.references) return namePiece(names, schema.references, value);
  if (schema.enum)
    return { example: value, choices: [value, ...schema.enum.filter((each) => each !== value)] };
  return { example: value };
}

/** A name to type over: that of the example where it is declared, else one that the block does not use yet. */
function namePiece(names: Names, kind: string | undefined, example: string): Piece {
  const declared = kind === undefined ? [] : [...(scopeOf(names, kind) ?? [])];
  if (kind === undefined || declared.length === 0) return { example };
  const used = names.used.get(kind) ?? [];
  const free = declared.filter((name) => !used.includes(name));
  const name = free.includes(example) ? example : (free[0] ?? declared[0]);
  names.used.set(kind, [...used, name]);
  const choices = [name, ...declared.filter((each) => each !== name)].map((each) =>
    plainOrQuoted(each, true),
  );
  return { example: choices[0], choices };
}

/** Of what a market declares, in a block that has no market yet: that of the first market. */
function scopeOf({ root, path }: Names, kind: string): Iterable<string> | undefined {
  const scope = namesInScope(root, kind, path);
  if (scope || SECTIONS.get(kind)) return scope?.names.keys();
  const markets = child(root, "markets");
  const [first] = markets?.kind === "map" ? markets.entries.keys() : [];
  return first === undefined ? undefined : namesInScope(root, kind, ["markets", first])?.names.keys();
}

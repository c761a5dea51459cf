import { namesInScope } from "../../dsl/references";
import { childSchema, type Schema } from "../../dsl/schema";
import { type Candidate, type Piece, textOfPieces } from "./candidate";
import { type Variant, variantsOf } from "./examples";
import { type Filled, fill, namesAt } from "./fill";
import type { KeyPlace } from "./keys";
import { blockEntries, blockItem, flowEntries, flowPieces } from "./layout";
import { plainOrQuoted } from "./scalars";
import type { Scene } from "./scene";

/** Whole entries of a map of names: an asset of each sort, a venue of each model, with what each needs. */
export function entryBlocks(place: KeyPlace): Candidate[] {
  const { site, scene, flow, hasColon, column } = place;
  const value = childSchema(site.schema, "");
  if (site.schema.properties || !value || hasColon) return [];
  const name = newName(place);
  if (!name || !isBlock(value)) return [];
  return variantsOf(value).map((variant) => {
    const entry: Filled = { kind: "map", entries: [[name, filled(variant, scene, site.path)]] };
    const insert = flow ? [...flowEntries(entry), place.after] : blockEntries(entry, column);
    const typed = scene.text.slice(scene.context.word.start, scene.context.word.end);
    return { ...block(variant, insert), filter: `${typed} ${variant.title}`.trimStart() };
  });
}

function isBlock(schema: Schema): boolean {
  return schema.properties !== undefined || schema.oneOf !== undefined;
}

/** What is typed becomes the name; else an example, or a name that the keys may refer to. */
function newName({ site, map, scene, flow }: KeyPlace): Piece | undefined {
  const { keys, propertyNames } = site.schema;
  const scope = keys === undefined ? undefined : namesInScope(scene.root, keys, site.path);
  if (scope) {
    const free = [...scope.names.keys()].filter((name) => !map.entries.has(name));
    const choices = free.map((name) => plainOrQuoted(name, flow));
    return choices.length > 0 ? { example: choices[0], choices } : undefined;
  }
  const typed = scene.text.slice(scene.context.word.start, scene.context.word.end);
  const example = String(propertyNames?.examples?.[0] ?? "name");
  return { example: typed || (map.entries.has(example) ? `${example}-2` : example) };
}

/** All that an empty map needs, once for each way to begin it. */
export function contentBlocks(place: KeyPlace): Candidate[] {
  const { site, map, scene, flow, hasColon, column, after } = place;
  if (map.entries.size > 0 || hasColon || !isBlock(site.schema)) return [];
  return variantsOf(site.schema).flatMap((variant) => {
    const value = filled(variant, scene, site.path);
    if (value.kind !== "map" || value.entries.length === 0) return [];
    const isItem = typeof site.path.at(-1) === "number" && !flow;
    const insert = flow
      ? [...flowEntries(value), after]
      : isItem
        ? blockItem(value, column)
        : blockEntries(value, column);
    return [block(variant, insert)];
  });
}

/** A map or list behind its key, on one line. */
export function inlineBlocks(scene: Scene): Candidate[] {
  const { site } = scene;
  return variantsOf(site.schema).map((variant) =>
    block(variant, flowPieces(filled(variant, scene, site.path))),
  );
}

/** A first item of a list, with its dash, on a line of its own. */
export function itemBlocks(scene: Scene): Candidate[] {
  const { site, context } = scene;
  const item = childSchema(site.schema, 0);
  if (!item) return [];
  return variantsOf(item).map((variant) => {
    const value = filled(variant, scene, [...site.path, 0]);
    return block(variant, ["- ", ...blockItem(value, context.column + 2)]);
  });
}

function filled({ schema, value }: Variant, { root }: Scene, path: Scene["site"]["path"]): Filled {
  return fill(namesAt(root, path), schema, value);
}

const RANK = 0;
const LONGEST_DETAIL = 60;

function block({ schema, title }: Variant, insert: readonly Piece[]): Candidate {
  const text = textOfPieces(insert).replace(/\s+/g, " ");
  const detail = text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL - 1)}…` : text;
  return { label: title, kind: "block", insert, rank: RANK, detail, about: { schema } };
}

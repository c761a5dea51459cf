import * as l10n from "@vscode/l10n";
import { type Checked, check } from "./check";
import { meantKey } from "./keys";
import { alsoAt, columnOf, fits, indentation, isEmpty, mapOf, shape } from "./misplaced";
import { atNumeraire } from "./numeraire";
import { pathAt } from "./positions";
import type { Path, Problem } from "./problem";
import { childSchema, rootSchema, type Schema } from "./schema";
import { schemaFor } from "./sites";
import type { Steps } from "./steps";
import type { Entry, MapNode, Node } from "./tree";

/** What is found where a key stands one level too shallow: at the key, at its value, or at the map that lacks it. */
const TRACES = new Set(["unknown-key", "wrong-type", "missing-key", "missing-value"]);

/** Of a file with many problems only the first are looked at. */
const MOST = 20;

/** Checks a file. Keys one level too shallow are one problem, and are checked where they belong. */
export function* checkInPlace(text: string, root: MapNode): Steps<Checked & { readonly root: MapNode }> {
  const found = yield* check(root);
  const problems: Problem[] = [];
  const deepen = (map: MapNode, schema: Schema): MapNode => {
    const strays = straysIn(map, schema);
    for (const [holder, keys] of strays) problems.push(shallowKeys(text, map, holder, keys));
    return strays.size > 0 ? deepened(map, strays) : map;
  };
  let moved = root;
  for (const path of traced(found.problems, root)) moved = replaced(moved, rootSchema, path, deepen) ?? moved;
  if (problems.length === 0) return { ...found, problems: atNumeraire(text, root, found.problems), root };
  const { data, problems: others } = yield* check(moved);
  return { data, problems: [...problems, ...atNumeraire(text, moved, others)], root: moved };
}

/** The maps around what such problems are told of. */
function traced(problems: readonly Problem[], root: MapNode): Path[] {
  const traces = problems.filter(({ rule }) => TRACES.has(rule)).slice(0, MOST);
  return traces.flatMap(({ span }) => {
    const path = pathAt(root, span.start)?.path.slice(0, -1);
    return path ? [path] : [];
  });
}

/** A tree with another map at a path; undefined where none is written there. */
function replaced(
  node: Node | undefined,
  declared: Schema | undefined,
  [key, ...rest]: Path,
  by: (map: MapNode, schema: Schema) => MapNode,
): MapNode | undefined {
  if (node?.kind !== "map" || node.origin || !declared) return undefined;
  const schema = schemaFor(declared, node);
  if (key === undefined) return by(node, schema);
  const entry = node.entries.get(String(key));
  const value = entry && replaced(entry.value, childSchema(schema, key), rest, by);
  if (!value || value === entry.value) return undefined;
  return { ...shape(node), entries: new Map(node.entries).set(entry.key, { ...entry, value }) };
}

type Strays = ReadonlyMap<Entry, readonly Entry[]>;

/** Keys that nothing but one of the values beside them knows, by the entry of that value. */
function straysIn(map: MapNode, schema: Schema): Strays {
  const found = new Map<Entry, Entry[]>();
  let last: Entry | undefined;
  for (const entry of map.entries.values()) {
    const holder = entry.value.origin ? undefined : holderOf(entry, last, map, schema);
    if (holder) found.set(holder, [...(found.get(holder) ?? []), entry]);
    else last = entry;
  }
  return found;
}

/** @param last the entry above; of named values it is the only one that a key can have slipped out of */
function holderOf(entry: Entry, last: Entry | undefined, map: MapNode, schema: Schema): Entry | undefined {
  const { key } = entry;
  if (!schema.properties || schema.keys)
    return last && !isNamed(entry, schema) && takes(last, key, schema) ? last : undefined;
  const isOwn = Object.hasOwn(schema.properties, key);
  if (isOwn ? !isMapForText(entry, schema) : meantKey(key, schema, map) !== undefined) return undefined;
  const holders = [...map.entries.values()].filter((each) => each !== entry && takes(each, key, schema));
  return holders.length === 1 ? holders[0] : undefined;
}

/** Whether a map stands where the schema wants text: it may be what a value beside it calls the same. */
function isMapForText({ key, value }: Entry, schema: Schema): boolean {
  return value.kind === "map" && childSchema(schema, key)?.type === "string";
}

/** Whether a value can be one of the maps that this map gives names to. */
function isNamed({ key, value }: Entry, schema: Schema): boolean {
  const declared = childSchema(schema, key);
  const isMap = declared?.type === "object" || declared?.discriminator !== undefined;
  return !isMap || fits(value, declared);
}

function takes({ key, value }: Entry, wanted: string, around: Schema): boolean {
  const declared = childSchema(around, key);
  if (!declared || value.origin || !(value.kind === "map" || isEmpty(value))) return false;
  const { properties = {}, discriminator } = schemaFor(declared, value);
  const isKnown = Object.hasOwn(properties, wanted) || discriminator?.propertyName === wanted;
  return isKnown && !(value.kind === "map" && value.entries.has(wanted));
}

function deepened(map: MapNode, strays: Strays): MapNode {
  const moved = new Set([...strays.values()].flat());
  const kept = [...map.entries.values()].filter((entry) => !moved.has(entry));
  const entries = kept.map((entry) => {
    const keys = strays.get(entry);
    return [entry.key, keys ? withKeys(map, entry, keys) : entry] as const;
  });
  return { ...shape(map), entries: new Map(entries) };
}

function withKeys(map: MapNode, holder: Entry, keys: readonly Entry[]): Entry {
  const { value } = holder;
  const own = value.kind === "map" ? [...value.entries] : [];
  const entries = new Map([...own, ...keys.map((entry) => [entry.key, entry] as const)]);
  const isWithin = value.kind === "map" && !isBelow(map, holder, keys);
  return { ...holder, value: isWithin ? { ...shape(value), entries } : mapOf(entries, value) };
}

/** Whether keys are the next lines below a block, so that indenting them puts them in it. */
function isBelow(map: MapNode, holder: Entry, keys: readonly Entry[]): boolean {
  const { value } = holder;
  const all = [...map.entries.values()];
  const next = all.slice(all.indexOf(holder) + 1, all.indexOf(holder) + 1 + keys.length);
  return (
    map.block &&
    (isEmpty(value) || (value.kind === "map" && value.block)) &&
    next.every((entry) => keys.includes(entry))
  );
}

function shallowKeys(text: string, map: MapNode, holder: Entry, keys: readonly Entry[]): Problem {
  const [first, ...others] = keys;
  const problem = { severity: "error", span: first.keySpan, related: alsoAt(others) } as const;
  if (!isBelow(map, holder, keys)) {
    const message = l10n.t("`{0}` is a key of `{1}`: move it there.", first.key, holder.key);
    return { ...problem, rule: "unknown-key", message };
  }
  const neighbour = holder.value.kind === "map" ? holder.value.entries.values().next().value : undefined;
  const by = neighbour ? columnOf(text, neighbour) - columnOf(text, first) : 2;
  const message = l10n.t("`{0}` is a key of `{1}`: indent it below.", first.key, holder.key);
  return { ...problem, rule: "bad-indentation", message, fixes: [indentation(text, holder.key, keys, by)] };
}

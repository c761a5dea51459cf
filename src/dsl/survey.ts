import { inherited } from "./inherited";
import { patternOf } from "./name-kinds";
import { placed } from "./placed";
import type { Path } from "./problem";
import { expectedOf, readQuantity } from "./quantities";
import { childSchema, type Schema } from "./schema";
import { type Flaw, type Site, schemaFor } from "./sites";
import type { Steps } from "./steps";
import { type Entry, isBroken, type ListNode, type MapNode, type Node } from "./tree";
import type { Unit } from "./unit";
import { checkOf, type UnitCheck } from "./unit-check";
import type { Seen } from "./validate";

/** A tree with what the schema says of every value, its quantities read. Units bring what was found in them before. */
export interface Survey {
  /** In the order of the text, parents first. */
  readonly parts: readonly (Site | PlacedUnit)[];
  readonly sites: readonly Site[];
  readonly units: readonly PlacedUnit[];
  readonly numeraire: string;
  /** Quantities in base units. Those of units are not among them. */
  readonly values: ReadonlyMap<Node, number>;
  /** Quantities that cannot be read. */
  readonly flaws: readonly Flaw[];
  /** The whole tree in base units. What units hold is shared with other versions. */
  readonly data: unknown;
  /** The maps and lists of `data` that are not shared. */
  readonly owned: Set<unknown>;
  /** Maps of names, and lists in maps, whose children stand for themselves. */
  readonly seen: readonly Seen[];
  /** Whether something would be read differently in another numeraire. */
  readonly isPriced: boolean;
}

/** A unit at its place in a version of the file. */
export interface PlacedUnit {
  readonly unit: Unit;
  readonly check: UnitCheck;
  readonly node: Node;
  readonly parent: Site;
  /** In the file; in the unit's own paths a list item has the index 0. */
  readonly key: string | number;
  /** The data of the map or list that holds it. */
  readonly holder: Data;
}

export type Data = Record<string | number, unknown>;

/** Where a unit starts in the text it stands in: what has to be added to its own offsets. */
export function offsetOf({ unit, node }: PlacedUnit): number {
  return (node.origin?.span ?? node.span).start - unit.node.span.start;
}

export function absolutePath({ parent, key }: PlacedUnit, path: Path): Path {
  return [...parent.path, key, ...path.slice(1)];
}

export function absoluteSite(at: PlacedUnit, site: Site): Site {
  const node = placed(site.node, offsetOf(at));
  const { span, origin } = at.node;
  const shown = origin?.base ? inherited(node, { base: origin.base, span }) : node;
  return { ...site, path: absolutePath(at, site.path), node: shown };
}

/** A survey under way. */
interface Records {
  readonly parts: (Site | PlacedUnit)[];
  readonly sites: Site[];
  readonly units: PlacedUnit[];
  readonly numeraire: string;
  readonly values: Map<Node, number>;
  readonly flaws: Flaw[];
  readonly owned: Set<unknown>;
  readonly seen: Seen[];
  isPriced: boolean;
}

/** Stops after each new unit. */
export function* survey(root: Site, numeraire: string): Steps<Survey> {
  const records: Records = {
    parts: [],
    sites: [],
    units: [],
    numeraire,
    values: new Map(),
    flaws: [],
    owned: new Set(),
    seen: [],
    isPriced: false,
  };
  const data = yield* visit(records, root);
  return { ...records, data };
}

/** Returns the data of a value. Maps have no prototype: a market may be called `constructor`. */
function* visit(records: Records, site: Site): Steps<unknown> {
  records.sites.push(site);
  records.parts.push(site);
  const { node } = site;
  const expected = expectedOf(site, records.numeraire);
  records.isPriced ||= expected?.dimension === "price" || expected?.dimension === "value";
  if (node.kind === "scalar") {
    const { value, flaws } = readQuantity(site, expected);
    records.flaws.push(...flaws);
    if (value !== undefined) records.values.set(node, value);
    return value ?? node.value;
  }
  if (node.kind === "list") return yield* visitItems(records, site, node);
  return yield* visitEntries(records, site, node);
}

function* visitEntries(records: Records, site: Site, { entries }: MapNode): Steps<Data> {
  const data: Data = Object.create(null);
  records.owned.add(data);
  const names = namesOf(site.schema);
  const unseen: string[] = [];
  for (const entry of entries.values()) {
    const { key, value } = entry;
    const isSeen = yield* visitChild(records, site, data, key, value, entry);
    if (names && key in data && !(isSeen && names.test(key))) unseen.push(key);
  }
  if (names) addSeen(records, site, data, unseen, entries.size);
  return data;
}

/** How names are spelled in a map that holds nothing but named values. */
function namesOf({ properties, required, minProperties, declares }: Schema): RegExp | undefined {
  return properties || required || minProperties || !declares ? undefined : patternOf(declares);
}

function* visitItems(records: Records, site: Site, { items }: ListNode): Steps<unknown[]> {
  const data: unknown[] = [];
  records.owned.add(data);
  const unseen: number[] = [];
  for (const [index, item] of items.entries())
    if (!(yield* visitChild(records, site, data as unknown as Data, index, item))) unseen.push(index);
  const { minItems, maxItems, prefixItems } = site.schema;
  const isOpen = minItems === undefined && maxItems === undefined && !prefixItems;
  if (isOpen) addSeen(records, site, data, unseen, items.length);
  return data;
}

/** Within list items nothing is noted: their indices are not those that the validator sees. */
function addSeen(
  { seen }: Records,
  { path }: Site,
  data: Seen["data"],
  unseen: Seen["unseen"],
  size: number,
): void {
  if (unseen.length < size && !path.some((key) => typeof key === "number")) seen.push({ path, data, unseen });
}

/** True when the validator has seen the child before. */
function* visitChild(
  records: Records,
  parent: Site,
  holder: Data,
  key: string | number,
  node: Node,
  entry?: Entry,
): Steps<boolean> {
  const declared = childSchema(parent.schema, key);
  const unit = node.kind === "scalar" || entry?.overrides ? undefined : node.unit;
  const check = unit && checkOf(unit, declared, records.numeraire);
  if (check) {
    holder[key] = check.raw;
    const at: PlacedUnit = { unit: unit!, check, node, parent, key, holder };
    records.units.push(at);
    records.parts.push(at);
    if (!check.settled) yield;
    return check.settled !== undefined;
  }
  const value = declared
    ? yield* visit(records, {
        path: [...parent.path, key],
        node,
        schema: schemaFor(declared, node),
        parent,
        entry,
      })
    : plainData(node);
  if (!isBroken(node)) holder[key] = value;
  return false;
}

/** The data of a part that the schema does not know. */
export function plainData(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.unit) return checkOf(node.unit, undefined, "")!.raw;
  if (node.kind === "list") return node.items.map(plainData);
  const data: Data = Object.create(null);
  for (const { key, value } of node.entries.values()) data[key] = plainData(value);
  return data;
}

/** Whether no quantity in a value is read by what stands around the value. */
export function isSelfContained(declared: Schema, node: Node): boolean {
  if (node.kind === "map") return true;
  if (node.kind === "scalar") return declared.amountOf === undefined && declared.dimensionBy === undefined;
  return node.items.every((item, index) => {
    const schema = childSchema(declared, index);
    return !schema || isSelfContained(schema, item);
  });
}

import type { RiskFile } from "../../../src/dsl/parse";
import type { Path } from "../../../src/dsl/problem";
import { resolved, rootSchema, type Schema } from "../../../src/dsl/schema";
import type { Dice } from "./dice";
import { takenKeys } from "./keys";
import { within } from "./parts";
import type { Place, Wish } from "./relation";
import { presenceOf, wishAt } from "./relations";
import { madeNumber, madeText } from "./scalars";

type Data = Record<string | number, unknown>;

interface Maker {
  readonly dice: Dice;
  /** The file so far. */
  readonly file: Data;
  /** What no file before has, and this one should have if it can. */
  readonly missing: ReadonlySet<string>;
}

/** A value, and the map that its keys or it refer to siblings in. */
interface Spot {
  readonly schema: Schema;
  readonly path: Path;
  /** Which part of the schema it is. */
  readonly part: string;
  readonly holder: Data;
  readonly siblings: Data;
}

/**
 * A risk file in base units, made from the schema.
 * @param missing parts of the schema that no file before has
 */
export function madeFile(dice: Dice, missing: ReadonlySet<string>): RiskFile {
  const file: Data = {};
  fillMap({ dice, file, missing }, file, { schema: rootSchema, path: [], part: "", wish: {} });
  return file as unknown as RiskFile;
}

/** Picks what leads to something that no file before has, if there is such a choice. */
function preferred<T>({ dice, missing }: Maker, all: readonly T[], partOf: (each: T) => string): T {
  const leads = all.filter((each) => leadsTo(missing, partOf(each)));
  return dice.pick(leads.length > 0 ? leads : all);
}

function leadsTo(missing: ReadonlySet<string>, part: string): boolean {
  return [...missing].some(
    (each) => each === part || (each.startsWith(part) && /[ /]/.test(each[part.length])),
  );
}

/** Makes a value in its place; maps are there before what is in them. */
function put(maker: Maker, { schema: declared, path, part: outer, holder, siblings }: Spot): void {
  const key = path.at(-1)!;
  const branches = declared.oneOf?.map(resolved);
  const schema = branches ? preferred(maker, branches, (branch) => within(outer, branch)) : declared;
  const part = branches ? within(outer, schema) : outer;
  const wish = wishAt(placeOf(maker, { schema, path, siblings }));
  if (wish.exactly !== undefined) holder[key] = wish.exactly;
  else if (schema.type === "object") {
    const map: Data = {};
    holder[key] = map;
    if (schema.properties) fillMap(maker, map, { schema, path, part, wish });
    if (!schema.properties || schema.keys) fillNames(maker, map, { schema, path, part, wish });
  } else if (schema.type === "array") {
    const list: unknown[] = [];
    holder[key] = list;
    fillList(maker, list, { schema, path, part, siblings, wish });
  } else holder[key] = scalar(maker, { schema, path, part, wish });
}

function placeOf(
  { dice, file }: Maker,
  { schema, path, siblings }: Pick<Spot, "schema" | "path" | "siblings">,
): Place {
  return { path, schema, file: file as unknown as RiskFile, siblings, dice };
}

function scalar(maker: Maker, { schema, path, part, wish: { among, range } }: Filling): unknown {
  const { dice, file } = maker;
  if (schema.const !== undefined) return schema.const;
  if (among) return preferred(maker, among, (choice) => `${part} = ${choice}`);
  if (schema.enum) return preferred(maker, schema.enum, (choice) => `${part} = ${choice}`);
  if (schema.references) return dice.pick(namesOf(file, schema.references, path));
  return schema.type === "string" ? madeText(dice, schema) : madeNumber(dice, schema, range);
}

interface Filling {
  readonly schema: Schema;
  readonly path: Path;
  readonly part: string;
  readonly wish: Wish;
}

function fillMap(maker: Maker, map: Data, { schema, path, part: outer, wish }: Filling): void {
  const { dice, missing } = maker;
  const taken = takenKeys(dice, schema, wish, (key) => leadsTo(missing, `${outer}/${key}`));
  for (const [key, declared] of Object.entries(schema.properties!)) {
    const part = `${outer}/${key}`;
    const spot = { schema: resolved(declared), path: [...path, key], part, holder: map, siblings: map };
    const isWanted = presenceOf(placeOf(maker, spot)) ?? taken.has(key);
    if (isWanted && acts(maker.file, schema, key, map)) put(maker, spot);
  }
}

/** Whether a key does something beside its siblings. */
function acts(file: Data, { properties = {} }: Schema, key: string, map: Data): boolean {
  const { onlyFor = {} } = resolved(properties[key]);
  return Object.entries(onlyFor).every(([sibling, values]) => {
    const value = map[sibling];
    if (value === undefined) return true;
    const kind = resolved(properties[sibling]).references;
    if (kind === undefined) return values.includes(String(value));
    const named = (file[sectionOf(kind)!] as Data)[String(value)] as Data;
    return values.some((each) => each in named);
  });
}

function fillNames(maker: Maker, map: Data, { schema, path, part: outer, wish }: Filling): void {
  const { dice, file } = maker;
  const count = wish.count ?? 1 + dice.below(3);
  const known = () => schema.keys && dice.some(namesOf(file, schema.keys, path), count);
  const names = wish.names ?? known() ?? newNames(dice, schema, count);
  for (const name of names) map[name] = undefined;
  if (schema.sharesOfOne) fillShares(dice, map);
  else
    for (const name of names) {
      const value = resolved(schema.additionalProperties as Schema);
      put(maker, { schema: value, path: [...path, name], part: `${outer}/*`, holder: map, siblings: map });
    }
}

/** Data files name assets in any case. */
function newNames(dice: Dice, { propertyNames = {} }: Schema, count: number): string[] {
  const names = new Map<string, string>();
  while (names.size < count) {
    const name = madeText(dice, resolved(propertyNames));
    names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** Whole percents that add up to 100. */
function fillShares(dice: Dice, map: Data): void {
  const names = Object.keys(map);
  let left = 100;
  for (const [i, name] of names.entries()) {
    const share = i === names.length - 1 ? left : dice.below(left + 1);
    map[name] = share / 100;
    left -= share;
  }
}

function fillList(
  maker: Maker,
  list: unknown[],
  { schema, path, part: outer, siblings, wish }: Filling & Pick<Spot, "siblings">,
): void {
  const { prefixItems, minItems = 1, maxItems = 3 } = schema;
  const { dice, file } = maker;
  const count = wish.count ?? prefixItems?.length ?? minItems + dice.below(maxItems - minItems + 1);
  const named = prefixItems ? undefined : resolved(schema.items as Schema).references;
  if (named) list.push(...(wish.names ?? dice.some(namesOf(file, named, path), count)));
  else
    for (let i = 0; i < count; i++) {
      const item = resolved(prefixItems?.[i] ?? (schema.items as Schema));
      const holder = list as unknown as Data;
      put(maker, { schema: item, path: [...path, i], part: `${outer}/*`, holder, siblings });
    }
}

function sectionOf(kind: string): string | undefined {
  return Object.keys(rootSchema.properties!).find((key) => rootSchema.properties![key].declares === kind);
}

/** The names of a kind that are declared so far: those of a section, or reserves of the market around. */
function namesOf(file: Data, kind: string, path: Path): string[] {
  const section = sectionOf(kind);
  const holder = section ? file : ((file.markets as Data)[path[1]] as Data);
  return Object.keys(holder[section ?? "reserves"] as Data);
}

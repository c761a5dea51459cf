import * as l10n from "@vscode/l10n";
import { meantKeys } from "./keys";
import { baseOf, nounOf, patternOf, SECTIONS } from "./name-kinds";
import { marketAround, namesUsedAt } from "./name-uses";
import type { Related } from "./problem";
import { childSchema, rootSchema, type Schema } from "./schema";
import { sentences } from "./sentences";
import { type Flaw, nameOf, type Site, schemaFor, valueFlaw, valueSpan } from "./sites";
import { listed, nearest } from "./suggest";
import { absolutePath, absoluteSite, type PlacedUnit } from "./survey";
import { child, type Entry, type Node, textOf } from "./tree";

/** Names that can be meant where a reference stands, and where they are declared. */
interface Scope {
  /** By name; only the keys count. */
  readonly names: ReadonlyMap<string, unknown>;
  /** Section they are declared in, or market. */
  readonly section?: string;
  readonly market?: string;
  /** Names that are not told as unknown: one that is missing or wrong where the market declares it may be meant. */
  readonly excused?: ReadonlyMap<string, unknown>;
}

/** The names a reference of this kind may have at a path; undefined when their declaration is itself missing or broken. */
export function namesInScope(root: Node | undefined, kind: string, path: Site["path"]): Scope | undefined {
  const section = SECTIONS.get(kind);
  if (section) return keysOf(child(root, section), section);
  const market = marketAround(root, path[0], path[1]);
  const node = market === undefined ? undefined : child(child(root, "markets"), market);
  if (!node) return undefined;
  const names = namesWithin(node, kind);
  return names && { names, market, excused: excusedIn(root, node, kind, names) };
}

/** The declared names of the kind below, such as assets, while a reserve of the market is none of them or not there. */
function excusedIn(
  root: Node | undefined,
  market: Node,
  kind: string,
  names: ReadonlyMap<string, unknown>,
): Scope["excused"] {
  const section = SECTIONS.get(baseOf(kind));
  const known = section && keysOf(child(root, section), section)?.names;
  if (!known) return undefined;
  const isDoubtful = lacksName(market, kind) || [...names.keys()].some((name) => !known.has(name));
  return isDoubtful ? known : undefined;
}

/** Whether a value that is itself a name of the kind is missing, or no name. */
function lacksName(market: Node, kind: string): boolean {
  const schema = schemaFor(MARKET, market);
  return Object.keys(schema.properties ?? {}).some((key) => {
    const { declares, type } = childSchema(schema, key) ?? {};
    if (declares !== kind || type !== "string") return false;
    const node = child(market, key);
    return !node || textOf(node) === undefined;
  });
}

const MARKET = childSchema(childSchema(rootSchema, "markets")!, "")!;

/** What a market declares: keys of maps and values, as its schema says. Undefined while there is nothing to know it from. */
function namesWithin(market: Node, kind: string): ReadonlyMap<string, unknown> | undefined {
  const schema = schemaFor(MARKET, market);
  if (!schema.properties || hasMisspelt(market, schema, kind)) return undefined;
  const parts = Object.keys(schema.properties).flatMap((key) =>
    declaredBy(childSchema(schema, key), child(market, key), kind),
  );
  if (parts.length === 0) return kind === "emode" ? new Map() : undefined;
  return parts.length === 1 ? parts[0] : new Map(parts.flatMap((part) => [...part]));
}

/** Whether names of a kind may be declared under a key that is misspelt, which is told there. */
function hasMisspelt(market: Node, schema: Schema, kind: string): boolean {
  if (market.kind !== "map") return false;
  const written = meantKeys(schema, market);
  return Object.keys(schema.properties ?? {}).some((key) => {
    return written.has(key) && !market.entries.has(key) && childSchema(schema, key)?.declares === kind;
  });
}

/** The names that a value declares: its keys, itself, or values within it. */
function declaredBy(
  schema: Schema | undefined,
  node: Node | undefined,
  kind: string,
): ReadonlyMap<string, unknown>[] {
  if (!schema || !node) return [];
  if (schema.declares === kind) {
    if (node.kind === "map") return [node.entries];
    const name = textOf(node);
    return name === undefined ? [] : [new Map([[name, node]])];
  }
  if (node.kind !== "map") return [];
  return [...node.entries.values()].flatMap(({ key, value }) =>
    declaredBy(childSchema(schema, key), value, kind),
  );
}

function keysOf(node: Node | undefined, section: string): Scope | undefined {
  return node?.kind === "map" ? { names: node.entries, section } : undefined;
}

/** Looking for the nearest name costs more than finding that a name is unknown. */
const MOST_HINTS = 100;

/** References to names that nobody declares, in parts that come in the order of the text. */
export function referenceFlaws(root: Node, parts: readonly (Site | PlacedUnit)[]): Flaw[] {
  const undeclared = new Map<string, Site[]>();
  const flaws: Flaw[] = [];
  const scopeOf = scopeFinder(root);
  for (const part of parts) {
    for (const use of isUnit(part) ? part.check.uses : usesAt(part)) {
      const section = use.isKey ? undefined : SECTIONS.get(use.kind);
      const lacks = section !== undefined && !child(root, section);
      const scope = lacks ? undefined : scopeOf(use.kind, pathOf(use, part));
      if (!lacks && (!scope || scope.names.has(use.name) || scope.excused?.has(use.name))) continue;
      const hints = flaws.length < MOST_HINTS;
      if (scope && hints && isToldAsInvalid(use, scope)) continue;
      const site = isUnit(part) ? absoluteSite(part, use.site) : use.site;
      if (scope) flaws.push(unknownName({ ...use, site }, scope, hints));
      else
        undeclared
          .set(section!, undeclared.get(section!) ?? [])
          .get(section!)!
          .push(site);
    }
  }
  return [...flaws, ...[...undeclared].flatMap(([section, users]) => missingSection(root, section, users))];
}

function isUnit(part: Site | PlacedUnit): part is PlacedUnit {
  return "unit" in part;
}

/** Where a use is, as far as it decides on what is in scope. */
function pathOf({ site }: Use, part: Site | PlacedUnit): Site["path"] {
  if (!isUnit(part)) return site.path;
  return part.parent.path.length > 1 ? part.parent.path : absolutePath(part, site.path);
}

/** Looks a scope up once for neighbours that share it. */
function scopeFinder(root: Node): (kind: string, path: Site["path"]) => Scope | undefined {
  const last = new Map<string, { path: Site["path"]; scope: Scope | undefined }>();
  return (kind, path) => {
    const known = last.get(kind);
    if (known && known.path[0] === path[0] && known.path[1] === path[1]) return known.scope;
    const scope = namesInScope(root, kind, path);
    last.set(kind, { path, scope });
    return scope;
  };
}

/** A name that is used, as a value or as a key, and where. */
export interface Use {
  readonly kind: string;
  readonly name: string;
  readonly site: Site;
  readonly isKey: boolean;
}

export function usesAt(site: Site): Use[] {
  return namesUsedAt(site.node, site.schema).map(({ kind, text, entry }) => ({
    kind,
    name: text,
    site: entry ? keySite(site, entry) : site,
    isKey: entry !== undefined,
  }));
}

/** A key as a value of its own, so that it can be underlined and replaced. */
function keySite(site: Site, { key, keySpan, value }: Entry): Site {
  const node: Node = {
    kind: "scalar",
    value: key,
    text: key,
    quoted: false,
    span: keySpan,
    origin: value.origin,
  };
  return { ...site, path: [...site.path, key], node, entry: undefined };
}

/** Whether a name is declared with characters that no name may have, which is told there. */
function isToldAsInvalid({ kind, name }: Use, { names }: Scope): boolean {
  const pattern = patternOf(baseOf(kind));
  return (
    pattern !== undefined &&
    nearest(
      name,
      [...names.keys()].filter((each) => !pattern.test(each)),
    ) !== undefined
  );
}

function unknownName(use: Use, scope: Scope, hints: boolean): Flaw {
  const rule = "unknown-name";
  const { name, site } = use;
  const { names } = scope;
  if (names.size === 0) return valueFlaw(site, { rule, message: noneDeclared(use, scope) });
  const guess = hints ? nearest(name, names.keys()) : undefined;
  const hint = guess ? l10n.t("Did you mean `{0}`?", guess) : l10n.t("Declared: {0}.", listed(names.keys()));
  return valueFlaw(site, { rule, message: sentences(notDeclared(use, scope), hint), fix: guess });
}

function noneDeclared({ kind, name }: Use, { section, market = "" }: Scope): string {
  const noun = nounOf(kind);
  return section
    ? l10n.t("There is no {0} `{1}`: none is declared under `{2}`.", noun, name, section)
    : l10n.t("There is no {0} `{1}`: none is declared in market `{2}`.", noun, name, market);
}

function notDeclared({ kind, name }: Use, { section, market = "" }: Scope): string {
  const noun = nounOf(kind);
  return section
    ? l10n.t("There is no {0} `{1}` under `{2}`.", noun, name, section)
    : l10n.t("There is no {0} `{1}` in market `{2}`.", noun, name, market);
}

/** A section that is left out is one mistake, however many values refer to it; one that is misspelt is told at its key. */
function missingSection(root: Node, section: string, [first, ...others]: readonly Site[]): Flaw[] {
  const isToldElsewhere =
    rootSchema.required?.includes(section) ||
    (root.kind === "map" && meantKeys(rootSchema, root).has(section));
  if (isToldElsewhere) return [];
  const message = l10n.t(
    "{0} `{1}` is not declared: the file has no `{2}`.",
    nameOf(first),
    textOf(first.node) ?? "",
    section,
  );
  const flaw = valueFlaw(first, { rule: "unknown-name", message });
  const related: Related[] = others
    .slice(0, 20)
    .map((site) => ({ message: l10n.t("Also used here."), span: valueSpan(site) }));
  return [
    { ...flaw, problem: { ...flaw.problem, related }, drops: [first, ...others].map((site) => site.path) },
  ];
}

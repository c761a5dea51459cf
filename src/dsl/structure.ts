import * as l10n from "@vscode/l10n";
import { meantKey, meantKeys } from "./keys";
import { nameRule } from "./name-kinds";
import { expectedOf } from "./quantities";
import { meantQuantity, rangeText } from "./range";
import { childSchema, tagValues } from "./schema";
import { descriptionOf } from "./schema-text";
import { sentences } from "./sentences";
import {
  type Flaw,
  keyFlaw,
  keyName,
  keyNameWithin,
  nameOf,
  replacement,
  type Site,
  valueFlaw,
} from "./sites";
import { listed, nearest } from "./suggest";
import type { Survey } from "./survey";
import { child, type Entry, isBroken, type MapNode, type Node, originNote, type ScalarNode } from "./tree";
import { firstSentence, foundType, wantedType } from "./type-text";
import type { SchemaError } from "./validate";

interface Context {
  readonly sites: ReadonlyMap<Node, Site>;
  readonly root: Node;
  readonly numeraire: string;
  readonly values: ReadonlyMap<Node, number>;
}

/** The flaws behind what the validator said of surveyed values, one a mistake. */
export function structureFlaws(surveyed: Survey, errors: readonly SchemaError[]): Flaw[] {
  if (errors.length === 0) return [];
  const { sites, numeraire, values } = surveyed;
  const context = {
    sites: new Map(sites.map((site) => [site.node, site])),
    root: sites[0].node,
    numeraire,
    values,
  };
  const unreadable = new Set(surveyed.flaws.map(({ site }) => site.node));
  return errors.flatMap((error) => flawOf(error, context)).filter(({ site }) => !unreadable.has(site.node));
}

function flawOf(error: SchemaError, context: Context): Flaw[] {
  const site = siteAt(error.path, context);
  if (!site || isBroken(site.node)) return [];
  const { params } = error;
  switch (error.keyword) {
    case "required":
      return missingKey(site, String(params.missingProperty));
    case "additionalProperties":
      return unknownKey(site, String(params.additionalProperty));
    case "propertyNames":
      return invalidName(site, String(params.propertyName));
    case "type":
      return [wrongType(site, context)];
    case "discriminator":
      return unknownTag(site, params);
    case "const":
      return [notAllowed(site, [String(params.allowedValue)])];
    case "enum":
      return [notAllowed(site, (params.allowedValues as unknown[]).map(String))];
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return [outOfRange(site, context)];
    case "minProperties":
      return [empty(site)];
    case "minItems":
    case "maxItems":
    case "items":
      return wrongLength(site);
    case "pattern":
      return site.node.kind === "scalar" ? [malformed(site, site.node)] : [];
    default:
      return [];
  }
}

function siteAt(path: SchemaError["path"], { root, sites }: Context): Site | undefined {
  const node = path.reduce<Node | undefined>(child, root);
  return node && sites.get(node);
}

function missingKey(site: Site, key: string): Flaw[] {
  const map = site.node as MapNode;
  if (map.entries.has(key)) return [];
  const union = site.schema.discriminator ? misspeltTag(site, map, key) : undefined;
  if (union) return [union];
  if (meantKeys(site.schema, map).has(key)) return [];
  const missing = site.schema.discriminator ? undefined : childSchema(site.schema, key);
  const allowed = site.schema.discriminator
    ? l10n.t("Allowed: {0}.", listed(tagValues(site.schema)))
    : missing && descriptionOf(missing);
  const flaw = keyFlaw(site, {
    rule: "missing-key",
    message: sentences(l10n.t("{0} needs `{1}`.", keyName(site), key), allowed),
  });
  if (site.path.length > 0 || missing?.const === undefined) return [flaw];
  const start = site.node.span.start;
  const edit = { span: { start, end: start }, text: `${key}: ${missing.const}\n` };
  return [
    {
      ...flaw,
      problem: {
        ...flaw.problem,
        fixes: [{ title: l10n.t("Add {0}", `${key}: ${missing.const}`), edits: [edit] }],
      },
    },
  ];
}

/** Without its tag a union knows no keys, so a misspelt tag is looked for here. */
function misspeltTag(site: Site, map: MapNode, tag: string): Flaw | undefined {
  const written = nearest(tag, map.entries.keys());
  const entry = written === undefined ? undefined : map.entries.get(written);
  return entry && keyProblem(site, entry, tag, [tag]);
}

function unknownKey(site: Site, key: string): Flaw[] {
  const map = site.node as MapNode;
  const entry = map.entries.get(key);
  if (!entry) return [];
  return [
    keyProblem(site, entry, meantKey(key, site.schema, map), Object.keys(site.schema.properties ?? {})),
  ];
}

function keyProblem(site: Site, entry: Entry, meant: string | undefined, known: readonly string[]): Flaw {
  const hint = meant ? l10n.t("Did you mean `{0}`?", meant) : l10n.t("Known keys: {0}.", listed(known, 20));
  const message = sentences(l10n.t("Unknown key `{0}` in {1}.", entry.key, keyNameWithin(site)), hint);
  const { origin } = entry.value;
  const fixes = meant && !origin ? [replacement(entry.keySpan, meant)] : undefined;
  const problem = {
    rule: "unknown-key",
    severity: "error",
    message,
    span: entry.keySpan,
    related: originNote(entry.value),
    fixes,
  } as const;
  return { site: { ...site, node: entry.value }, problem, drops: [[...site.path, entry.key]] };
}

function invalidName(site: Site, name: string): Flaw[] {
  const entry = (site.node as MapNode).entries.get(name);
  if (!entry) return [];
  const message = sentences(l10n.t("`{0}` cannot be a name.", name), nameRule(site.schema.declares));
  const at = { ...site, entry, node: entry.value };
  return [{ ...keyFlaw(at, { rule: "invalid-name", message }), drops: [[...site.path, name]] }];
}

function wrongType(site: Site, context: Context): Flaw {
  const { node } = site;
  if (node.kind === "scalar" && node.value === null) return missingValue(site, context);
  const text = node.kind === "scalar" ? node.text : "";
  const wanted = wantedType(site, context.numeraire);
  if (node.kind !== "scalar" || site.schema.type !== "string") return mismatch(site, wanted);
  const digits = /^0x([\da-f]+)$/i.exec(text)?.[1].length;
  if (site.schema.format === "address" && digits !== 40) return malformed(site, node);
  if (digits !== undefined) return unquotedAddress(site, text);
  return valueFlaw(site, {
    rule: "wrong-type",
    message: l10n.t('{0} is text; quote it: "{1}".', nameOf(site), text),
    fix: `"${text}"`,
  });
}

function mismatch(site: Site, wanted: string): Flaw {
  const { node } = site;
  const isNumber = node.kind === "scalar" && typeof node.value === "number";
  if (site.schema.type === "integer" && isNumber) {
    return valueFlaw(site, {
      rule: "not-integer",
      message: l10n.t("{0} is a whole number; {1} is not.", nameOf(site), (node as ScalarNode).text),
    });
  }
  const message = l10n.t("{0} must be {1}; found {2}.", nameOf(site), wanted, foundType(node));
  return pathElsewhere(site, message) ?? valueFlaw(site, { rule: "wrong-type", message });
}

/** A path where the values themselves are wanted, when a key that excludes this one takes a path. */
function pathElsewhere(site: Site, message: string): Flaw | undefined {
  const { node, entry, parent } = site;
  const isPath = node.kind === "scalar" && typeof node.value === "string" && /[./]/.test(node.text);
  if (!isPath || !entry || !parent) return undefined;
  const groups = (parent.schema.exclusiveProperties ?? []).filter((group) => group.includes(entry.key));
  const key = groups.flat().find((each) => childSchema(parent.schema, each)?.format === "data-file");
  if (key === undefined) return undefined;
  const hint = l10n.t("The path of a file goes under `{0}`.", key);
  const flaw = valueFlaw(site, { rule: "wrong-type", message: sentences(message, hint) });
  const isFree = !node.origin && !child(parent.node, key);
  return isFree ? { ...flaw, problem: { ...flaw.problem, fixes: [replacement(entry.keySpan, key)] } } : flaw;
}

function unquotedAddress(site: Site, text: string): Flaw {
  const message = l10n.t("Quote this address: unquoted, YAML reads it as a number.");
  return valueFlaw(site, { rule: "unquoted-address", message, fix: `"${text}"` });
}

function missingValue(site: Site, context: Context): Flaw {
  return valueFlaw(nonEmpty(site), {
    rule: "missing-value",
    message: l10n.t("{0} has no value. Expected {1}.", nameOf(site), wantedType(site, context.numeraire)),
  });
}

/** An empty value has no text to underline; its key has. */
function nonEmpty(site: Site): Site {
  const { node, entry } = site;
  if (!entry || node.span.start !== node.span.end) return site;
  return { ...site, node: { ...node, span: entry.keySpan } };
}

function unknownTag(site: Site, { error, tag }: SchemaError["params"]): Flaw[] {
  const node = child(site.node, String(tag));
  const entry = site.node.kind === "map" ? site.node.entries.get(String(tag)) : undefined;
  if (!node || isBroken(node)) return [];
  const at: Site = {
    ...site,
    node,
    entry,
    path: [...site.path, String(tag)],
    schema: { title: firstUpper(String(tag)) },
  };
  return [
    error === "mapping" || node.kind === "scalar"
      ? notAllowed(nonEmpty(at), tagValues(site.schema))
      : mismatch(at, l10n.t("text")),
  ];
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function notAllowed(site: Site, allowed: readonly string[]): Flaw {
  const { node } = site;
  if (node.kind !== "scalar") return mismatch(site, oneOf(allowed));
  const isQuoted = allowed.includes(node.text);
  const written =
    node.value === null
      ? l10n.t("nothing")
      : isQuoted
        ? l10n.t('the text "{0}"', node.text)
        : `\`${node.text}\``;
  const choices =
    allowed.length === 1
      ? l10n.t("It must be {0}.", listed(allowed))
      : l10n.t("Allowed: {0}.", listed(allowed));
  const fix =
    allowed.length === 1 && typeof site.schema.const !== "string" ? allowed[0] : nearest(node.text, allowed);
  const hint = fix && allowed.length > 1 ? l10n.t("Did you mean `{0}`?", fix) : undefined;
  const message = sentences(l10n.t("{0} cannot be {1}.", nameOf(site), written), choices, hint);
  return valueFlaw(nonEmpty(site), {
    rule: "unknown-value",
    message,
    fix: node.value === null ? undefined : fix,
  });
}

function oneOf(allowed: readonly string[]): string {
  return allowed.length === 1 ? listed(allowed) : l10n.t("one of {0}", listed(allowed));
}

function outOfRange(site: Site, { values, numeraire }: Context): Flaw {
  const node = site.node as ScalarNode;
  const expected = expectedOf(site, numeraire);
  const value = values.get(node) ?? Number(node.value);
  const fix = expected && meantQuantity(node.text, value, site.schema, expected);
  const range = rangeText(site.schema, expected);
  const message = sentences(
    l10n.t("{0} must be {1}; found {2}.", nameOf(site), range ?? "", node.text),
    site.schema.surplus && l10n.t("It is the part above 100%."),
    fix && l10n.t("Did you mean {0}?", fix),
  );
  return valueFlaw(site, { rule: "out-of-range", message, fix });
}

/** An alias that cannot be resolved is an item too, which is told there. */
function wrongLength(site: Site): Flaw[] {
  const count = site.node.kind === "list" ? site.node.items.length : 0;
  const { prefixItems, minItems } = site.schema;
  const wanted = prefixItems?.length ?? minItems ?? 0;
  if (count === wanted) return [];
  const [name, items] = [nameOf(site), firstSentence(descriptionOf(site.schema))];
  const message =
    count === 1
      ? l10n.t("{0} has 1 item where {1} are needed: {2}.", name, wanted, items)
      : wanted === 1
        ? l10n.t("{0} has {1} items where 1 is needed: {2}.", name, count, items)
        : l10n.t("{0} has {1} items where {2} are needed: {3}.", name, count, wanted, items);
  return [valueFlaw(site, { rule: "wrong-length", message })];
}

function empty(site: Site): Flaw {
  const message = sentences(l10n.t("{0} is empty.", nameOf(site)), descriptionOf(site.schema));
  return valueFlaw(site, { rule: "missing-value", message });
}

function malformed(site: Site, { text }: ScalarNode): Flaw {
  if (text.trim() === "") return empty(site);
  if (site.schema.format !== "address") {
    return valueFlaw(site, {
      rule: "invalid-name",
      message: sentences(l10n.t("`{0}` cannot be a name.", text), nameRule("numeraire")),
    });
  }
  const digits = /^0x([\da-fA-F]*)$/.exec(text)?.[1].length;
  const message =
    digits === undefined
      ? l10n.t("An address is 0x and 40 hexadecimal digits; it is not hexadecimal.")
      : l10n.t("An address is 0x and 40 hexadecimal digits; it has {0}.", digits);
  return valueFlaw(site, { rule: "invalid-address", message });
}

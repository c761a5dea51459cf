import * as l10n from "@vscode/l10n";
import type { Source } from "./parse";
import type { Path } from "./problem";
import { expectedOf, numeraireOf } from "./quantities";
import type { Expected } from "./quantity";
import { rangeText } from "./range";
import { namesInScope } from "./references";
import { childSchema, rootSchema, type Schema, tagValues } from "./schema";
import { descriptionOf, titleOf } from "./schema-text";
import { type Site, schemaFor } from "./sites";
import { child, type Node } from "./tree";

export interface AllowedValue {
  readonly value: string;
  readonly description?: string;
}

/** What the schema says of a parameter, in the words and units a person reads. */
export interface Description {
  readonly title: string;
  readonly description: string;
  /** Of a quantity: its dimension, and the asset or numeraire it is in. */
  readonly quantity?: Expected;
  /** What a text is: the path of a data file, an address. */
  readonly format?: string;
  /** `between 0% and 100%`. */
  readonly range?: string;
  /** In base units, where they are values that are allowed. */
  readonly bounds: { readonly minimum?: number; readonly maximum?: number };
  readonly default?: string;
  /** Values of an enumeration, words that may stand for a quantity, or the names a reference may have. */
  readonly allowed?: readonly AllowedValue[];
  /** True when the parameter is for the record and changes no result. */
  readonly informational: boolean;
  /** Keys a map may have. */
  readonly keys?: readonly AllowedValue[];
  /** True when its key is a name that the file gives, and no key of the language. */
  readonly named: boolean;
  /** Heading of its part of the reference of the risk file, which is English. */
  readonly section: string;
  /** Page of the documentation on what it does, if one says more than the reference: `docs/metrics.md`. */
  readonly documentation?: string;
}

/** Describes the parameter at a path, whether or not it is written; undefined when the schema does not know it. */
export function describe(path: Path, source: Source): Description | undefined {
  const site = siteAt(path, source.root);
  if (!site) return undefined;
  const { schema } = site;
  const quantity = expectedOf(site, numeraireOf(source.root));
  return {
    title: titleOf(schema) ?? String(path.at(-1) ?? l10n.t("Risk file")),
    description: descriptionOf(schema),
    quantity,
    format: schema.format,
    range: rangeText(schema, quantity),
    bounds: { minimum: schema.minimum, maximum: schema.maximum },
    default: schema.default === undefined ? undefined : String(schema.default),
    allowed: allowedValues(schema, source.root, path),
    informational: schema.informational === true,
    keys: keysOf(schema),
    named: isNamed(site),
    section: sectionOf(site),
    documentation: documentationOf(site),
  };
}

function isNamed({ parent, path }: Site): boolean {
  const key = path.at(-1);
  return typeof key === "string" && !Object.hasOwn(parent?.schema.properties ?? {}, key);
}

/** Definitions that the reference gives a section of their own. */
const SECTIONS = new Set(
  Object.values(rootSchema.$defs).flatMap(({ title, properties }) => (properties && title ? [title] : [])),
);

/** The section of the nearest map that has one; maps without a definition of their own are sections within it. */
function sectionOf({ schema, path, parent }: Site): string {
  if (!parent) return "The file";
  if (!schema.properties) return sectionOf(parent);
  if (schema.title !== undefined && SECTIONS.has(schema.title)) return schema.title;
  return `${sectionOf(parent)}: \`${path.at(-1)}\``;
}

function documentationOf({ schema, parent }: Site): string | undefined {
  return schema.documentation ?? (parent && documentationOf(parent));
}

const ABSENT: Node = { kind: "scalar", value: null, text: "", quoted: false, span: { start: 0, end: 0 } };

/** What stands at a path and its schema, whether or not it is written; undefined when the schema does not know it. */
export function siteAt(path: Path, root: Node | undefined): Site | undefined {
  let site: Site | undefined = { path: [], node: root ?? ABSENT, schema: rootSchema };
  for (const key of path) site = site && childSite(site, key);
  return site;
}

function childSite(parent: Site, key: string | number): Site | undefined {
  const declared = tagSchema(parent.schema, key) ?? childSchema(parent.schema, key);
  if (!declared) return undefined;
  const node = child(parent.node, key) ?? ABSENT;
  return { path: [...parent.path, key], node, schema: schemaFor(declared, node), parent };
}

const tags = new WeakMap<Schema, Schema>();

/** The tag of a union whose branch is not known yet. */
export function tagSchema(union: Schema, key: string | number): Schema | undefined {
  if (union.discriminator?.propertyName !== key) return undefined;
  const tag = tags.get(union) ?? mergedTag(union, key);
  tags.set(union, tag);
  return tag;
}

function mergedTag(union: Schema, key: string): Schema {
  const branch = childSchema({ items: union.oneOf![0] }, 0)!;
  const { const: _, ...tag } = childSchema(branch, key)!;
  return { ...tag, enum: tagValues(union) };
}

function allowedValues(schema: Schema, root: Node | undefined, path: Path): AllowedValue[] | undefined {
  const choices = schema.enum ?? schema.words;
  if (choices) return choices.map((value) => ({ value, description: descriptionOf(schema, value) }));
  if (schema.const !== undefined) return [{ value: String(schema.const) }];
  const scope = schema.references ? namesInScope(root, schema.references, path) : undefined;
  return scope && [...scope.names.keys()].map((value) => ({ value }));
}

function keysOf(schema: Schema): AllowedValue[] | undefined {
  if (!schema.properties) return undefined;
  return Object.keys(schema.properties).map((value) => ({
    value,
    description: descriptionOf(childSchema(schema, value)!),
  }));
}

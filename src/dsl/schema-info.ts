import type { Source } from "./parse";
import type { Path } from "./problem";
import { expectedOf, numeraireOf } from "./quantities";
import type { Expected } from "./quantity";
import { rangeText } from "./range";
import { namesInScope } from "./references";
import { childSchema, rootSchema, type Schema, tagValues } from "./schema";
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
  /** `between 0% and 100%`. */
  readonly range?: string;
  /** In base units, where they are values that are allowed. */
  readonly bounds: { readonly minimum?: number; readonly maximum?: number };
  readonly default?: string;
  /** Values of an enumeration, or the names a reference may have. */
  readonly allowed?: readonly AllowedValue[];
  /** True when the parameter is for the record and changes no result. */
  readonly informational: boolean;
  /** Keys a map may have. */
  readonly keys?: readonly AllowedValue[];
}

/** Describes the parameter at a path, whether or not it is written; undefined when the schema does not know it. */
export function describe(path: Path, source: Source): Description | undefined {
  const site = siteAt(path, source.root);
  if (!site) return undefined;
  const { schema } = site;
  const quantity = expectedOf(site, numeraireOf(source.root));
  return {
    title: schema.title ?? String(path.at(-1) ?? "Risk file"),
    description: schema.description ?? "",
    quantity,
    range: rangeText(schema, quantity),
    bounds: { minimum: schema.minimum, maximum: schema.maximum },
    default: schema.default === undefined ? undefined : String(schema.default),
    allowed: allowedValues(schema, source.root, path),
    informational: schema.informational === true,
    keys: keysOf(schema),
  };
}

const ABSENT: Node = { kind: "scalar", value: null, text: "", quoted: false, span: { start: 0, end: 0 } };

function siteAt(path: Path, root: Node | undefined): Site | undefined {
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

/** The tag of a union whose branch is not known yet. */
function tagSchema(union: Schema, key: string | number): Schema | undefined {
  if (union.discriminator?.propertyName !== key) return undefined;
  const branch = childSchema({ items: union.oneOf![0] }, 0)!;
  const { const: _, ...tag } = childSchema(branch, key)!;
  return { ...tag, enum: tagValues(union) };
}

function allowedValues(schema: Schema, root: Node | undefined, path: Path): AllowedValue[] | undefined {
  if (schema.enum)
    return schema.enum.map((value) => ({ value, description: schema.enumDescriptions?.[value] }));
  if (schema.const !== undefined) return [{ value: String(schema.const) }];
  const scope = schema.references ? namesInScope(root, schema.references, path) : undefined;
  return scope && [...scope.names.keys()].map((value) => ({ value }));
}

function keysOf(schema: Schema): AllowedValue[] | undefined {
  if (!schema.properties) return undefined;
  return Object.keys(schema.properties).map((value) => ({
    value,
    description: childSchema(schema, value)?.description,
  }));
}

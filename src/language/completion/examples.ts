import * as l10n from "@vscode/l10n";
import { childSchema, rootSchema, type Schema } from "../../dsl/schema";
import { titleOf } from "../../dsl/schema-text";
import { branchesOf } from "./scene";

/** A value that a block begins with: scalars, lists and maps as in YAML. */
export type Example = string | number | boolean | readonly Example[] | { readonly [key: string]: Example };

/** One way to begin a value. */
export interface Variant {
  readonly schema: Schema;
  readonly title: string;
  readonly value: Example;
}

/** The ways to begin a value: those the schema gives, else what is required, once for each key that may be chosen. */
export function variantsOf(schema: Schema): Variant[] {
  const branches = branchesOf(schema);
  if (branches.length > 0) return branches.flatMap(variantsOf);
  const given = (schema.examples as readonly Example[] | undefined) ?? composed(schema);
  return given.map((value) => ({ schema, title: variantTitle(schema, value, given), value }));
}

/** `Asset: price, stable`: what it is, and what sets it apart from the other ways to begin it. */
function variantTitle(schema: Schema, value: Example, all: readonly Example[]): string {
  const title = titleOf(schema) ?? l10n.t("Value");
  const others = all.filter((each) => each !== value);
  const apart = keysIn(value).filter((key) => !others.every((other) => keysIn(other).includes(key)));
  return apart.length > 0 && others.length > 0 ? `${title}: ${apart.join(", ")}` : title;
}

function keysIn(value: Example): string[] {
  return typeof value === "object" ? Object.keys(value) : [];
}

function composed(schema: Schema): Example[] {
  if (schema.const !== undefined) return [schema.const as Example];
  if (schema.enum) return [schema.enum[0]];
  if (schema.type === "array") return listExamples(schema);
  return schema.type === "object" ? mapExamples(schema) : [scalarExample(schema)];
}

function firstOf(schema: Schema | undefined): Example {
  return schema ? variantsOf(schema)[0].value : "";
}

function listExamples(schema: Schema): Example[] {
  if (schema.prefixItems) return [schema.prefixItems.map((_, index) => firstOf(childSchema(schema, index)))];
  return [Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => firstOf(childSchema(schema, 0)))];
}

function mapExamples(schema: Schema): Example[] {
  if (!schema.properties) {
    const name = String(schema.propertyNames?.examples?.[0] ?? nameFor(schema.keys));
    return [{ [name]: firstOf(childSchema(schema, name)) }];
  }
  const [choices = [undefined]] = schema.requiresOneOf ?? [];
  return choices.map((choice) => mapExample(schema, choice));
}

/** The required keys, one that was chosen, and those without which it does nothing. */
function mapExample(schema: Schema, choice: string | undefined): Example {
  const keys = new Set(schema.required);
  for (let key = choice; key !== undefined && !keys.has(key); key = schema.properties![key].with)
    keys.add(key);
  return Object.fromEntries([...keys].map((key) => [key, firstOf(childSchema(schema, key))]));
}

const BY_DIMENSION: Readonly<Record<NonNullable<Schema["dimension"]>, Example>> = {
  ratio: "50%",
  price: 1,
  amount: 1,
  value: "100k",
  duration: "1h",
  count: 1,
  multiple: "2x",
  volatility: "50%",
  rate: "3%/yr",
  "gas-price": "15 gwei",
};

function scalarExample(schema: Schema): Example {
  const { dimension, references, default: fallback } = schema;
  if (fallback !== undefined) return fallback as Example;
  if (references !== undefined) return nameFor(references);
  if (dimension) return BY_DIMENSION[dimension];
  return schema.type === "integer" ? (schema.minimum ?? 0) : "text";
}

/** What stands for a name of a kind while none is declared: an example of where such names are. */
function nameFor(kind: string | undefined): string {
  const sections = Object.values(rootSchema.properties ?? {});
  const declaring = [...sections, ...Object.values(rootSchema.$defs)].find(
    ({ declares }) => declares === kind,
  );
  const example = declaring?.propertyNames?.examples?.[0];
  if (example !== undefined) return String(example);
  return declaring?.keys === undefined ? (kind ?? "name") : nameFor(declaring.keys);
}

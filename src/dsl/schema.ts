import schemaFile from "../../schemas/risk.schema.json";
import type { Dimension } from "./quantity";

/** A node of the risk file's JSON Schema with our annotations, `$ref` resolved by `resolved`. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: Readonly<Record<string, string>>;
  readonly default?: unknown;
  /** What a whole value may look like: completion offers it as a block to fill in. */
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Keys that anything may stand under. */
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly propertyNames?: Schema;
  readonly items?: boolean | Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** Dimension of a quantity; its bounds are in base units. */
  readonly dimension?: Dimension;
  /** The dimension, by the value of a sibling. */
  readonly dimensionBy?: Readonly<Record<string, Readonly<Record<string, Dimension>>>>;
  /** Words that may stand for the quantity; `enumDescriptions` says what they mean. */
  readonly words?: readonly string[];
  /** Sibling that names the asset an amount is of; `.`: the key of the map that it is in; `*`: its own key. */
  readonly amountOf?: string;
  /** True for the part above 100%: a bonus, an incentive. */
  readonly surplus?: boolean;
  readonly integer?: boolean;
  readonly informational?: boolean;
  /** Page of the documentation that says what it does, or where its formula comes from. */
  readonly documentation?: string;
  /** What it is to the values derived from it, whatever a protocol calls it (`src/language/derived.ts`). */
  readonly role?: Role;
  /** The keys of this map, or this value, declare names of this kind. */
  readonly declares?: string;
  /** The keys of this map, beside its properties, refer to names of this kind. */
  readonly keys?: string;
  /** This value refers to a name of this kind. */
  readonly references?: string;
  /** At most one key of each group. */
  readonly exclusiveProperties?: readonly (readonly string[])[];
  /** At least one key of each group. */
  readonly requiresOneOf?: readonly (readonly string[])[];
  /** The sibling without which this key does nothing. */
  readonly with?: string;
  /**
   * By sibling, the values with which this key acts; of a sibling that refers to a name, keys that what is named has.
   * Without the sibling it acts.
   */
  readonly onlyFor?: Readonly<Record<string, readonly string[]>>;
  /** The values of this map add up to 1. */
  readonly sharesOfOne?: boolean;
}

export type Role = "threshold" | "bonus" | "protocol-fee" | "loan-to-value" | "supply-cap" | "borrow-cap";

export const rootSchema = schemaFile as unknown as Schema & {
  readonly $defs: Readonly<Record<string, Schema>>;
};

const cache = new WeakMap<Schema, Schema>();

/** Follows `$ref`; keywords beside it win. */
export function resolved(schema: Schema): Schema {
  if (!schema.$ref) return schema;
  let result = cache.get(schema);
  if (!result) {
    const { $ref, ...own } = schema;
    const target = rootSchema.$defs[$ref.replace("#/$defs/", "")];
    result = { ...resolved(target), ...own };
    cache.set(schema, result);
  }
  return result;
}

/** The values a discriminated union's tag may have. */
export function tagValues(union: Schema): string[] {
  const tag = union.discriminator?.propertyName ?? "";
  return (union.oneOf ?? []).map((branch) => String(resolved(resolved(branch).properties![tag]).const));
}

/** The branch of a discriminated union for a tag value; the schema itself when it is no union. */
export function branchOf(schema: Schema, tagValue: (tag: string) => string | undefined): Schema | undefined {
  if (!schema.discriminator) return schema;
  const value = tagValue(schema.discriminator.propertyName);
  const index = value === undefined ? -1 : tagValues(schema).indexOf(value);
  return index < 0 ? undefined : resolved(schema.oneOf![index]);
}

/** The schema of a map's value or a list's item; undefined where the schema knows nothing. */
export function childSchema(schema: Schema, key: string | number): Schema | undefined {
  const found =
    typeof key === "number"
      ? (schema.prefixItems?.[key] ?? schema.items)
      : (ownProperty(schema.properties, key) ?? schema.additionalProperties);
  return found && typeof found === "object" ? resolved(found) : undefined;
}

/** The kind of name that a key of a map refers to; undefined for keys of the language. */
export function keyKind({ keys, properties }: Schema, key: string): string | undefined {
  return ownProperty(properties, key) ? undefined : keys;
}

function ownProperty(properties: Schema["properties"], key: string): Schema | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

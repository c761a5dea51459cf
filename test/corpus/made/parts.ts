import type { RiskFile } from "../../../src/dsl/parse";
import { branchOf, childSchema, resolved, rootSchema, type Schema } from "../../../src/dsl/schema";

/** Every key that the schema has, and every choice of a value, by where it stands. */
export function partsOfSchema(): string[] {
  return partsIn(rootSchema, "");
}

function partsIn(schema: Schema, at: string): string[] {
  const {
    oneOf = [],
    enum: values = [],
    words = [],
    properties = {},
    additionalProperties,
    prefixItems = [],
    items,
  } = schema;
  const children = [additionalProperties, ...prefixItems, items].filter((child) => typeof child === "object");
  return [
    ...[...values, ...words].map((choice) => `${at} = ${choice}`),
    ...oneOf.map(resolved).flatMap((branch) => partsIn(branch, within(at, branch))),
    ...Object.entries(properties).flatMap(([key, child]) => [
      `${at}/${key}`,
      ...partsIn(resolved(child), `${at}/${key}`),
    ]),
    ...children.flatMap((child) => partsIn(resolved(child), `${at}/*`)),
  ];
}

/** Those that a file uses. */
export function partsOfFile(file: RiskFile): string[] {
  return partsUsed(file, rootSchema, "");
}

function partsUsed(value: unknown, declared: Schema, at: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => partsUsed(item, childSchema(declared, i)!, `${at}/*`));
  if (typeof value !== "object") {
    const isChoice = declared.enum ?? declared.words?.includes(String(value));
    return isChoice ? [`${at} = ${value}`] : [];
  }
  const map = value as Readonly<Record<string, unknown>>;
  const schema = branchOf(declared, (tag) => String(map[tag]))!;
  const inside = schema === declared ? at : within(at, schema);
  return Object.keys(map).flatMap((key) => {
    const place = `${inside}/${schema.properties ? key : "*"}`;
    return [place, ...partsUsed(map[key], childSchema(schema, key)!, place)];
  });
}

/** A branch of a union. */
export function within(at: string, { title }: Schema): string {
  return `${at} (${title})`;
}

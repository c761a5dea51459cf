import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, describe as group, test } from "vitest";
import { referenceOf } from "../../scripts/reference.mjs";
import { parse } from "../../src/dsl/parse";
import { childSchema, resolved, rootSchema, type Schema } from "../../src/dsl/schema";
import { describe } from "../../src/dsl/schema-info";
import { complete } from "./reading";

const source = parse(complete);
const root = new URL("../../", import.meta.url);

group("what the schema says of a parameter", () => {
  test("a ratio", () => {
    expect(describe(["markets", "core", "reserves", "WETH", "ltv"], source)).toMatchObject({
      title: "Loan-to-value",
      quantity: { dimension: "ratio" },
      range: "between 0% and 100%",
      informational: false,
    });
  });

  test("an amount names its asset, a limit the dimension of its metric", () => {
    expect(describe(["venues", "weth-usdc", "reserves", 0], source)?.quantity).toEqual({
      dimension: "amount",
      unit: "WETH",
    });
    expect(describe(["limits", 0, "max"], source)?.quantity).toEqual({ dimension: "value", unit: "USD" });
  });

  test("a parameter that is not written, with its default", () => {
    expect(describe(["venues", "weth-usdc", "permanent"], source)).toMatchObject({
      title: "Permanent part",
      default: "0",
    });
  });

  test("a reference lists the names it may have", () => {
    expect(describe(["books", "loops", "generate", "emode"], source)?.allowed).toEqual([{ value: "eth" }]);
    expect(describe(["limits", 0, "in"], source)?.allowed?.map(({ value }) => value)).toEqual([
      "crash",
      "tail",
    ]);
  });

  test("an enumeration, and the tag of a union", () => {
    expect(describe(["limits", 0, "metric"], source)?.allowed?.[0].description).toMatch(
      /^Debt above collateral/,
    );
    const broken = parse(complete.replace("model: constant-product", "model: x"));
    expect(describe(["venues", "weth-usdc", "model"], broken)?.allowed?.map(({ value }) => value)).toEqual([
      "constant-product",
      "concentrated",
      "quotes",
    ]);
  });

  test("nothing of what it does not know", () => {
    expect(describe(["assets", "WETH", "colour"], source)).toBeUndefined();
    expect(describe(["x-anchors", "a"], source)).toBeUndefined();
  });
});

function* schemasWithin(
  schema: Schema,
  path = "file",
  seen = new Set<Schema>(),
): Generator<[string, Schema]> {
  const own = resolved(schema);
  if (seen.has(own)) return;
  seen.add(own);
  yield [path, own];
  for (const key of Object.keys(own.properties ?? {}))
    yield* schemasWithin(childSchema(own, key)!, `${path}.${key}`, seen);
  for (const item of own.prefixItems ?? []) yield* schemasWithin(item, `${path}[]`, seen);
  for (const branch of own.oneOf ?? []) yield* schemasWithin(branch, path, seen);
  for (const value of [own.items, own.additionalProperties]) {
    if (typeof value === "object") yield* schemasWithin(value, `${path}.*`, seen);
  }
}

test("every key has a title and a description", () => {
  for (const [path, schema] of schemasWithin(rootSchema)) {
    for (const key of Object.keys(schema.properties ?? {})) {
      const { title, description } = childSchema(schema, key)!;
      expect([`${path}.${key}`, title, description]).toEqual([
        `${path}.${key}`,
        expect.any(String),
        expect.any(String),
      ]);
    }
  }
});

test("every default is valid where it stands", () => {
  for (const [path, schema] of schemasWithin(rootSchema)) {
    const { default: value, enum: allowed, dimension } = schema;
    if (value === undefined || (!allowed && !dimension)) continue;
    if (allowed) expect(allowed, path).toContain(value);
    else expect(String(value), path).toMatch(/^[\d.]+( ?(%|x|s|min|h|d|USD))?$/);
  }
});

test("the committed reference is that of the schema", () => {
  const schema = JSON.parse(readFileSync(new URL("schemas/risk.schema.json", root), "utf8"));
  expect(readFileSync(new URL("docs/reference/risk-file.md", root), "utf8")).toBe(referenceOf(schema));
});

test("every rule reported here has its page", () => {
  const sources = readdirSync(new URL("src/dsl/", root)).map((name) =>
    readFileSync(new URL(`src/dsl/${name}`, root), "utf8"),
  );
  const rules = new Set(
    sources.flatMap((text) => [...text.matchAll(/rule: "([a-z-]+)"/g)].map((match) => match[1])),
  );
  rules.add("unknown-name");
  expect(rules.size).toBeGreaterThan(25);
  for (const rule of rules)
    expect([rule, existsSync(new URL(`docs/rules/${rule}.md`, root))]).toEqual([rule, true]);
});

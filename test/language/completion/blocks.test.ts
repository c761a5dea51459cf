import { describe, expect, it } from "vitest";
import { locate } from "../../../src/dsl/locate";
import { parse } from "../../../src/dsl/parse";
import type { Schema } from "../../../src/dsl/schema";
import { variantsOf } from "../../../src/language/completion/examples";
import { staticFindings } from "../../../src/model/static-rules";
import { accepted, blocksAt, filledIn, itemsAt } from "./asking";

/** A text with a block accepted as it is, where the `|` stands. */
function begun(marked: string, label: string): string {
  const item = itemsAt(marked).find((each) => each.label === label);
  expect(item, `${label} is offered`).toBeDefined();
  return marked.replace("|", () => filledIn(item!));
}

/** The file has a venue for each asset already; which assets a new one trades is the person's to say. */
const HERE_BEFORE = "second-venue";

function errorsOf(text: string): string[] {
  const source = parse(text);
  const findings = staticFindings(source.draft ?? {}).map((finding) => locate(source, finding));
  return [...source.problems, ...findings]
    .filter(({ severity, rule }) => severity === "error" && rule !== HERE_BEFORE)
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const first = begun("|", "Risk file");
const file = first.replace(
  "limits:",
  "  tail: { monte-carlo: { paths: 10, horizon: 1d, step: 1h, seed: 1 } }\nlimits:",
);

describe("blocks", () => {
  it("begin a whole file, in which nothing is wrong", () => {
    expect(errorsOf(first)).toEqual([]);
    expect(first).toContain("assets:\n  WETH: { price: 3200, volatility: 72% }\n");
    expect(first).toContain("\nlimits:\n  - { metric: bad-debt, in: crash, max: 100k }");
  });

  const sections: [string, string[]][] = [
    ["assets", ["Asset: price, volatility", "Asset: pegged", "Asset: price, stable"]],
    ["venues", ["Constant-product venue", "Quotes venue"]],
    ["oracles", ["Oracle: of, heartbeat, deviation", "Oracle: base, rate"]],
    ["markets", ["Aave v3.3 market", "Compound v2 market"]],
    ["books", ["Book: file", "Book: positions", "Book: generate", "Book: fill, newPositions"]],
    ["liquidators", ["Liquidator group", "Liquidator group: gas"]],
    ["scenarios", ["Scenario: shock, over, hold", "Scenario: monte-carlo"]],
    ["limits", ["Limit", "Limit: statistic, level"]],
  ];

  it.each(sections)("of %s are one of each sort, and each is right as it stands", (section, labels) => {
    const marked = file.replace(`${section}:\n`, `${section}:\n  |\n`);
    expect(blocksAt(marked)).toEqual(expect.arrayContaining(labels));
    for (const label of blocksAt(marked))
      expect(errorsOf(begun(marked, label)), begun(marked, label)).toEqual([]);
  });

  it.each(sections)("of %s are offered in flow style too", (section) => {
    const isList = section === "limits";
    const marked = `${file.slice(0, file.indexOf(`${section}:`))}x-y: 1\n${section}: ${isList ? "[|]" : "{ | }"}\n`;
    for (const label of blocksAt(marked)) expect(parse(begun(marked, label)).draft, label).toBeDefined();
  });

  it("are what an empty map needs, and no longer offered in one that has keys", () => {
    const marked = `${first.split("markets:")[0]}markets:\n  m:\n    |\n`;
    expect(blocksAt(marked)).toContain("Aave v3.3 market");
    expect(begun(marked, "Compound v2 market")).toContain(
      "    kind: lending\n    rules: compound-v2\n    closeFactor: 50%\n",
    );
    expect(blocksAt(marked.replace("|", "kind: lending\n    |"))).toEqual([]);
    expect(blocksAt("assets:\n  A: { | }")).toContain("Asset: pegged");
    expect(blocksAt("assets:\n  A: |")).toContain("Asset: pegged");
  });

  it("take what is typed as the name", () => {
    const marked = "venues:\n  weth-p|";
    const item = itemsAt(marked).find(({ label }) => label === "Quotes venue");
    expect(item?.filterText).toBe("weth-p Quotes venue");
    expect(accepted(marked, "Quotes venue")).toMatch(/^venues:\n {2}\$\{1:weth-p\}: \{ pair: /);
  });

  it("let names that are declared be chosen, and use each once", () => {
    const text = accepted("assets: { A: {}, B: {} }\nvenues:\n  v:\n    pair: |\n", "Pair");
    expect(text).toMatch(/pair: \[\$\{1\|A,B\|\}, \$\{2\|B,A\|\}\]/);
  });

  it("of a new kind come from the schema alone", () => {
    const kind = (name: string, more: Schema): Schema => ({
      type: "object",
      title: name,
      required: ["rules", ...Object.keys(more.properties ?? {})],
      properties: { rules: { const: name }, ...more.properties },
    });
    const duration = { type: "string", dimension: "duration" } as const;
    const schema: Schema = {
      type: "object",
      discriminator: { propertyName: "rules" },
      oneOf: [
        kind("vaults", { properties: { delay: duration, fee: { dimension: "ratio", examples: ["13%"] } } }),
        kind("auctions", { properties: { pair: { type: "array", prefixItems: [{ references: "asset" }] } } }),
      ],
    };
    expect(variantsOf(schema).map(({ title, value }) => [title, value])).toEqual([
      ["vaults", { rules: "vaults", delay: "1h", fee: "13%" }],
      ["auctions", { rules: "auctions", pair: ["WETH"] }],
    ]);
  });
});

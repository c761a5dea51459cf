import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { riskFile } from "../../bench/files.mjs";
import { parse } from "../../src/dsl/parse";
import { nameType, tokenModifiers, tokenTypes } from "../../src/language/tokens/legend";
import { semanticTokens } from "../../src/language/tokens/tokens";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

function tokensOf(text: string, range?: { start: number; end: number }): string[] {
  return semanticTokens(parse(text), range).map(({ span, type, modifier }) =>
    [text.slice(span.start, span.end), type, ...(modifier ? [modifier] : [])].join(" "),
  );
}

describe("semantic tokens", () => {
  it("tell names by kind where they are declared and where they are used", () => {
    expect(
      tokensOf("oracles:\n  eth-usd: { of: WETH }\nscenarios:\n  crash: { shock: { WETH: -40% } }\n"),
    ).toEqual([
      "oracles property",
      "eth-usd function declaration",
      "of property",
      "WETH class reference",
      "scenarios property",
      "crash event declaration",
      "shock property",
      "WETH class reference",
      "-40 number",
      "% keyword",
    ]);
  });

  it.each([
    ["80.5%", ["80.5 number", "% keyword"]],
    ["0.805", ["0.805 number"]],
    ["'80 bp'", ["80 number", "bp keyword"]],
    ["many", []],
  ])("part the number from the unit: %s", (written, expected) => {
    const text = `assets:\n  A: { volatility: ${written} }\n`;
    expect(tokensOf(text).slice(3)).toEqual(expected);
  });

  it("take the unit of an amount for the name it is, and a scale for a part of the number", () => {
    const text =
      "venues:\n  v: { pair: [WETH, USDC], model: constant-product, reserves: [42k WETH, 130M] }\n";
    expect(tokensOf(text).slice(-3)).toEqual(["42k number", "WETH class reference", "130M number"]);
  });

  it("know the values of enumerations and of tags", () => {
    const text = "markets:\n  core: { kind: lending, rules: aave-v3.3, reserves: { WETH: {} } }\n";
    expect(tokensOf(text)).toEqual([
      "markets property",
      "core namespace declaration",
      "kind property",
      "lending enumMember",
      "rules property",
      "aave-v3.3 enumMember",
      "reserves property",
      "WETH class declaration",
    ]);
  });

  it("leave keys that nobody knows, aliases and what they stand for to the grammar", () => {
    const text = "x-a: &a { price: 1 }\nassets:\n  A: *a\n  B: { <<: *a, prise: 2, decimals: 18 }\n";
    expect(tokensOf(text)).toEqual([
      "assets property",
      "A class declaration",
      "B class declaration",
      "decimals property",
      "18 number",
    ]);
  });

  it("mark comments that silence a rule, in the order of the text", () => {
    const text =
      "name: a\n# plimsoll-disable-next-line no-route -- thin\nassets:\n  # plimsoll-disable-next-line\n  A: {}\n";
    expect(tokensOf(text)).toEqual([
      "name property",
      "plimsoll-disable-next-line macro",
      "no-route decorator",
      "assets property",
      "plimsoll-disable-next-line macro",
      "A class declaration",
    ]);
  });

  it("are those of a part, when a part is asked about", () => {
    const text = "assets:\n  A: { price: 1 }\n  B: { price: 2 }\n";
    const start = text.indexOf("B");
    expect(tokensOf(text, { start, end: text.length })).toEqual([
      "B class declaration",
      "price property",
      "2 number",
    ]);
  });

  it("never overlap, nor reach over the end of a line", () => {
    const text = read("examples/aave-v3-core.risk.yaml");
    const tokens = semanticTokens(parse(text));
    for (const [index, { span }] of tokens.entries()) {
      expect(span.start).toBeGreaterThanOrEqual(tokens[index - 1]?.span.end ?? 0);
      expect(text.slice(span.start, span.end)).not.toContain("\n");
    }
    expect(tokens.length).toBeGreaterThan(500);
  });

  it("of one screen of 10,000 lines are found without a walk of the file", { timeout: 60_000 }, () => {
    const text = riskFile(10_000);
    const source = parse(text);
    const start = text.length >> 1;
    const screen = { start, end: start + 4_000 };
    const times = Array.from({ length: 9 }, () => timeOf(() => semanticTokens(source, screen)));
    const shortest = Math.min(...times);
    console.log(`semantic tokens of a screen of 10,000 lines: ${shortest.toFixed(1)} ms at best of 9`);
    expect(semanticTokens(source, screen).length).toBeLessThan(1_000);
    expect(shortest).toBeLessThan(50);
  });
});

function timeOf(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

describe("the legend", () => {
  const manifest = JSON.parse(read("package.json")).contributes;

  it("has a type for every kind of name the schema knows", () => {
    const schema = read("schemas/risk.schema.json");
    const kinds = [...schema.matchAll(/"(?:declares|references|keys)": "(\w+)"/g)].map(([, kind]) => kind);
    expect(new Set(kinds).size).toBeGreaterThan(7);
    for (const kind of kinds) expect([kind, nameType(kind)]).not.toContain("variable");
    expect(nameType("breaker")).toBe("variable");
  });

  it("has colours for every type in themes that know only scopes, and words for its own modifier", () => {
    const [{ scopes }] = manifest.semanticTokenScopes;
    expect(Object.keys(scopes).sort()).toEqual([...tokenTypes].sort());
    expect(manifest.semanticTokenModifiers.map(({ id }: { id: string }) => id)).toEqual(["reference"]);
    expect(tokenModifiers).toEqual(["declaration", "reference"]);
  });
});

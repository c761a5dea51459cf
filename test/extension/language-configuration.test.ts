import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Rule {
  readonly beforeText: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));
const configuration = read("language-configuration.json");
const rules: readonly Rule[] = configuration.onEnterRules;

/** Spaces by which VS Code indents the next line before the server is heard; undefined where it has no rule of ours. */
function deeper(before: string): number | undefined {
  const rule = rules.find(({ beforeText }) => new RegExp(beforeText).test(before));
  return rule && (rule.action.indent === "indent" ? 2 : 0) + (rule.action.appendText?.length ?? 0);
}

describe("on Enter, before the server is heard", () => {
  it.each([
    ["assets:", 2],
    ["  WETH: # wrapped", 2],
    ["  WETH: &weth", 2],
    ["  note: |", 2],
    ['  "quoted: key":', 2],
    ["  - account: alice", 2],
    ["  - price: 3200 # of one", 2],
    ["  - generate:", 4],
    ["  - generate: {", 4],
    ["  - note: >-", 4],
    ["  price: 3200", undefined],
    ["  WETH: { price: 3200 }", undefined],
    ["  - { metric: bad-debt, in: crash }", undefined],
    ["  - [WETH, USDC]", undefined],
    ["  - WETH", undefined],
    ["# assets:", undefined],
    ["  price: 3200 # see:", undefined],
    ["  WETH: {", undefined],
    ["", undefined],
  ])("after %j by %s", (before, spaces) => {
    expect(deeper(before)).toBe(spaces);
  });
});

describe("the language's configuration", () => {
  it("has no rules that indent a line by the one above alone: Reindent Lines would break every file", () => {
    expect(configuration.indentationRules).toBeUndefined();
  });

  it("indents with spaces, two of them, as the server says", () => {
    expect(read("package.json").contributes.configurationDefaults["[plimsoll]"]).toMatchObject({
      "editor.insertSpaces": true,
      "editor.tabSize": 2,
      "editor.detectIndentation": false,
      "editor.formatOnType": true,
    });
  });

  it("takes a whole quantity or name for a word", () => {
    const words = "reserves: [40.5k WETH, -3%], a: weth-usdc".match(
      new RegExp(configuration.wordPattern, "g"),
    );
    expect(words).toEqual(["reserves", "40.5k", "WETH", "-3%", "a", "weth-usdc"]);
  });
});

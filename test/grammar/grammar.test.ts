import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";
import { type Assertion, linesOf } from "./scopes";

const file = new URL("../../syntaxes/plimsoll.tmLanguage.json", import.meta.url);
const folder = new URL("./cases/", import.meta.url);
let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, "utf8"), file.pathname),
  });
  grammar = (await registry.loadGrammar("source.yaml.plimsoll"))!;
});

/** For each line, the scopes of each of its characters. */
function scopesOf(lines: readonly string[]): string[][][] {
  let stack = textmate.INITIAL;
  return lines.map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) =>
      Array.from({ length: endIndex - startIndex }, () => scopes),
    );
  });
}

function isAsAsserted(found: readonly string[], { scopes, absent }: Assertion): boolean {
  let from = 0;
  for (const scope of scopes) {
    const index = found.indexOf(scope, from);
    if (index < 0) return false;
    from = index + 1;
  }
  return absent.every((scope) => !found.includes(scope));
}

describe.each(readdirSync(folder))("the grammar on %s", (name) => {
  const lines = linesOf(readFileSync(new URL(name, folder), "utf8"));
  const asserted = lines.flatMap(({ assertions }, row) =>
    assertions.map((assertion) => [assertion.number, row, assertion] as const),
  );

  it.each(asserted)("line %i", (_, row, assertion) => {
    const characters = scopesOf(lines.map(({ text }) => text))[row].slice(assertion.from, assertion.to);
    expect(characters.length).toBeGreaterThan(0);
    for (const scopes of characters) if (!isAsAsserted(scopes, assertion)) expect(scopes).toEqual(assertion);
  });
});

describe("the grammar on the examples", () => {
  const examples = new URL("../../examples/", import.meta.url);

  it.each(readdirSync(examples).filter((name) => name.endsWith(".risk.yaml")))(
    "finds nothing wrong in %s",
    (name) => {
      const lines = readFileSync(new URL(name, examples), "utf8").split("\n");
      const wrong = scopesOf(lines).flatMap((characters, row) =>
        characters.some((scopes) => scopes.some((scope) => scope.startsWith("invalid"))) ? [lines[row]] : [],
      );
      expect(wrong).toEqual([]);
    },
  );

  it("leaves no state behind at the end of a line, whatever is on it", () => {
    const lines = readFileSync(new URL("broken.risk.yaml", folder), "utf8").split("\n");
    for (const line of lines) {
      const { ruleStack } = grammar.tokenizeLine(line, textmate.INITIAL);
      const isText = /[|>]$/.test(line);
      if (!isText) expect([line, ruleStack.depth]).toEqual([line, 1]);
    }
  });
});

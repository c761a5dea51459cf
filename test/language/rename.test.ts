import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Name, namesOf } from "../../src/dsl/names";
import { parse, type Source } from "../../src/dsl/parse";
import { rangeOf } from "../../src/language/ranges";
import { prepareRename, rename } from "../../src/language/rename";
import { openText } from "./fixtures";

/** The text after a rename at an offset, or why there is none. */
function renamed(source: Source, offset: number, wanted: string): string {
  const found = rename(source, offset, wanted);
  if (!found) return "nothing to rename";
  if ("refusal" in found) return found.refusal;
  const document = TextDocument.create("file:///a", "plimsoll", 0, source.text);
  const edits = found.edits.map(({ span, text }) => ({ range: rangeOf(span, document), newText: text }));
  return TextDocument.applyEdits(document, edits);
}

function renamedAt(marked: string, wanted: string): string {
  const { source, offset } = openText(marked);
  return renamed(source, offset, wanted);
}

const ASSETS = "plimsoll: 1\nassets: { WETH: { price: 3000 }, USDC: { price: 1 } }\n";

describe("rename", () => {
  it.each([
    [
      "keys, values and units",
      "oracles: { o: { of: WE|TH } }\nvenues: { v: { model: constant-product, pair: [WETH, USDC], reserves: [4k WETH, 2WETH] } }\n",
      "oracles: { o: { of: ETH } }\nvenues: { v: { model: constant-product, pair: [ETH, USDC], reserves: [4k ETH, 2ETH] } }\n",
    ],
    [
      "names in quotes, which stay",
      "oracles: { o: { of: \"WE|TH\" }, p: { of: 'WETH' } }\n",
      "oracles: { o: { of: \"ETH\" }, p: { of: 'ETH' } }\n",
    ],
    [
      "what an alias brings in, at the anchor",
      "x-falls: &falls { WETH: -1% }\nscenarios: { s: { shock: { <<: *falls, W|ETH: 2% } } }\n",
      "x-falls: &falls { ETH: -1% }\nscenarios: { s: { shock: { <<: *falls, ETH: 2% } } }\n",
    ],
    [
      "a folded text",
      "oracles:\n  o:\n    of: >-\n      WETH\n  p: { of: W|ETH }\n",
      "oracles:\n  o:\n    of: ETH\n  p: { of: ETH }\n",
    ],
  ])("changes %s", (_, before, after) => {
    expect(renamedAt(ASSETS + before, "ETH")).toBe(ASSETS.replace("WETH", "ETH") + after);
  });

  it("leaves a numeraire of the default alone, and takes one that is written with its units", () => {
    const text = (name: string) =>
      `plimsoll: 1\nnumeraire: ${name}\nliquidators: { l: { capital: flash, minProfit: 10 ${name} } }\n`;
    expect(
      renamedAt(
        text("U|SD")
          .replace(/US?\|?SD }/, "USD }")
          .replace("10 U|SD", "10 USD"),
        "EUR",
      ),
    ).toBe(text("EUR"));
    expect(renamedAt(text("U|SD").replace("numeraire: U|SD\n", ""), "EUR")).toBe(
      "USD is the numeraire by default. Write `numeraire: USD` first, then rename it.",
    );
  });

  it("quotes a name that YAML would read as something else", () => {
    const text = (name: string) =>
      `plimsoll: 1\nscenarios: { ${name}: { shock: {} } }\nlimits: [{ in: cr|ash }]\n`;
    expect(renamedAt(text("crash"), "2020")).toBe(
      'plimsoll: 1\nscenarios: { "2020": { shock: {} } }\nlimits: [{ in: "2020" }]\n',
    );
  });

  it("parts a number from a name that would be read as a part of it", () => {
    const text = `${ASSETS}venues: { v: { model: constant-product, pair: [WE|TH, USDC], reserves: [12WETH, 1] } }\n`;
    expect(renamedAt(text, "M")).toContain("reserves: [12 M, 1]");
    expect(renamedAt(text, "1INCH")).toContain("reserves: [12 1INCH, 1]");
  });

  it("renames an anchor with its aliases", () => {
    expect(renamedAt("x-a: &a { b: 1 }\nassets: { A: *|a, B: { <<: *a } }\n", "terms")).toBe(
      "x-a: &terms { b: 1 }\nassets: { A: *terms, B: { <<: *terms } }\n",
    );
  });

  it.each([
    [
      `${ASSETS}oracles: { o: { of: W|ETH } }`,
      "USDC",
      "The file has the asset `USDC` already; choose another name.",
    ],
    [
      `${ASSETS}oracles: { o: { of: W|ETH }, p: { of: DAI } }`,
      "DAI",
      "The file uses the asset `DAI` already; choose another name.",
    ],
    [
      `${ASSETS}numeraire: EUR\noracles: { o: { of: W|ETH } }`,
      "EUR",
      "`EUR` is the numeraire; choose another name.",
    ],
    [
      `${ASSETS}oracles: { o: { of: W|ETH } }`,
      "W ETH",
      /^`W ETH` cannot be a name\. An asset's name has letters/,
    ],
    [`${ASSETS}oracles: { |o: { of: WETH } }`, "_o", /^`_o` cannot be a name\. A name starts with/],
    [
      `${ASSETS}oracles: { o: { of: D|AI } }`,
      "X",
      "There is no asset `DAI`. Only what is declared can be renamed.",
    ],
    ["a: &a 1\nb: *|a\nc: &b 2\n", "b", "There is an anchor &b already; choose another name."],
    [
      "a: &a 1\nb: *|a\n",
      "b c",
      "`b c` cannot name an anchor. Use letters, digits, and . _ - behind the first.",
    ],
    ["b: *|a\n", "b", "There is no anchor &a above. Only what is declared can be renamed."],
    [
      `${ASSETS}x-a: &a { WETH: 1% }\nx-b: &b { WETH: 2% }\nscenarios: { s: { shock: { <<: [*a, *b], WE|TH: 3% } } }\n`,
      "ETH",
      "`WETH` is also written where another merged map hides it. Remove one of the two, then rename.",
    ],
    ["plimsoll: |1\n", "b", "nothing to rename"],
  ])("of %j to %j is refused", (text, wanted, message) => {
    expect(renamedAt(text, wanted)).toMatch(message);
  });

  it("is prepared with the name alone", () => {
    const { source, offset } = openText(`${ASSETS}oracles: { o: { of: "WE|TH" } }\n`);
    const start = source.text.lastIndexOf("WETH");
    expect(prepareRename(source, offset)).toEqual({ span: { start, end: start + 4 }, text: "WETH" });
  });
});

const folder = new URL("../../examples/", import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith(".risk.yaml"));

const plainName = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9]{2,8}$/)
  .filter((name) => !/^(true|false|null)$/i.test(name));

/** A model in which two names cannot be told apart. */
function without({ file, problems }: Source, ...names: string[]): unknown {
  const model = JSON.stringify({ file, rules: problems.map(({ rule }) => rule) });
  return names.reduce((text, name) => text.replaceAll(JSON.stringify(name), '"•"'), model);
}

describe.each(examples)("renaming in %s", (example) => {
  const source = parse(readFileSync(new URL(example, folder), "utf8"));
  const names = [...new Set(namesOf(source).mentions.map(({ name }) => name))];
  const mention = fc
    .constantFrom(...names)
    .chain((name: Name) =>
      fc.constantFrom(...name.mentions).map(({ span }) => ({ name, offset: span.start })),
    );

  it("keeps the meaning, and renaming back the text", () => {
    fc.assert(
      fc.property(mention, plainName, ({ name, offset }, wanted) => {
        fc.pre(!source.text.includes(wanted));
        const after = parse(renamed(source, offset, wanted));
        expect(without(after, name.text, wanted)).toBe(without(source, name.text, wanted));
        const again = namesOf(after).mentions.find((each) => each.name.text === wanted)!;
        expect(renamed(after, again.span.start, name.text)).toBe(source.text);
      }),
      { numRuns: 60 },
    );
  });
});

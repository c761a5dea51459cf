import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "yaml";
import { parse } from "../../src/dsl/parse";
import { formatting } from "../../src/language/formatting/formatting";

const folder = new URL("../../examples/", import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith(".risk.yaml"));
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

function open(text: string) {
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
  return { document, source: parse(text) };
}

function editsOf(text: string) {
  const { document, source } = open(text);
  return formatting(source, document);
}

function formatted(text: string): string {
  return TextDocument.applyEdits(open(text).document, editsOf(text));
}

describe("formatting", () => {
  it.each([
    [
      "indents a block by two columns",
      "assets:\n    A:\n        price: 1\n    B: {}\n",
      "assets:\n  A:\n    price: 1\n  B: {}\n",
    ],
    ["moves a list under its key", "limits:\n- max: 1\n  in: a\n", "limits:\n  - max: 1\n    in: a\n"],
    [
      "sets one space after a dash, and what follows under it",
      "limits:\n  -   max: 1\n      in: a\n",
      "limits:\n  - max: 1\n    in: a\n",
    ],
    ["sets one space after a colon and none before", "name :   a\n", "name: a\n"],
    [
      "sets spaces in flow maps, none in lists",
      "x-a: {a: 1,b: [ 1 ,2 ] , c: { } }\n",
      "x-a: { a: 1, b: [1, 2], c: {} }\n",
    ],
    ["sets one space before a comment", "name: a  # why\n", "name: a # why\n"],
    ["takes spaces from the ends of lines", "name: a  \n \t\n# b \nx-a: 1\n", "name: a\n\n# b\nx-a: 1\n"],
    ["ends the last line", "name: a", "name: a\n"],
    ["keeps blank lines", "\n\nname: a\n\n\n\nx-a: 1\n\n", "\n\nname: a\n\n\n\nx-a: 1\n\n"],
    ["keeps how lines end", "name:  a\r\nx-a: 1", "name: a\r\nx-a: 1\r\n"],
    [
      "keeps numbers, quotes and anchors as written",
      "x-a:  &a 1.50\nname:  'it''s'\nx-b:   *a\n",
      "x-a: &a 1.50\nname: 'it''s'\nx-b: *a\n",
    ],
    ["keeps the colon of an empty key apart from its anchor", "x-a: { &a : 1 }\n", "x-a: { &a : 1 }\n"],
    ["keeps a merge key", "x-a: &a {a: 1}\nx-b:\n   <<:  *a\n", "x-a: &a { a: 1 }\nx-b:\n  <<: *a\n"],
    [
      "keeps the colon of a key that is an alias apart",
      "x-a: &a b\nx-b: { *a : 1 }\n",
      "x-a: &a b\nx-b: { *a : 1 }\n",
    ],
    [
      "sets what is in brackets deeper than their line, the closing bracket as deep",
      "x-a: {\n    a: [\n    1,\n      2 ],\n      # of b\n    b: 1\n  }\n",
      "x-a: {\n  a: [\n    1,\n    2],\n  # of b\n  b: 1\n}\n",
    ],
    [
      "sets a bracket on a line of its own under its key",
      "x-a:\n {\n  a:\n   [\n    1\n   ]\n }\n",
      "x-a:\n  {\n    a:\n      [\n        1\n      ]\n  }\n",
    ],
    [
      "sets a comment as deep as what it stands above",
      "assets:\n# of A\n   A:\n   # of the price\n       price: 1\n   # also of A\n  # of x\nx-a: 1\n# end\n",
      "assets:\n  # of A\n  A:\n    # of the price\n    price: 1\n  # also of A\n# of x\nx-a: 1\n# end\n",
    ],
    [
      "moves the lines of a text together",
      "x-a:\n    b: |\n       one\n         two  \n\n    c: >2\n        three\n",
      "x-a:\n  b: |\n    one\n      two  \n\n  c: >2\n      three\n",
    ],
    [
      "moves the lines of a quoted and of a plain value",
      'x-a:\n     b: "one\n        two "\nname: one   \n           two\n',
      'x-a:\n  b: "one\n    two "\nname: one\n  two\n',
    ],
  ])("%s", (_, text, expected) => {
    expect(formatted(text)).toBe(expected);
    expect(parseDocument(formatted(text)).toJS()).toEqual(parseDocument(text).toJS());
  });

  it.each([
    ["an unclosed bracket", "assets: {\n   A: 1\n"],
    ["a tab", "assets:\n\tA: 1\n"],
    ["a half-typed key", "name:   a\nassets: {}\nmark\n"],
    ["a merge conflict", "<<<<<<< a\nname:   a\n=======\n>>>>>>> b\n"],
    ["two documents", "name:   a\n---\nname: b\n"],
    ["an explicit key", "? name\n:   a\n"],
    ["an empty key", ":   a\n"],
    ["a list", "-   a\n"],
    ["nothing", ""],
  ])("leaves %s alone", (_, text) => {
    expect(editsOf(text)).toEqual([]);
  });

  it("replaces white space alone, a piece at a time", () => {
    expect(editsOf("name:  a\nx-a: {a: 1}")).toEqual([
      { range: { start: { line: 0, character: 5 }, end: { line: 0, character: 7 } }, newText: " " },
      { range: { start: { line: 1, character: 6 }, end: { line: 1, character: 6 } }, newText: " " },
      { range: { start: { line: 1, character: 10 }, end: { line: 1, character: 10 } }, newText: " " },
      { range: { start: { line: 1, character: 11 }, end: { line: 1, character: 11 } }, newText: "\n" },
    ]);
  });

  it("of a range changes its lines alone", () => {
    const { document, source } = open("name:  a\nx-a:  1\nx-b:  1\n");
    const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 4 } };
    expect(TextDocument.applyEdits(document, formatting(source, document, range))).toBe(
      "name:  a\nx-a: 1\nx-b:  1\n",
    );
  });

  it.each(examples)("finds %s in shape", (name) => {
    expect(editsOf(read(name))).toEqual([]);
  });
});

/** Another layout of a text in shape, of the same meaning: by lines and by what stands between words. */
function disturbed(text: string, draws: readonly number[]): string {
  let at = 0;
  const draw = (count: number) => draws[at++ % draws.length] % count;
  const step = 1 + draw(4);
  return text
    .split("\n")
    .map((line) => {
      const [, indent, rest] = /^( *)(.*)$/.exec(line)!;
      if (rest.startsWith("#")) return `${" ".repeat(draw(5))}${rest}${" ".repeat(draw(2))}`;
      const [, code, comment] = /^((?:"[^"]*"|[^#"])*?)((?: #.*)?)$/.exec(rest)!;
      const spread = code
        .replace(/: (?=\S)/g, () => `:${" ".repeat(1 + draw(3))}`)
        .replace(/(?<=[[{].*), /g, () => `${" ".repeat(draw(2))},${" ".repeat(draw(3))}`)
        .replace(/\{ | \}/g, (brace) => (draw(2) ? brace.trim() : ` ${brace} `));
      return `${" ".repeat((indent.length / 2) * step)}${spread}${" ".repeat(draw(3))}${comment}`;
    })
    .join(draw(2) ? "\n" : "\r\n");
}

/** A text without its white space before comments, which may be read as standing above or below. */
function shape(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/^ *#/gm, "#");
}

describe("formatting another layout of an example", () => {
  const layouts = fc.record({
    name: fc.constantFrom(...examples),
    draws: fc.array(fc.nat(1_000), { minLength: 50, maxLength: 50 }),
  });

  it("undoes it, keeps data and line ends, and leaves nothing to do", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(layouts, ({ name, draws }) => {
        const example = read(name).split("\n").slice(0, 120).join("\n");
        const text = disturbed(example, draws);
        const once = formatted(text);
        expect(parseDocument(once).toJS()).toEqual(parseDocument(text).toJS());
        expect(once.includes("\r\n")).toBe(text.includes("\r\n"));
        expect(shape(once).trimEnd()).toBe(shape(example).trimEnd());
        expect(editsOf(once)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

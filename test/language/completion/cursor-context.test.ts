import { describe, expect, it } from "vitest";
import { cursorContext } from "../../../src/language/completion/cursor-context";

/** `key a › b «word»`: what is written at the `|` of a text, where, and what is there already. */
function at(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const context = cursorContext(text, offset);
  if (!context) return "nothing";
  const { word, before, after, opens, hasColon, containers, path } = context;
  expect(word.start).toBeLessThanOrEqual(offset);
  expect(word.end).toBeGreaterThanOrEqual(offset);
  expect(containers.length).toBe(path.length + (context.at === "key" ? 1 : 0));
  const marks = [
    opens && "opens",
    before && `before=${before}`,
    after && `after=${after}`,
    hasColon && "colon",
  ];
  const where = [context.at, path.join(" › ") || "·", `«${text.slice(word.start, word.end)}»`];
  return [...where, ...marks].filter(Boolean).join(" ");
}

/** The keys beside the cursor's. */
function siblings(marked: string): string[] {
  const map = cursorContext(marked.replace("|", ""), marked.indexOf("|"))?.containers.at(-1);
  return map?.kind === "map" ? [...map.entries.keys()] : [];
}

describe("the place of a cursor in block style", () => {
  it.each([
    ["|", "key · «»"],
    ["ass|", "key · «ass»"],
    ["|\nassets:\n", "key · «»"],
    ["\n\nassets:\n  |", "value assets «» opens"],
    ["{ assets: { | } }", "key assets «»"],
    ["{\n  assets: {},\n  |\n}", "key · «»"],
    ["---\nassets:\n|", "key · «»"],
    ["plimsoll: 1\n|", "key · «»"],
    ["plimsoll: 1\n|\n", "key · «»"],
    ["plimsoll: 1\nass|\nmarkets: {}\n", "key · «ass»"],
    ["ass|ets:\n  A: {}\n", "key · «assets» colon"],
    ["assets:\n  |", "value assets «» opens"],
    ["assets:\n  |\noracles:\n", "value assets «» opens"],
    ["assets:\n  A: {}\n  |", "key assets «»"],
    ["assets:\n  A: {}\n  |\n\noracles: {}\n", "key assets «»"],
    ["assets:\n  |\n  A: {}\n", "key assets «»"],
    ["assets:\n  A:\n    price: 1\n    |", "key assets › A «»"],
    ["assets:\n  A:\n    price: 1\n  |", "key assets «»"],
    ["assets:\n  A:\n    price: 1\n|", "key · «»"],
    ["assets:\n  A:\n    price: 1\n    vol|\n  B: {}\n", "key assets › A «vol»"],
    ["assets:\n\n  # a comment\n  A:\n    # more\n    |", "value assets › A «» opens"],
    ["assets:\n  A:\n    |\n  B: {}\n", "value assets › A «» opens"],
    ["assets:\r\n  A:\r\n    price: 1\r\n    |\r\n", "key assets › A «»"],
  ])("%j: %s", (text, expected) => expect(at(text)).toBe(expected));

  it.each([
    ["a: |", "value a «»"],
    ["a:|", "value a «» before= "],
    ["a: x|y", "value a «xy»"],
    ["a: x|y # note", "value a «xy»"],
    ["a: 80 |", "value a «80 »"],
    ["a: |\nb: 1\n", "value a «»"],
    ['a: "x|y"', 'value a «"xy"»'],
    ['a: "x|', 'value a «"x»'],
    ["a: 'x|y' # note", "value a «'xy'»"],
    ["a: &n x|", "value a «x»"],
    ["a: *n|", "value a «*n»"],
    ["a:\n  b: x|", "value a › b «x»"],
    ["a:\n  x|\n", "value a «x» opens"],
    ["<<: |", "value << «»"],
    ['"a b": |', "value a b «»"],
  ])("values, %j: %s", (text, expected) => expect(at(text)).toBe(expected));

  it.each([
    ["limits:\n  - |", "value limits › 0 «» opens"],
    ["limits:\n  -|", "value limits › 0 «» opens before= "],
    ["limits:\n- |", "value limits › 0 «» opens"],
    ["limits:\n- a: 1\n- |", "value limits › 1 «» opens"],
    ["limits:\n- a: 1\n|", "key · «»"],
    ["limits:\n  - a: 1\n  |", "value limits › 1 «» opens before=- "],
    ["limits:\n  - a: 1\n  |\n  - b: 1\n", "value limits › 1 «» opens before=- "],
    ["limits:\n  - a: 1\n    |", "key limits › 0 «»"],
    ["limits:\n  - a: 1\n    b|\n    c: 2\n", "key limits › 0 «b»"],
    ["limits:\n  - a|: 1\n    b: 2\n", "key limits › 0 «a» colon"],
    ["limits:\n  - |\n    b: 2\n", "key limits › 0 «»"],
    ["limits:\n  - a: 1\n    b: |", "value limits › 0 › b «»"],
    ["limits:\n  - a: 1\n  - b: 1\n    c: |", "value limits › 1 › c «»"],
    ["pair:\n  - WETH\n  - U|", "value pair › 1 «U» opens"],
    ["a:\n  - - x\n    - y|", "value a › 0 › 1 «y» opens"],
    ["a:\n  - b:\n      - c: 1\n        |", "key a › 0 › b › 0 «»"],
    ["a:\n  - b:\n      - c: 1\n    |", "key a › 0 «»"],
  ])("lists, %j: %s", (text, expected) => expect(at(text)).toBe(expected));
});

describe("the place of a cursor in flow style", () => {
  it.each([
    ["a: {|}", "key a «»"],
    ["a: { | }", "key a «»"],
    ["a: { |", "key a «»"],
    ["a: { x|", "key a «x»"],
    ["a: { x: 1, | }", "key a «»"],
    ["a: { x: 1,| }", "key a «»"],
    ["a: { x: 1, |", "key a «»"],
    ["a: { x: 1, y| }", "key a «y»"],
    ["a: { x: 1, y|: 2 }", "key a «y» colon"],
    ["a: { |, x: 1 }", "key a «»"],
    ["a: { | x: 1 }", "key a «» after=,"],
    ["a: { x: 1, |\nb: 2\n", "key a «»"],
    ["m:\n  a: { x: 1, |\n  b: { y: 2 }\n", "key m › a «»"],
    ["a:\n  {\n    x: 1,\n    |\n  }\n", "key a «»"],
    ["a:\n  {\n    x: 1,\n    y|\n    z: 2,\n  }\n", "key a «y» after=,"],
    ["a: {\n  x: 1,\n  |\n}\n", "key a «»"],
    ["a: {\n\n|\n}\n", "nothing"],
    ["a: { b: { c: { | } } }", "key a › b › c «»"],
    ["a: { b: { c: 1, |", "key a › b «»"],
    ["- { a: 1, | }", "key 0 «»"],
    ["- { a: 1 }\n- { | }", "key 1 «»"],
    ["l: [{ a: 1 }, { | }]", "key l › 1 «»"],
    ["l:\n  [\n    { a: 1, |\n    { b: 2 },\n  ]\n", "key l › 0 «»"],
  ])("keys, %j: %s", (text, expected) => expect(at(text)).toBe(expected));

  it.each([
    ["a: { x: | }", "value a › x «»"],
    ["a: { x: |}", "value a › x «»"],
    ["a: { x:| }", "value a › x «» before= "],
    ["a: { x: |", "value a › x «»"],
    ["a: { x: 8|0, y: 1 }", "value a › x «80»"],
    ["a: { x: 80 | }", "value a › x «80 »"],
    ['a: { x: "e|t", y: 1 }', 'value a › x «"et"»'],
    ["a: { x: |, y: 1 }", "value a › x «»"],
    ["a: { x: | y: 1 }", "value a › x «» after=,"],
    ["a: { x:\n  |\n  }", "value a › x «»"],
    ["a: [|]", "value a › 0 «»"],
    ["a: [x, |]", "value a › 1 «»"],
    ["a: [x, |", "value a › 1 «»"],
    ["a: [x, y|, z]", "value a › 1 «y»"],
    ["a: [| x]", "value a › 0 «» after=,"],
    ["a: [[x, y], [|]]", "value a › 1 › 0 «»"],
    ["pairs: [[A, B, 8|]]", "value pairs › 0 › 2 «8»"],
  ])("values, %j: %s", (text, expected) => expect(at(text)).toBe(expected));
});

describe("no place", () => {
  it.each([
    ["a comment", "# ass|"],
    ["a comment behind a value", "a: 1 # x|"],
    ["a comment in a flow map", "a: {\n  x: 1, # y|\n  }"],
    ["the indentation of a line", "a:\n |  b: 1\n"],
    ["an indentation no block has", "a:\n    b: 1\n  |"],
    ["an indentation below a value", "a: 1\n  |"],
    ["an indentation below a flow map", "a: { x: 1 }\n  |"],
    ["between a dash and its value", "a:\n  - |  b: 1\n"],
    ["between a key and its value", "a:|   1"],
    ["above a block that is there", "a: |\n  b: 1\n"],
    ["above a list at the key's column", "a:\n  |\n- b\n"],
    ["above a flow map that is there", "a:\n  |\n  { b: 1 }\n"],
    ["behind a flow map", "a: { x: 1 } |"],
    ["behind a list in a flow map", "a: { x: [1] | }"],
    ["behind a quoted value", 'a: "x" |'],
    ["a block scalar", "a: |".replace("|", "¦") && "a: >\n  te|xt\n"],
    ["an anchor", "a: &n|  x"],
  ])("in %s: %j", (_, text) => expect(at(text)).toBe("nothing"));
});

describe("the keys beside a cursor", () => {
  it.each([
    ["a:\n  x: 1\n  |\n  y: 2\nb: 3\n", ["x", "y"]],
    ["a:\n  x:\n    deep: 1\n\n  # z: 1\n  |\n  y: { q: 1 }\n", ["x", "y"]],
    ["l:\n  - x: 1\n    |\n    y: 2\n  - z: 1\n", ["x", "y"]],
    ["l:\n  - |\n    y: 2\n  - z: 1\n", ["y"]],
    ["l:\n  - x|: 1\n    y: 2\n", ["y"]],
    ["a: { x: 1, |, y: 2 }", ["x", "y"]],
    ["a: { x: 1, | y: 2", ["x", "y"]],
    ["a: { x: { q: 1 }, z|: 3, y: 2 }", ["x", "y"]],
    ["a: { x: |, y: 2 }", ["y"]],
    ["l:\n- x: 1\nm: 2\n|\n", ["l", "m"]],
  ])("%j: %j", (text, expected) => expect(siblings(text).sort()).toEqual(expected));
});

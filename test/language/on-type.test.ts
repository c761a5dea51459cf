import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { onType } from "../../src/language/formatting/on-type";

/** The text after Enter at the `|`, and after what the server makes of it. */
function entered(marked: string, typed = "\n"): string {
  const offset = marked.indexOf("|") + typed.length;
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, marked.replace("|", typed));
  return TextDocument.applyEdits(document, onType(document.getText(), document.positionAt(offset), typed));
}

describe("after Enter", () => {
  it.each([
    ["below a key, deeper", "assets:|", "assets:\n  "],
    ["below a key with an anchor and a comment, deeper", "a:\n  b: &b # of b|", "a:\n  b: &b # of b\n    "],
    ["below a key that begins an item, deeper than the key", "a:\n  - b:|", "a:\n  - b:\n      "],
    ["below the first line of a text, deeper", "a: >|", "a: >\n  "],
    ["in an item, under its first key", "a:\n  - b: 1|", "a:\n  - b: 1\n    "],
    ["below an item in brackets, under its dash", "a:\n  - { b: 1 }|", "a:\n  - { b: 1 }\n  "],
    ["below a plain item, under its dash", "a:\n  - b|", "a:\n  - b\n  "],
    ["below a dash alone, where its item begins", "a:\n  -|", "a:\n  -\n    "],
    ["below a pair, under it", "a:\n  b: 1 # one:|", "a:\n  b: 1 # one:\n  "],
    ["below a comment, under it", "a:\n  # b:|", "a:\n  # b:\n  "],
    ["in a bracket, deeper than its line", "a:\n  b: {|", "a:\n  b: {\n    "],
    ["in a second bracket of a line, deeper still", "a:\n  b: { c: [|", "a:\n  b: { c: [\n      "],
    ["in a bracket with pairs, under them", "a:\n  b: {\n    c: 1,|", "a:\n  b: {\n    c: 1,\n    "],
    ["in a bracket on a line of its own", "a:\n  [\n    1,|", "a:\n  [\n    1,\n    "],
    ["in a bracket, below a key, deeper than the key", "a: {\n  b:|", "a: {\n  b:\n    "],
    ["in a bracket of an item", "a:\n  - {|", "a:\n  - {\n    "],
    [
      "between brackets, with the closing one under the opening line",
      "a:\n  b: {|\n}",
      "a:\n  b: {\n    \n  }",
    ],
    ["before a closing bracket, under the opening line", "a:\n  b: { c: 1|}", "a:\n  b: { c: 1\n  }"],
    [
      "below a closed bracket, under its entry",
      "a:\n  b: {\n    c: { d: [1] } }|",
      "a:\n  b: {\n    c: { d: [1] } }\n  ",
    ],
    [
      "below a closed bracket of its own, under the key",
      "a:\n  b:\n    {\n      c: 1\n    }|",
      "a:\n  b:\n    {\n      c: 1\n    }\n  ",
    ],
    ["with brackets in quotes and comments, as without", 'a:\n  b: "{" # [|', 'a:\n  b: "{" # [\n  '],
    ["what stands behind the cursor comes along", "a:|b: 1", "a:\n  b: 1"],
    ["below a blank line, where the person is", "a:\n  b: 1\n|", "a:\n  b: 1\n\n"],
  ])("%s", (_, marked, expected) => {
    expect(entered(marked)).toBe(expected);
  });

  it("a line that ends as on Windows is one like any other", () => {
    const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, "a:\r\n");
    expect(onType(document.getText(), { line: 1, character: 0 }, "\n")).toMatchObject([{ newText: "  " }]);
  });
});

describe("after a closing bracket", () => {
  it("alone on its line, it stands under the line of the opening one", () => {
    expect(entered("a:\n  b: {\n    c: 1,\n    |", "}")).toBe("a:\n  b: {\n    c: 1,\n  }");
  });

  it("behind something, nothing moves", () => {
    expect(entered("a:\n  b: {\n      c: 1 |", "}")).toBe("a:\n  b: {\n      c: 1 }");
  });
});

const folders = ["../../examples/", "../dsl/"].map((path) => new URL(path, import.meta.url));
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".risk.yaml"))
    .map((name) => [name, new URL(name, folder)] as const),
);

describe.each(files)("typing %s line by line", (_, file) => {
  it("indents every line as it is written, or deeper where it ends a block", () => {
    const lines = readFileSync(file, "utf8").split("\n");
    for (const [row, line] of lines.entries()) {
      const previous = lines[row - 1] ?? "";
      if (line.trim() === "" || previous.trim() === "" || previous.trim().startsWith("#")) continue;
      const column = line.search(/\S/);
      const isClosing = /^\s*[}\]]/.test(line);
      const before = [...lines.slice(0, row), isClosing ? line.trim() : ""].join("\n");
      const edits = onType(before, { line: row, character: 0 }, "\n");
      const indent = edits.at(-1)?.newText.length ?? 0;
      const place = `${row + 1}: ${line}`;
      if (isClosing || column > previous.search(/\S/)) expect([place, indent]).toEqual([place, column]);
      else expect([place, indent >= column]).toEqual([place, true]);
    }
  });
});

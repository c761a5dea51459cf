import { describe, expect, it } from "vitest";
import { completion } from "../../../src/language/completion/completion";
import { folderAsked } from "../../../src/language/completion/files";
import { openText } from "../fixtures";

const abilities = { snippets: false, insertReplace: false };

const folder = [
  { name: "notes.txt", folder: false },
  { name: "data", folder: true },
  { name: "b, c.csv", folder: false },
  { name: "a.csv", folder: false },
  { name: ".git", folder: true },
];

function itemsAt(marked: string, beside = {}): [label: string, newText: string | undefined][] {
  const { document, offset } = openText(marked);
  const items = completion(document, offset, abilities, beside).items;
  items.sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
  return items.map(({ label, textEdit }) => [label, textEdit?.newText]);
}

describe("completion of file paths", () => {
  it("offers CSV files first, then folders, then other files, and no hidden ones", () => {
    expect(itemsAt("books:\n  b:\n    file: |", { folder })).toEqual([
      ["a.csv", "a.csv"],
      ["b, c.csv", "b, c.csv"],
      ["data/", "data/"],
      ["notes.txt", "notes.txt"],
    ]);
  });

  it("goes on in a folder, and quotes where flow style needs it", () => {
    const marked = "books: { b: { file: data/x| } }";
    expect(itemsAt(marked, { folder })).toContainEqual(["b, c.csv", '"data/b, c.csv"']);
    expect(itemsAt(marked, { folder })).toContainEqual(["a.csv", "data/a.csv"]);
  });

  it.each([
    ["books:\n  b:\n    file: |", ""],
    ["books:\n  b:\n    file: data/we|th.csv", "data/"],
    ['venues: { v: { model: quotes, file: "../q/|" } }', "../q/"],
    ["name: data/|", undefined],
    ["books:\n  b:\n    fi|", undefined],
  ])("asks for the folder that the path is in: %j", (marked, expected) => {
    const { document, offset } = openText(marked);
    expect(folderAsked(document.getText(), offset)).toBe(expected);
  });
});

describe("completion of comments that silence", () => {
  it("offers the rules, those found on the next line first", () => {
    const text = "# plimsoll-disable-next-line |\nassets: {}\n";
    const start = text.indexOf("assets") - 1;
    const problem = {
      rule: "flat-quotes",
      severity: "warning",
      message: "",
      span: { start, end: start + 6 },
    };
    const [first, second] = itemsAt(text, { problems: [problem] });
    expect(first).toEqual(["flat-quotes", "flat-quotes -- reason"]);
    expect(second[0]).not.toBe("flat-quotes");
  });

  it("keeps a reason that is there", () => {
    const items = itemsAt("# plimsoll-disable-next-line fla| -- measured\na: 1\n");
    expect(items).toContainEqual(["flat-quotes", "flat-quotes"]);
  });

  it("offers the directive to a word that begins it, and nothing to other comments", () => {
    expect(itemsAt("# plim|")).toEqual([["plimsoll-disable-next-line", "plimsoll-disable-next-line "]]);
    for (const text of ["# |", "# a plim|", "# planned|", "a: 1 # plim|"]) expect(itemsAt(text)).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { check, errorCount } from "../../src/server/check";
import { cascade } from "../lsp/files";

function documentOf(text: string): TextDocument {
  return TextDocument.create("file:///risk/a.risk.yaml", "plimsoll", 1, text);
}

/** The rules that find something in a text, after it was another one. */
function rulesAfter(before: string, after: string): string[] {
  const { source, findings } = check(documentOf(after), check(documentOf(before)));
  return [...source.problems, ...findings].map(({ rule }) => rule);
}

const examples = new URL("../../examples/", import.meta.url);
const names = readdirSync(examples).filter((name) => name.endsWith(".risk.yaml"));

/** Offsets and lengths of the plain values of a text. */
function values(text: string): { at: number; length: number }[] {
  const found = text.matchAll(/(?<=[:,[] |\[)([^\s,{}[\]#"]+)(?=[,}\]]|\s|$)/g);
  return [...found].map(({ index, 0: value }) => ({ at: index, length: value.length }));
}

describe("one mistake", { timeout: 60_000 }, () => {
  it.each(names)("gives one diagnostic, wherever it is typed in %s", (name) => {
    const text = readFileSync(new URL(name, examples), "utf8").split("\n").slice(0, 85).join("\n");
    const last = check(documentOf(text));
    expect([...last.source.problems, ...last.findings]).toEqual([]);
    values(text).forEach(({ at, length }, index) => {
      const typed = `${text.slice(0, at)}${index % 2 ? "zzz" : "817%"}${text.slice(at + length)}`;
      const { source, findings } = check(documentOf(typed), last);
      const told = findings.map(({ rule, message }) => [typed.slice(at - 40, at + 20), rule, message]);
      if (source.problems.length === 1) expect(told).toEqual([]);
    });
  });
});

describe("what the static rules find", () => {
  const weak = cascade().replace("ltv: 80%", "ltv: 90%");

  it("is told while the text has no errors", () => {
    expect(rulesAfter(cascade(), weak)).toEqual(["ltv-above-threshold"]);
  });

  it("stays while another value is mistyped", () => {
    expect(rulesAfter(weak, weak.replace("price: 3000", "price: 30x"))).toEqual([
      "wrong-dimension",
      "ltv-above-threshold",
    ]);
  });

  it("is not told anew while a value is mistyped, but once it is corrected", () => {
    const mistyped = weak.replace("price: 3000", "price: 30x");
    expect(rulesAfter(cascade(), mistyped)).toEqual(["wrong-dimension"]);
    expect(rulesAfter(mistyped, weak)).toEqual(["ltv-above-threshold"]);
  });

  it("counts as an error when it is one", () => {
    expect(errorCount(check(documentOf(weak)))).toBe(1);
    expect(errorCount(check(documentOf(cascade())))).toBe(0);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CompletionItem,
  CompletionItemKind,
  type InsertReplaceEdit,
  type Range,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse as parseYaml, stringify } from "yaml";
import { parse } from "../../../src/dsl/parse";
import type { Path, Problem, Span } from "../../../src/dsl/problem";
import { entryAt, type Node, nodeAt } from "../../../src/dsl/tree";
import { completion } from "../../../src/language/completion/completion";
import { filledIn } from "./asking";

const folders = ["../../../examples/", "../../dsl/"].map((path) => new URL(path, import.meta.url));
const written = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".risk.yaml"))
    .map((name) => readFileSync(new URL(name, folder), "utf8")),
);

/** The same files in block style, in flow style, and with other indentations. */
const texts = written.flatMap((text) => [
  text,
  stringify(parseYaml(text), { lineWidth: 0 }),
  stringify(parseYaml(text), { lineWidth: 0, indent: 4, indentSeq: false }),
  stringify(parseYaml(text), { lineWidth: 60, collectionStyle: "flow" }),
]);

const place = fc.record({ text: fc.constantFrom(...texts), at: fc.double({ min: 0, max: 1, noNaN: true }) });

function itemsAt(text: string, offset: number): CompletionItem[] {
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
  return completion(document, offset, { snippets: true, insertReplace: true }).items;
}

function accept(
  text: string,
  item: CompletionItem,
  mode: "insert" | "replace",
): { text: string; span: Span } {
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
  const edit = item.textEdit as InsertReplaceEdit;
  const range: Range = edit[mode];
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const newText = filledIn(item);
  return {
    text: text.slice(0, start) + newText + text.slice(end),
    span: { start, end: start + newText.length },
  };
}

const SYNTAX = new Set(["yaml-syntax", "yaml-tab", "bad-indentation", "incomplete-key", "duplicate-key"]);

function syntaxProblems(text: string): Problem[] {
  return parse(text).problems.filter(({ rule }) => SYNTAX.has(rule));
}

function isValue({ kind }: CompletionItem): boolean {
  return kind !== CompletionItemKind.Property && kind !== CompletionItemKind.Snippet;
}

describe("accepting any completion at any place of a valid file", () => {
  it("leaves a document without syntax errors, and no error at an accepted value", () => {
    fc.assert(
      fc.property(place, ({ text, at }) => {
        const offset = Math.floor(at * text.length);
        const items = itemsAt(text, offset);
        expect(new Set(items.map(({ label }) => label)).size).toBe(items.length);
        for (const item of items) {
          const replaced = accept(text, item, "replace");
          expect(syntaxProblems(replaced.text), shown(replaced)).toEqual([]);
          expect(syntaxProblems(accept(text, item, "insert").text)).toEqual([]);
          if (isValue(item)) expect(errorsAt(replaced), shown(replaced)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("is also possible on an empty line of any indentation", () => {
    fc.assert(
      fc.property(place, fc.nat(8), ({ text, at }, indent) => {
        const line = text.indexOf("\n", Math.floor(at * text.length)) + 1;
        const opened = `${text.slice(0, line)}${" ".repeat(indent)}\n${text.slice(line)}`;
        for (const item of itemsAt(opened, line + indent)) {
          const replaced = accept(opened, item, "replace");
          expect(syntaxProblems(replaced.text), shown(replaced)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

function errorsAt({ text, span }: { text: string; span: Span }): Problem[] {
  return parse(text).problems.filter(
    ({ severity, span: { start, end } }) => severity === "error" && start < span.end && span.start < end,
  );
}

function shown({ text, span }: { text: string; span: Span }): string {
  return `${text.slice(Math.max(0, span.start - 120), span.start)}»${text.slice(span.start, span.end)}«${text.slice(span.end, span.end + 60)}`;
}

describe("what was deleted from a valid file", () => {
  const read = texts.map((text) => ({ text, root: parse(text).root, paths: leaves(parse(text).root) }));

  it("is offered again: a value of an enumeration, or a name", () => {
    fc.assert(
      fc.property(fc.constantFrom(...read), fc.nat(), ({ text, root, paths }, choice) => {
        const path = chosen(paths, choice);
        const { start, end } = nodeAt(root, path)!.span;
        const value = text.slice(start, end).replace(/^"|"$/g, "");
        fc.pre(itemsAt(text, start).some((item) => isName(item) && item.label === value));
        expect(labelsAt(text.slice(0, start) + text.slice(end), start), path.join(".")).toContain(value);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it("is offered again: a key, with its value", () => {
    fc.assert(
      fc.property(fc.constantFrom(...read), fc.nat(), ({ text, root, paths }, choice) => {
        const path = chosen(paths, choice);
        const entry = entryAt(root, path);
        fc.pre(entry !== undefined && labelsAt(text, entry.keySpan.start).includes(entry.key));
        const { start } = entry!.keySpan;
        const left = text.slice(0, start) + text.slice(entry!.value.span.end);
        expect(labelsAt(left, start), path.join(".")).toContain(entry!.key);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

function isName({ kind }: CompletionItem): boolean {
  return kind === CompletionItemKind.EnumMember || kind === CompletionItemKind.Reference;
}

function labelsAt(text: string, offset: number): string[] {
  return itemsAt(text, offset).map(({ label }) => label);
}

function chosen<T>(all: readonly T[], choice: number): T {
  return all[choice % all.length];
}

function leaves(node: Node | undefined, path: Path = []): Path[] {
  if (node?.kind === "list") return node.items.flatMap((item, index) => leaves(item, [...path, index]));
  if (node?.kind !== "map") return node ? [path] : [];
  return [...node.entries.values()].flatMap(({ key, value }) => leaves(value, [...path, key]));
}

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SelectionRange, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "../../src/dsl/parse";
import { codeActions } from "../../src/language/actions/code-actions";
import { codeLenses } from "../../src/language/code-lenses";
import { completion } from "../../src/language/completion/completion";
import { definition } from "../../src/language/definition";
import { diagnosticsOf } from "../../src/language/diagnostics";
import { documentLinks } from "../../src/language/document-links";
import { foldingRanges } from "../../src/language/folding";
import { formatting } from "../../src/language/formatting/formatting";
import { onType } from "../../src/language/formatting/on-type";
import { hover } from "../../src/language/hover/hover";
import { inlayHints } from "../../src/language/inlay-hints";
import { occurrences } from "../../src/language/occurrences";
import { rename } from "../../src/language/rename";
import { selectionRange } from "../../src/language/selection";
import { symbols } from "../../src/language/symbols";
import { semanticTokens } from "../../src/language/tokens/tokens";
import { openText } from "./fixtures";
import { toldOf } from "./told";

const told = await toldOf(["metric: bad-debt, in: crash, max: 5M USD"]);

const examples = new URL("../../examples/", import.meta.url);
const texts = readdirSync(examples)
  .filter((name) => name.endsWith(".risk.yaml"))
  .map((name) => readFileSync(new URL(name, examples), "utf8").split("\n").slice(0, 60).join("\n"));

const debris = fc.constantFrom(
  "",
  ":",
  "{",
  "}",
  "[",
  "- ",
  "\n",
  "\t",
  '"',
  "&a ",
  "*a",
  "<<: *a",
  "#",
  "80%",
  "é𝒳",
);

/** An example with a piece of its text replaced by debris, and an offset to ask at. */
const damaged = fc
  .record({
    text: fc.constantFrom(...texts),
    at: fc.nat(3_000),
    length: fc.nat(40),
    debris,
    offset: fc.nat(3_000),
  })
  .map(({ text, at, length, debris, offset }) => ({
    text: `${text.slice(0, at)}${debris}${text.slice(at + length)}`.replaceAll("|", ""),
    offset,
  }));

function outermost(range: SelectionRange): SelectionRange {
  return range.parent ? outermost(range.parent) : range;
}

describe("on any text, at any place", () => {
  it("every feature gives an answer within the text", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(damaged, ({ text, offset }) => {
        const { source, document } = openText(text);
        const within = ({ start, end }: { start: number; end: number }) => {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        };
        for (const { span, fixes = [] } of source.problems) {
          within(span);
          for (const edit of fixes.flatMap(({ edits }) => edits)) within(edit.span);
        }
        const found = hover(source, Math.min(offset, text.length), source.problems, told);
        if (found) within(found.span);
        const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
        const context = {
          document,
          source,
          problems: source.problems,
          obstacles: [],
          findings: [],
          snippets: true,
        };
        expect(Array.isArray(codeActions(range, context))).toBe(true);
        const at = Math.min(offset, text.length);
        for (const { textEdit } of completion(document, at, { snippets: true, insertReplace: false }).items) {
          const { start, end } = (textEdit as TextEdit).range;
          within({ start: document.offsetAt(start), end: document.offsetAt(end) });
          expect(start.line, "an edit stays in its line").toBe(end.line);
        }
        expect(diagnosticsOf(source.problems, document).length).toBeLessThanOrEqual(501);
        expect(Array.isArray(symbols(source, document))).toBe(true);
        for (const lens of codeLenses({ document, source, told })) {
          expect(document.offsetAt(lens.range.start)).toBeLessThanOrEqual(text.length);
        }
        for (const { position } of inlayHints(range, { document, source, problems: [], told })) {
          expect(document.offsetAt(position)).toBeLessThanOrEqual(text.length);
        }
        for (const { startLine, endLine } of foldingRanges(text)) {
          expect(startLine).toBeLessThan(endLine);
          expect(endLine).toBeLessThan(document.lineCount);
        }
        for (const { span } of semanticTokens(source)) within(span);
        for (const typed of ["\n", "}"]) {
          const edits = onType(text, document.positionAt(offset), typed);
          expect(
            /^\s*$/.test(edits.map(({ newText, range }) => newText + document.getText(range)).join("")),
          ).toBe(true);
        }
        const formatted = parse(TextDocument.applyEdits(document, formatting(source, document)));
        expect(formatted.draft).toEqual(source.draft);
        const destination = definition(source, offset, document.uri);
        if (destination) within(destination.to);
        for (const { span } of occurrences(source, offset)) within(span);
        const renamed = rename(source, offset, "other");
        if (renamed && "edits" in renamed) for (const { span } of renamed.edits) within(span);
        expect(Array.isArray(documentLinks(source, document))).toBe(true);
        expect(document.getText(outermost(selectionRange(source, offset, document)).range)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

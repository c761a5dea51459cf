import * as l10n from "@vscode/l10n";
import { Composer, type Document, Parser, type YAMLError } from "yaml";
import type { Problem, Span } from "./problem";
import { incompleteKey, lineAt, syntaxProblem } from "./syntax";

export type YamlNode = Document.Parsed["contents"];

/** A piece of text that YAML reads on its own. Offsets count from its start. */
export interface Chunk {
  /** The text that was read: half-typed keys are blanked out. */
  readonly text: string;
  readonly contents: YamlNode;
  /** What is wrong with the syntax. */
  readonly problems: readonly Problem[];
  /** True when the contents are only what could be recovered from broken YAML. */
  readonly broken: boolean;
}

/** A chunk with more half-typed keys than this is treated as broken YAML. */
const MOST_REPAIRS = 5;

/** Reads a piece of text, or a whole file. Never throws. */
export function readChunk(text: string): Chunk {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { text, contents: null, problems: [tooDeep(text)], broken: true };
  }
}

/** Half-typed keys are blanked out, so that the rest is still checked while one types. */
function read(text: string): Chunk {
  const problems: Problem[] = [];
  let current = text;
  for (;;) {
    const [first, second] = documentsOf(current);
    const key = problems.length < MOST_REPAIRS && first && halfTypedKey(current, first);
    if (!key) return chunkOf(text, current, problems, first, second);
    problems.push(incompleteKey(text.slice(key.start, key.end), key));
    current = current.slice(0, key.start) + " ".repeat(key.end - key.start) + current.slice(key.end);
  }
}

function chunkOf(
  written: string,
  text: string,
  repaired: Problem[],
  first?: Document.Parsed,
  second?: Document.Parsed,
): Chunk {
  const flaws = first ? [...first.errors, ...first.warnings] : [];
  const problems = [...repaired];
  if (flaws.length > 0) problems.push(syntaxProblem(written, flaws));
  else if (second) problems.push(severalDocuments(written, second));
  return { text, contents: first?.contents ?? null, problems, broken: flaws.length > 0 };
}

function documentsOf(text: string): Document.Parsed[] {
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  return [...composer.compose(new Parser().parse(text))] as Document.Parsed[];
}

const HALF_TYPED = new Set<YAMLError["code"]>(["MULTILINE_IMPLICIT_KEY", "MISSING_CHAR"]);

/** A lone word on its line, where a key with a colon should stand. */
function halfTypedKey(text: string, document: Document.Parsed): Span | undefined {
  const [first] = document.errors;
  const start = first ? (HALF_TYPED.has(first.code) ? first.pos[0] : undefined) : loneWord(document.contents);
  if (start === undefined) return undefined;
  const line = lineAt(text, start);
  const word = /^[ ]*(?:- +)?([A-Za-z][\w.-]*)[ \t]*(?:#.*)?$/d.exec(text.slice(line.start, line.end));
  const [from, to] = word?.indices?.[1] ?? [];
  if (from === undefined || to === undefined || line.start + from !== start) return undefined;
  return { start, end: line.start + to };
}

function loneWord(contents: YamlNode): number | undefined {
  const isWord = contents && "value" in contents && typeof contents.value === "string";
  return isWord ? contents.range[0] : undefined;
}

function severalDocuments(text: string, second: Document.Parsed): Problem {
  const marker = [...text.slice(0, second.range[0] + 3).matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)].at(-1);
  const start = marker?.index ?? second.range[0];
  const message = l10n.t(
    "A risk file is one YAML document; move what follows `{0}` to a file of its own.",
    marker?.[0] ?? "---",
  );
  const span = { start, end: Math.min(start + 3, text.length) };
  return { rule: "several-documents", severity: "error", message, span };
}

function tooDeep(text: string): Problem {
  const message = l10n.t("This file is nested too deeply; a risk file needs fewer than 20 levels.");
  return { rule: "yaml-syntax", severity: "error", message, span: lineAt(text, 0) };
}

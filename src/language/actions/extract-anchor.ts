import * as l10n from "@vscode/l10n";
import type { CodeAction } from "vscode-languageserver";
import type { Source } from "../../dsl/parse";
import type { Span, TextEdit } from "../../dsl/problem";
import { type Entry, entryAt } from "../../dsl/tree";
import { type ActionContext, action, textEdits } from "./context";

/** Moves a map to an anchor above its section, from where others can take it by an alias or a merge key. */
export function extractAnchor({ start }: Span, context: ActionContext): CodeAction[] {
  const { source } = context;
  const path = source.pathAt(start)?.path ?? [];
  for (let depth = path.length; depth > 1; depth--) {
    const entry = entryAt(source.root, path.slice(0, depth));
    if (entry?.value.kind !== "map") continue;
    const section = entryAt(source.root, path.slice(0, 1))!;
    return extraction(entry, section, context);
  }
  return [];
}

function extraction(entry: Entry, section: Entry, context: ActionContext): CodeAction[] {
  const { source } = context;
  const written = writtenMap(source.text, entry);
  if (!written) return [];
  const name = freeName(entry.key, source);
  const at = aboveComments(source.text, section.keySpan.start);
  const edits: TextEdit[] = [
    { span: { start: at, end: at }, text: `x-${name}: &${name}${written.moved}\n` },
    { span: { start: written.colon, end: written.colon }, text: ` *${name}` },
    { span: written.span, text: "" },
  ];
  return [
    action(
      l10n.t("Extract to anchor {0}", `&${name}`),
      "refactor.extract",
      textEdits(edits, context),
      context,
    ),
  ];
}

interface Written {
  /** After the key's colon. */
  readonly colon: number;
  /** What is taken away there, and how it reads below a key at the left margin. */
  readonly span: Span;
  readonly moved: string;
}

/** An anchor or alias in a map may depend on where it stands: such a map stays. */
const ANCHOR_OR_ALIAS = /(?:^|[\s,[{:])[&*][\w-]/;

function writtenMap(text: string, { keySpan, value }: Entry): Written | undefined {
  if (value.kind !== "map" || value.origin || value.entries.size === 0) return undefined;
  const colon = keySpan.end + 1;
  const { start } = value.span;
  const end = start + text.slice(start, value.span.end).trimEnd().length;
  if (text[colon - 1] !== ":" || ANCHOR_OR_ALIAS.test(text.slice(colon, end))) return undefined;
  if (!value.block) {
    const isBeside = text.slice(colon, start).trim() === "";
    return isBeside ? { colon, span: { start: colon, end }, moved: ` ${text.slice(start, end)}` } : undefined;
  }
  const lineEnd = text.indexOf("\n", colon);
  const below = text.slice(lineEnd, end);
  return { colon, span: { start: lineEnd, end }, moved: indentedBy(2, below) };
}

/** Lines moved so that the least indented of them starts in a column. */
function indentedBy(column: number, lines: string): string {
  const indents = [...lines.matchAll(/^ *(?=\S)/gm)].map(([blanks]) => blanks.length);
  const least = indents.reduce((a, b) => Math.min(a, b), Infinity);
  return lines.replace(/^ *(?=\S)/gm, (blanks) => " ".repeat(blanks.length - least + column));
}

/** No anchor has it and no key at the top. */
function freeName(key: string, { text, root }: Source): string {
  const base = key.replace(/[^\w-]/g, "-");
  const isTaken = (name: string) =>
    entryAt(root, [`x-${name}`]) !== undefined || new RegExp(`&${name}(?![\\w-])`).test(text);
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`;
    if (!isTaken(name)) return name;
  }
}

/** The start of the comments that stand directly above a line. */
function aboveComments(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  for (;;) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (start === 0 || !text.slice(above, start).startsWith("#")) return start;
    start = above;
  }
}

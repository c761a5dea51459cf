import * as l10n from "@vscode/l10n";
import type { YAMLError } from "yaml";
import type { Problem, Span, TextEdit } from "./problem";
import { sentences } from "./sentences";
import { replacement } from "./sites";

/**
 * Larger files are not read. 50,000 lines of inline positions have 3.5 MB, and every edit still walks over all lines;
 * longer lists belong in a CSV file.
 */
export const LARGEST_FILE = 4 << 20;

/** What makes a text unreadable before YAML is even tried. */
export function unreadableText(text: string): Problem | undefined {
  if (text.length > LARGEST_FILE) return tooLarge(text);
  return mergeConflict(text);
}

function tooLarge(text: string): Problem {
  const size = (text.length / 2 ** 20).toFixed(1);
  return {
    rule: "file-too-large",
    severity: "error",
    message: l10n.t(
      "This file has {0} MiB; a risk file may have {1} MiB. Move long lists of positions to a CSV file and name it with `file`.",
      size,
      LARGEST_FILE / 2 ** 20,
    ),
    span: lineAt(text, 0),
  };
}

function mergeConflict(text: string): Problem | undefined {
  if (!["<<<<<<<", ">>>>>>>", "======="].some((marker) => text.includes(marker))) return undefined;
  const markers = [...text.matchAll(/^(?:<{7}(?: .*)?|={7}|>{7}(?: .*)?)\r?$/gm)];
  if (markers.length === 0) return undefined;
  const [first, ...others] = markers.map((marker) => lineAt(text, marker.index));
  return {
    rule: "merge-conflict",
    severity: "error",
    message: l10n.t("Unresolved merge conflict: keep one side and delete the marker lines."),
    span: first,
    related: others.slice(0, 20).map((span) => ({ message: l10n.t("Marker of a merge conflict."), span })),
  };
}

export function emptyFile(): Problem {
  return {
    rule: "empty-file",
    severity: "error",
    message: l10n.t("This risk file is empty. Start with `plimsoll: 1` and `assets:`."),
    span: { start: 0, end: 0 },
  };
}

/** @param before what stands before the key on its line */
export function incompleteKey(key: string, span: Span, before = ""): Problem {
  if (/^\d+$/.test(key) || /^\d{3}(?!\d)/.test(key)) return separatedNumber(key, span, before);
  const message = l10n.t("`{0}` is not finished: a key is followed by a colon, a space and its value.", key);
  return { rule: "incomplete-key", severity: "error", message, span };
}

/** `1,000` in a flow map is a value and a key. */
function separatedNumber(key: string, span: Span, before: string): Problem {
  const message = l10n.t("A comma separates entries here; write the number without thousands separators.");
  const problem = { rule: "invalid-quantity", severity: "error", message } as const;
  const first = /(?<![\w.])\d{1,3}(?:,\d{3})*,$/.exec(before)?.[0];
  if (first === undefined) return { ...problem, span };
  const whole = { start: span.start - first.length, end: span.end };
  return { ...problem, span: whole, fixes: [replacement(whole, (first + key).replaceAll(",", ""))] };
}

/** The one problem behind a list of YAML errors: the first mistake, not what the parser made of the rest. */
export function syntaxProblem(text: string, errors: readonly YAMLError[]): Problem {
  const first = errors.reduce((a, b) => (b.pos[0] < a.pos[0] ? b : a));
  return (
    tabProblem(text) ??
    openQuote(text, errors) ??
    openBracket(text, first) ??
    indentProblem(text, first) ??
    other(text, first)
  );
}

export function tabProblem(text: string): Problem | undefined {
  const runs = [...text.matchAll(/^ *\t[ \t]*(?=[^\s#])/gm)];
  if (runs.length === 0) return undefined;
  const edits: TextEdit[] = runs.map((run) => ({
    span: { start: run.index, end: run.index + run[0].length },
    text: run[0].replaceAll("\t", "  "),
  }));
  return {
    rule: "yaml-tab",
    severity: "error",
    message:
      runs.length > 1
        ? l10n.t("YAML is indented with spaces, not tabs ({0} lines).", runs.length)
        : l10n.t("YAML is indented with spaces, not tabs."),
    span: edits[0].span,
    fixes: [{ title: l10n.t("Replace each tab by two spaces"), edits }],
  };
}

/** A quote that runs over the end of its line: nothing in this language needs one that does. */
function openQuote(text: string, errors: readonly YAMLError[]): Problem | undefined {
  const missing = errors.some((error) => error.code === "MISSING_CHAR" && /quote$/.test(error.message));
  const firstError = Math.min(...errors.map((error) => error.pos[0]));
  const start = unclosedQuote(text, missing ? text.length : firstError);
  if (start === undefined) return undefined;
  return syntax(l10n.t("This quote is not closed on its line."), { start, end: lineAt(text, start).end });
}

/** Offset of the first quote before `end` that opens a value and is not closed on its line. */
function unclosedQuote(text: string, end: number): number | undefined {
  const opening = /(?<=[:[{,-][ \t]*|^[ \t]*)(["'])/gm;
  for (let match = opening.exec(text); match && match.index < end; match = opening.exec(text)) {
    const line = text.slice(match.index, lineAt(text, match.index).end);
    const closed = match[1] === '"' ? /^"(?:[^"\\]|\\.)*"/.exec(line) : /^'(?:[^']|'')*'/.exec(line);
    if (!closed) return match.index;
    opening.lastIndex = match.index + closed[0].length;
  }
  return undefined;
}

/** YAML reports an unclosed bracket where the next line starts; what is wrong is the bracket. */
function openBracket(text: string, error: YAMLError): Problem | undefined {
  if (!/^Flow (map|sequence)/.test(error.message)) return undefined;
  const start = lastOpenBracket(text, error.pos[0]);
  if (start === undefined) return undefined;
  const closing = text[start] === "{" ? "}" : "]";
  return syntax(l10n.t("This `{0}` has no `{1}`.", text[start], closing), { start, end: start + 1 });
}

function lastOpenBracket(text: string, end: number): number | undefined {
  const open: number[] = [];
  for (const match of text.slice(0, end).matchAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<=^|\s)#.*|[[\]{}]/gm)) {
    if (/^[[{]/.test(match[0])) open.push(match.index);
    if (/^[\]}]/.test(match[0])) open.pop();
  }
  return open.at(-1);
}

function indentProblem(text: string, error: YAMLError): Problem | undefined {
  const line = misindentedLine(text, error);
  if (!line) return undefined;
  const indent = indentOf(text, line);
  const key = /^[^\s:]+/.exec(text.slice(line.start + indent, line.end));
  const above = indentBefore(text, line.start);
  if (!key) return undefined;
  const start = line.start + indent;
  const rule = l10n.t("The keys of one map, and the items of one list, start in the same column.");
  const span = { start, end: start + key[0].length };
  const problem = { rule: "bad-indentation", severity: "error", span } as const;
  if (indent === above) return { ...problem, message: MESSAGES.BAD_INDENT() };
  const found =
    indent === 1
      ? l10n.t("Indented by 1 space where the line above has {0}.", above)
      : l10n.t("Indented by {0} spaces where the line above has {1}.", indent, above);
  return { ...problem, message: sentences(found, rule) };
}

/** A line indented too far is read as the end of the value above it, where the error then stands. */
function misindentedLine(text: string, { code, message, pos: [at] }: YAMLError): Span | undefined {
  const line = lineAt(text, at);
  const inValue = /\S/.test(text.slice(line.start, at));
  if (code === "BAD_INDENT") return inValue ? line : contentLine(text, line);
  if (code === "UNEXPECTED_TOKEN") return !inValue && /at node end/.test(message) ? line : undefined;
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return undefined;
  if (!inValue || line.end >= text.length) return line;
  const next = lineAt(text, nextLine(text, line.end));
  const isHalfTyped = /^ *[\w.-]+ *$/.test(text.slice(next.start, next.end));
  return isHalfTyped || indentOf(text, next) > indentOf(text, line) ? next : undefined;
}

/** The line itself, or the next one that is more than a comment. */
function contentLine(text: string, line: Span): Span {
  let found = line;
  while (/^\s*(?:#.*)?$/.test(text.slice(found.start, found.end)) && found.end < text.length)
    found = lineAt(text, nextLine(text, found.end));
  return found;
}

function indentOf(text: string, { start, end }: Span): number {
  return /^ */.exec(text.slice(start, end))![0].length;
}

function indentBefore(text: string, start: number): number {
  const above = text.slice(0, start).trimEnd();
  return /^ */.exec(above.slice(above.lastIndexOf("\n") + 1))![0].length;
}

/** Messages for what the parser says in its own terms. */
const MESSAGES: Readonly<Record<string, () => string>> = {
  BAD_SCALAR_START: () => l10n.t("A value cannot start with this character; quote the value."),
  BAD_INDENT: () => l10n.t("This line starts in no column that the lines around it have."),
  BAD_ALIAS: () => l10n.t("This alias has no name."),
  MULTIPLE_ANCHORS: () => l10n.t("A value may have one anchor."),
  MULTIPLE_TAGS: () => l10n.t("A value may have one tag."),
  TAG_RESOLVE_FAILED: () => l10n.t("Tags are not part of the risk file language; remove it."),
  BAD_DIRECTIVE: () => l10n.t("YAML directives are not part of the risk file language; remove the line."),
  MISSING_CHAR: () =>
    l10n.t("Something is missing here: a key needs a colon and a space, a list item a dash and a space."),
  MULTILINE_IMPLICIT_KEY: () => l10n.t("A key stands on one line and is followed by a colon and a space."),
};

/** The same for messages of a code that speaks of several mistakes. */
const BY_MESSAGE: readonly (readonly [RegExp, () => string])[] = [
  [/flow-(?:map|seq)-end/, () => l10n.t("This bracket closes nothing.")],
  [/Unexpected ,/, () => l10n.t("There is nothing before this comma.")],
  [
    /at node end/,
    () =>
      l10n.t("The value before this is finished; a comma or a line break is missing, or quotes around both."),
  ],
  [
    /within flow/,
    () => l10n.t("Inside of braces and brackets, maps and lists have braces and brackets too."),
  ],
  [
    /compact mappings/,
    () => l10n.t("Two keys stand on this line; begin a line with the second, or put it in braces."),
  ],
  [/block sequence/, () => l10n.t("A list stands under a key; the key is missing above it.")],
];

function other(text: string, error: YAMLError): Problem {
  const known = MESSAGES[error.code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1];
  const found = gluedKey(text, error) ?? hardSpace(text, error);
  if (found) return found;
  const message = known?.() ?? error.message.split("\n")[0].replace(/\.?$/, ".");
  return syntax(message, narrowed(text, error.pos), missingSpace(text, error));
}

/** `b:{ c: 1 }` is one word to YAML, and what follows it another key. */
function gluedKey(text: string, { code, pos: [at] }: YAMLError): Problem | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY" && code !== "UNEXPECTED_TOKEN") return undefined;
  const line = lineAt(text, at);
  const key = /^[ -]*([\w.-]+:)[{[]/.exec(text.slice(line.start, line.end));
  if (!key) return undefined;
  const end = line.start + key[0].length - 1;
  const fix = {
    title: l10n.t("Put a space after the colon"),
    edits: [{ span: { start: end, end }, text: " " }],
  };
  return syntax(MESSAGES.MULTILINE_IMPLICIT_KEY(), { start: end - key[1].length, end }, [fix]);
}

/** A space that YAML takes for a letter, as web pages have it. */
function hardSpace(text: string, { pos: [at] }: YAMLError): Problem | undefined {
  const line = lineAt(text, at);
  const space = /(?<=:)\u00a0/.exec(text.slice(line.start, line.end));
  if (!space) return undefined;
  const span = { start: line.start + space.index, end: line.start + space.index + 1 };
  const message = l10n.t("This is a no-break space, which YAML takes for a letter; write a space.");
  return syntax(message, span, [{ title: l10n.t("Write a space"), edits: [{ span, text: " " }] }]);
}

/** `b:1` is one word to YAML. */
function missingSpace(text: string, error: YAMLError): Problem["fixes"] {
  const word = /^[\w.-]+:(?=[\w.+"'-])/.exec(text.slice(error.pos[0], error.pos[1]));
  if (!word) return undefined;
  const at = error.pos[0] + word[0].length;
  return [
    { title: l10n.t("Put a space after the colon"), edits: [{ span: { start: at, end: at }, text: " " }] },
  ];
}

function syntax(message: string, span: Span, fixes?: Problem["fixes"]): Problem {
  return { rule: "yaml-syntax", severity: "error", message, span, fixes };
}

/** The part of an error's range that stands on its first line; of an error on a blank line, the first word below. */
function narrowed(text: string, [from, to]: readonly [number, number]): Span {
  const line = contentLine(text, lineAt(text, from));
  if (from < line.start) {
    const start = line.start + indentOf(text, line);
    return { start, end: start + /^\S*/.exec(text.slice(start, line.end))![0].length };
  }
  const start = Math.min(from, text.length);
  const end = Math.max(start, Math.min(to, lineAt(text, start).end));
  return { start, end };
}

/** The line of an offset without its indentation's end or line break. */
export function lineAt(text: string, offset: number): Span {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const lineFeed = text.indexOf("\n", offset);
  const end = lineFeed < 0 ? text.length : lineFeed;
  return { start, end: text[end - 1] === "\r" && end > start ? end - 1 : end };
}

function nextLine(text: string, lineEnd: number): number {
  return text.indexOf("\n", lineEnd) + 1;
}

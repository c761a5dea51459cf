import * as l10n from "@vscode/l10n";
import type { YAMLError } from "yaml";
import type { Problem, Span, TextEdit } from "./problem";

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

export function incompleteKey(key: string, span: Span): Problem {
  if (/^\d+$/.test(key)) {
    const message = l10n.t("A comma separates entries here; write the number without thousands separators.");
    return { rule: "invalid-quantity", severity: "error", message, span };
  }
  const message = l10n.t("`{0}` is not finished: a key is followed by a colon, a space and its value.", key);
  return { rule: "incomplete-key", severity: "error", message, span };
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

const INDENT_CODES = ["BAD_INDENT", "BLOCK_AS_IMPLICIT_KEY"];

function indentProblem(text: string, error: YAMLError): Problem | undefined {
  if (!INDENT_CODES.includes(error.code)) return undefined;
  const line = misindentedLine(text, error);
  const indent = /^ */.exec(text.slice(line.start, line.end))![0].length;
  const key = /^[^\s:]+/.exec(text.slice(line.start + indent, line.end));
  if (!key) return undefined;
  const start = line.start + indent;
  const neighbour = indentBefore(text, line.start);
  const message = l10n.t(
    "Indented by {0} spaces where the line above has {1}; the keys of one map start in the same column.",
    indent,
    neighbour,
  );
  return { rule: "bad-indentation", severity: "error", message, span: { start, end: start + key[0].length } };
}

/** A line indented too far is read as the end of the value above it, where the error then stands. */
function misindentedLine(text: string, error: YAMLError): Span {
  const line = lineAt(text, error.pos[0]);
  const inValue = /\S/.test(text.slice(line.start, error.pos[0]));
  return error.code === "BLOCK_AS_IMPLICIT_KEY" && inValue && line.end < text.length
    ? lineAt(text, nextLine(text, line.end))
    : line;
}

function indentBefore(text: string, start: number): number {
  const above = text.slice(0, start).trimEnd();
  return /^ */.exec(above.slice(above.lastIndexOf("\n") + 1))![0].length;
}

/** Messages for what the parser says in its own terms. */
const MESSAGES: Readonly<Record<string, () => string>> = {
  BAD_SCALAR_START: () => l10n.t("A value cannot start with this character; quote the value."),
  BAD_ALIAS: () => l10n.t("This alias has no name."),
  MULTIPLE_ANCHORS: () => l10n.t("A value may have one anchor."),
  MULTIPLE_TAGS: () => l10n.t("A value may have one tag."),
  TAG_RESOLVE_FAILED: () => l10n.t("Tags are not part of the risk file language; remove it."),
  BAD_DIRECTIVE: () => l10n.t("YAML directives are not part of the risk file language; remove the line."),
  MISSING_CHAR: () =>
    l10n.t("Something is missing here: a key needs a colon and a space, a list item a dash and a space."),
  MULTILINE_IMPLICIT_KEY: () => l10n.t("A key stands on one line and is followed by a colon and a space."),
};

function other(text: string, error: YAMLError): Problem {
  const message = MESSAGES[error.code]?.() ?? error.message.split("\n")[0].replace(/\.?$/, ".");
  return syntax(message, narrowed(text, error.pos), missingSpace(text, error));
}

/** `b:1` is one word to YAML. */
function missingSpace(text: string, error: YAMLError): Problem["fixes"] {
  const word = /^[\w.-]+:(?=[^\s:/])/.exec(text.slice(error.pos[0], error.pos[1]));
  if (!word) return undefined;
  const at = error.pos[0] + word[0].length;
  return [
    { title: l10n.t("Put a space after the colon"), edits: [{ span: { start: at, end: at }, text: " " }] },
  ];
}

function syntax(message: string, span: Span, fixes?: Problem["fixes"]): Problem {
  return { rule: "yaml-syntax", severity: "error", message, span, fixes };
}

/** The part of an error's range that stands on its first line. */
function narrowed(text: string, [from, to]: readonly [number, number]): Span {
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

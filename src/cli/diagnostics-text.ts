import { pathBeside } from "../dsl/base";
import type { Problem, Related, Severity } from "../dsl/problem";
import { lineStarts, type Range, rangeOf } from "./position";
import type { Style } from "./style";

const WIDTH = 80;

/** Problems as compilers print them: `file:line:column severity rule: message`, the line, and what is meant in it. */
export function diagnosticsText(
  file: string,
  text: string,
  problems: readonly Problem[],
  style: Style,
): string {
  const starts = lineStarts(text);
  return problems.map((problem) => problemText(file, text, starts, problem, style)).join("");
}

/** "2 errors, 1 warning", or "no problems". */
export function countText(problems: readonly Problem[]): string {
  const names: Record<Severity, string> = {
    error: "error",
    warning: "warning",
    information: "note",
    hint: "hint",
  };
  const counts = (Object.keys(names) as Severity[]).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${names[severity]}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "no problems" : counts.join(", ");
}

function problemText(
  file: string,
  text: string,
  starts: readonly number[],
  { span, severity, rule, message, related = [] }: Problem,
  style: Style,
): string {
  const range = rangeOf(span, starts);
  const label = style.severity(severity, `${severity} ${rule}`);
  const lines = [
    `${style.bold(place(file, range))} ${label}: ${printable(message).replaceAll("\n", "\n  ")}`,
    ...excerpt(lineAt(text, starts, range.start.line), range, style),
    ...related.map((each) => relatedText(file, starts, each)),
  ];
  return `${lines.join("\n")}\n`;
}

/** What stands in a base is named by the base's path, from the folder of the file. */
function relatedText(file: string, starts: readonly number[], { base, span, message }: Related): string {
  const at = base
    ? place(pathBeside(file, base.name), rangeOf(span, lineStarts(base.source?.text ?? "")))
    : place(file, rangeOf(span, starts));
  return `  ${at} note: ${printable(message)}`;
}

function place(file: string, { start }: Range): string {
  return `${printable(file)}:${start.line}:${start.column}`;
}

/** The line and its underline; of a long line the part around what is meant. */
function excerpt(line: string, { start, end }: Range, style: Style): string[] {
  if (line.trim() === "") return [];
  const gutter = `  ${start.line} | `;
  const room = WIDTH - gutter.length;
  const from = start.column - 1;
  const to = end.line === start.line ? Math.max(end.column - 1, from + 1) : Math.max(line.length, from + 1);
  const cut = to <= room ? 0 : Math.max(0, Math.min(from - 20, line.length - room));
  const shown = withEllipses(line, cut, room);
  const before = line.slice(cut, from).replace(/[^\t]/g, " ");
  const length = Math.max(1, Math.min(to, cut + room) - from);
  const underline = `${" ".repeat(gutter.length - 2)}| ${before}${"^".repeat(length)}`;
  return [style.dim(gutter) + printable(shown), style.dim(underline)];
}

function withEllipses(line: string, from: number, length: number): string {
  const shown = line.slice(from, from + length);
  const headed = from > 0 ? `…${shown.slice(1)}` : shown;
  return from + length < line.length ? `${headed.slice(0, -1)}…` : headed;
}

function lineAt(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line - 1], starts[line]).replace(/[\r\n]+$/, "");
}

/** Text from files without the control characters that would steer a terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "\ufffd");
}

import type { Position, TextEdit } from "vscode-languageserver";
import { STEP } from "./step";

/** A bracket that is not closed on its line. */
interface Bracket {
  readonly row: number;
  /** Where what it holds stands. */
  readonly inside: number;
}

/**
 * Indents the line that was begun, or closed by a bracket, at a position: below `key:` deeper, after `- ` under what the
 * item holds, in brackets as deep as formatting sets it. Below a blank line nothing is moved: there the person decides.
 * @param typed the character that was typed last: a line feed or a closing bracket
 */
export function onType(text: string, { line: row }: Position, typed: string): TextEdit[] {
  const lines = text.split(/\r?\n/);
  const isClosing = /^\s*[}\]]/.test(lines[row]);
  if (row === 0 || (typed !== "\n" && !/^\s*[}\]],?\s*$/.test(lines[row]))) return [];
  if (lines[row - 1].trim() === "") return [];
  const bracket = openBracket(lines, row - 1);
  if (!bracket) return isClosing ? [] : indented(lines, row, blockColumn(lines, row - 1));
  const outside = bracket.inside - STEP;
  if (isClosing) return indented(lines, row, outside);
  const isBetween =
    bracket.row === row - 1 && lines[row].trim() === "" && /^\s*[}\]]/.test(lines[row + 1] ?? "");
  const holds = /:$/.test(withoutComment(lines[row - 1]).trimEnd());
  return [
    ...indented(lines, row, bracket.inside + (holds ? STEP : 0)),
    ...(isBetween ? indented(lines, row + 1, outside) : []),
  ];
}

function indented(lines: readonly string[], row: number, column: number): TextEdit[] {
  const [found] = /^\s*/.exec(lines[row])!;
  if (found === " ".repeat(column)) return [];
  const range = { start: { line: row, character: 0 }, end: { line: row, character: found.length } };
  return [{ range, newText: " ".repeat(column) }];
}

/** The innermost bracket that is open at the end of a line; looks up no further than where a block must begin. */
function openBracket(lines: readonly string[], row: number): Bracket | undefined {
  let closed = 0;
  for (let at = row; at >= 0; at--) {
    const { unclosed, closing } = bracketsOf(lines[at]);
    const open = unclosed.length - closed;
    if (open > 0) return { row: at, inside: entryColumn(lines[at]) + STEP * open };
    closed = closing - Math.min(0, open);
    if (closed === 0 && isBlockLevel(lines[at], at === row)) return undefined;
  }
  return undefined;
}

/** Where brackets stand that are open at the line's end, and how many are closed that were opened above. */
function bracketsOf(line: string): { unclosed: number[]; closing: number } {
  const unclosed: number[] = [];
  let closing = 0;
  for (const { 0: found, index } of line.matchAll(
    /"(?:[^"\\]|\\.)*"?|(?<![\w])'[^']*'?|(?<=^|\s)#.*|[[\]{}]/g,
  )) {
    if (found === "{" || found === "[") unclosed.push(index);
    else if ((found === "}" || found === "]") && unclosed.pop() === undefined) closing++;
  }
  return { unclosed, closing };
}

/** Items never stand in brackets; and but for the line being typed, what does ends with a comma, a colon or a bracket. */
function isBlockLevel(line: string, isTyped: boolean): boolean {
  const code = withoutComment(line);
  if (code.trim() === "") return false;
  return /^\s*-\s/.test(code) || /^[\w"'<]/.test(code) || !(isTyped || /[,:{[]\s*$/.test(code));
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "$1");
}

const KEY = /^(?:[^\s#{}[\],"'-][^#{}[\],"']*|"[^"]*"|'[^']*')\s*:(?=\s|$)/;

/** Where the key stands that a line begins with, behind its dashes; without a key, where the line or its last dash does. */
function entryColumn(line: string): number {
  const [all, spaces] = /^(\s*)(?:-\s+)*/.exec(line)!;
  if (KEY.test(line.slice(all.length))) return all.length;
  return Math.max(spaces.length, all.trimEnd().length - 1);
}

/** Where what follows a line of a block stands. */
function blockColumn(lines: readonly string[], row: number): number {
  const code = withoutComment(lines[row]).trimEnd();
  if (code === "") return lines[row].search(/\S/);
  if (/^\s*(?:-\s+)*-$/.test(code)) return code.length - 1 + STEP;
  const { closing } = bracketsOf(code);
  if (closing > 0) return columnAbove(lines, row);
  const holds = /:(?:\s+[&!]\S+)*(?:\s+[|>][-+\d]*)?$/.test(code);
  return entryColumn(code) + (holds ? STEP : 0);
}

/** Where the entry stands whose brackets, opened above, end with a line. */
function columnAbove(lines: readonly string[], row: number): number {
  let closed = 0;
  for (let at = row; at >= 0; at--) {
    const { unclosed, closing } = bracketsOf(lines[at]);
    closed += closing - unclosed.length;
    if (closed > 0) continue;
    const isAlone = /^\s*[{[]/.test(lines[at]);
    return Math.max(0, entryColumn(lines[at]) - (isAlone ? STEP : 0));
  }
  return lines[row].search(/\S/);
}

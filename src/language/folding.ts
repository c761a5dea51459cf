import type { FoldingRange } from "vscode-languageserver";

/** What the editor says it can fold. */
export interface FoldingOptions {
  /** Whether it folds whole lines only, so that a closing bracket stays where it is. */
  readonly lineFoldingOnly?: boolean;
  /** The most folds it takes. */
  readonly rangeLimit?: number;
}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly column: number;
  readonly kind: "comment" | "closing" | "content";
  /** How deep it stands. A list may stand in its key's column and is what the key holds all the same. */
  readonly depth: number;
}

interface Fold extends FoldingRange {
  readonly depth: number;
}

/**
 * What can be folded: what a line holds in the lines below that stand deeper, and blocks of comments. Only lines and
 * columns are looked at, so that text folds the same way while it is broken.
 */
export function foldingRanges(text: string, options: FoldingOptions = {}): FoldingRange[] {
  const lines = linesOf(text);
  const found = [...blocks(lines, options.lineFoldingOnly === true), ...comments(lines)];
  return outermost(found, options.rangeLimit).map(({ depth: _, ...range }) => range);
}

/** The lines with something on them. */
function linesOf(text: string): Line[] {
  return text.split(/\r?\n/).flatMap((line, number) => {
    const column = line.search(/\S/);
    if (column < 0) return [];
    const kind = line[column] === "#" ? "comment" : /^[}\]]+,?$/.test(line.trim()) ? "closing" : "content";
    const isItem = /^-(?:\s|$)/.test(line.slice(column));
    return [{ number, text: line, column, kind, depth: column + (isItem ? 0.5 : 0) }];
  });
}

function blocks(lines: readonly Line[], lineFoldingOnly: boolean): Fold[] {
  const folds: Fold[] = [];
  const open: Line[] = [];
  const close = (next: number, isOver: (first: Line) => boolean) => {
    while (open.length > 0 && isOver(open.at(-1)!)) {
      const first = open.pop()!;
      const last = lastLine(first, lines, next);
      if (last.number > first.number) folds.push(blockFold(first, last, lineFoldingOnly));
    }
  };
  for (const [index, line] of lines.entries()) {
    if (line.kind === "content") {
      close(index, ({ depth }) => depth >= line.depth);
      open.push(line);
    }
    if (line.kind === "closing")
      close(index, (first) => first.column >= line.column && !isOpenedBy(first, line));
  }
  close(lines.length, () => true);
  return folds.filter(({ startLine, endLine }) => endLine > startLine);
}

/** The last line that `first` holds, where `next` is the first that it does not: comments may speak of either. */
function lastLine(first: Line, lines: readonly Line[], next: number): Line {
  let index = next - 1;
  while (lines[index].kind === "comment" && lines[index].depth <= first.depth) index--;
  return lines[index];
}

/** Whether a closing bracket may be that of the bracket at a line's end. */
function isOpenedBy(first: Line, closing: Line): boolean {
  return first.column === closing.column && OPENING.test(first.text);
}

const OPENING = /[{[]\s*(?:#.*)?$/;

function blockFold(first: Line, last: Line, lineFoldingOnly: boolean): Fold {
  const { depth, number: startLine } = first;
  const isBracketed = last.kind === "closing" && OPENING.test(first.text);
  if (!isBracketed) return { startLine, endLine: last.number, depth };
  if (lineFoldingOnly) return { startLine, endLine: last.number - 1, depth };
  const startCharacter = first.text.search(OPENING) + 1;
  return { startLine, startCharacter, endLine: last.number, endCharacter: last.column, depth };
}

/** Comments on lines that follow each other. */
function comments(lines: readonly Line[]): Fold[] {
  const folds: Fold[] = [];
  let first: Line | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "comment") continue;
    if (!first || !isBeside(line, lines[index - 1])) first = line;
    if (line !== first && !isBeside(line, lines[index + 1]))
      folds.push({ startLine: first.number, endLine: line.number, kind: "comment", depth: first.depth });
  }
  return folds;
}

function isBeside(comment: Line, other: Line | undefined): boolean {
  return other?.kind === "comment" && Math.abs(other.number - comment.number) === 1;
}

/** The shallowest folds, when there are more than the editor takes; in the order of the text. */
function outermost(folds: readonly Fold[], limit = folds.length): Fold[] {
  const kept = [...folds].sort((a, b) => a.depth - b.depth || a.startLine - b.startLine).slice(0, limit);
  return kept.sort((a, b) => a.startLine - b.startLine);
}

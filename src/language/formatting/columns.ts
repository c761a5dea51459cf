import { columnOf, isFirstOfLine, type Piece } from "./pieces";

/** An entry or item that is open, with its column in the text and the one it is brought to. */
interface Level {
  readonly was: number;
  readonly is: number;
}

/** The column of each piece, when it is the first of its line. */
export function columnsOf(text: string, pieces: readonly Piece[]): number[] {
  const below = levelsBelow(text, pieces);
  const open: Level[] = [];
  return pieces.map((piece, index) => {
    if (piece.type === "comment" && !piece.inFlow)
      return commentColumn(columnOf(text, piece.start), open, below[index]);
    if (
      piece.beginsEntry &&
      (isFirstOfLine(text, piece.start) || pieces[index - 1]?.type === "seq-item-ind")
    ) {
      while (open.length > 0 && open.at(-1)!.is >= piece.column) open.pop();
      open.push({ was: columnOf(text, piece.start), is: piece.column });
    }
    return piece.column;
  });
}

/** A comment belongs to the line below, or to an entry above that stands deeper than that, by its own column. */
function commentColumn(column: number, open: readonly Level[], below: Level): number {
  if (column <= below.was) return below.is;
  const around = open.findLast(({ was }) => was <= column);
  return Math.max(below.is, around?.is ?? 0);
}

/** For each piece, what begins the next line that is no comment. */
function levelsBelow(text: string, pieces: readonly Piece[]): Level[] {
  const levels: Level[] = [];
  let next: Level = { was: 0, is: 0 };
  for (let index = pieces.length - 1; index >= 0; index--) {
    levels[index] = next;
    const { type, start, column } = pieces[index];
    if (type !== "comment" && isFirstOfLine(text, start)) next = { was: columnOf(text, start), is: column };
  }
  return levels;
}

import { Block, Piece } from "./block";
import type { Span } from "./problem";

/** A text that was taken apart, and its pieces in order. */
export interface Cut {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/**
 * Cuts pieces out of a text, in order, with the blocks of its last version wherever the lines are the same: a block is
 * read once, however often the text around it changes.
 */
export function cutter(text: string, last: Cut = { text: "", pieces: [] }): (span: Span) => Piece {
  const before = commonStart(text, last.text);
  const after = commonEnd(text, last.text, before);
  const grown = text.length - last.text.length;
  const isOld = follower(last.pieces);
  const changed = changedBlocks(last, before, last.text.length - after);
  return (span) => {
    if (span.end <= before) return isOld(span) ?? fresh(text, span);
    if (span.start < text.length - after) return changed(text, span);
    const old = isOld({ start: span.start - grown, end: span.end - grown });
    return old ? moved(old, grown) : fresh(text, span);
  };
}

function fresh(text: string, { start, end }: Span): Piece {
  return new Piece(new Block(text.slice(start, end)), start);
}

function moved(piece: Piece, by: number): Piece {
  return by === 0 ? piece : new Piece(piece.block, piece.offset + by);
}

/** Finds the pieces that cover exactly the spans asked for, which come in order. */
function follower(pieces: readonly Piece[]): (span: Span) => Piece | undefined {
  let next = 0;
  return ({ start, end }) => {
    while (next < pieces.length && pieces[next].offset < start) next++;
    const piece = pieces[next];
    return piece?.offset === start && piece.end === end ? piece : undefined;
  };
}

/** Where lines changed, blocks are found by their text: an edit may have touched two places far apart. */
function changedBlocks({ pieces }: Cut, from: number, to: number): (text: string, span: Span) => Piece {
  let known: Map<string, Block> | undefined;
  return (text, span) => {
    known ??= new Map(
      pieces.filter(({ offset, end }) => end > from && offset < to).map(({ block }) => [block.text, block]),
    );
    const block = known.get(text.slice(span.start, span.end));
    return block ? new Piece(block, span.start) : fresh(text, span);
  };
}

/** Texts are compared in strides of this length, and the last one character by character. */
const STRIDE = 4096;

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at + STRIDE <= b.length && a.startsWith(b.slice(at, at + STRIDE), at)) at += STRIDE;
  const most = Math.min(a.length, b.length);
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** Characters that two texts have in common at their ends, beyond the `start` that they have in common. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let count = 0;
  while (
    count + STRIDE <= most &&
    a.endsWith(b.slice(b.length - count - STRIDE, b.length - count), a.length - count)
  )
    count += STRIDE;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++;
  return count;
}

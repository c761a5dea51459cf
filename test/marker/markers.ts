import type { Span } from "../../src/dsl/problem";

/**
 * A question about a place of a risk file, and its answer, both written into the file itself: a comment below a line
 * whose carets stand under the place. `…` at an end of the answer leaves out what is there.
 *
 *     WETH: { price: 3200 }
 *     #              ^^^^ hover: **Price** · …
 */
export interface Marker {
  readonly feature: string;
  /** What the carets stand under, in offsets of the whole text. */
  readonly span: Span;
  readonly expected: string;
  /** Of the comment, from 1. */
  readonly line: number;
}

const MARKER = /^\s*#\s*(\^+) ([a-z-]+): (.*?)\s*$/;

export function markersOf(text: string): Marker[] {
  const found: Marker[] = [];
  let start = 0;
  let target = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const match = MARKER.exec(line);
    if (!match) target = start;
    else {
      const from = target + line.indexOf("^");
      const span = { start: from, end: from + match[1].length };
      found.push({ feature: match[2], span, expected: match[3], line: index + 1 });
    }
    start += line.length + 1;
  }
  return found;
}

/** Whether an answer is as a marker says. */
export function isExpected(answer: string, expected: string): boolean {
  const cutLeft = expected.startsWith("…");
  const cutRight = expected.endsWith("…") && expected.length > 1;
  const kept = expected.slice(cutLeft ? 1 : 0, cutRight ? -1 : undefined);
  if (cutLeft && cutRight) return answer.includes(kept);
  if (cutLeft) return answer.endsWith(kept);
  return cutRight ? answer.startsWith(kept) : answer === kept;
}

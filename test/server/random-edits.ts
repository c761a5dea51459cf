import type { TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** Numbers in [0, 1), the same for the same seed (Mulberry32, by Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TYPED = [
  ..."aeW0159%.:,-{}[]#\"'&*<| \n\t",
  "\n  ",
  ": ",
  "- ",
  "&a ",
  "*a",
  "<<: *a",
  "\r\n",
  "---\n",
  "é",
  "𝒳",
];

export type RandomEdit = (document: TextDocument) => TextEdit;

/** Edits as a person makes them: mostly where the last one was, and taken back now and then. */
export function randomEdits(seed: number, original: string): RandomEdit {
  const random = randomFrom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const undone: { start: number; length: number; text: string }[] = [];
  let cursor = 0;
  return (document) => {
    const text = document.getText();
    const { start, end, by } = random() < 0.004 ? { start: 0, end: text.length, by: original } : next(text);
    undone.push({ start, length: by.length, text: text.slice(start, end) });
    cursor = start + by.length;
    return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: by };
  };

  function next(text: string): { start: number; end: number; by: string } {
    const kind = random();
    const last = undone.pop();
    if (last && kind < 0.25 && last.start + last.length <= text.length)
      return { start: last.start, end: last.start + last.length, by: last.text };
    const start = kind < 0.7 ? Math.min(cursor, text.length) : below(text.length + 1);
    if (kind < 0.7) return { start, end: start, by: TYPED[below(TYPED.length)] };
    if (kind < 0.85) return { start, end: Math.min(text.length, start + below(12)), by: "" };
    if (kind < 0.95) return { start, end: start, by: piece(text, below(text.length), 1 + below(120)) };
    return halfBlock(text, start, 1 + below(4));
  }
}

/** A passage to paste, which starts and ends anywhere. */
function piece(text: string, from: number, length: number): string {
  return text.slice(from, from + length);
}

/** Cuts from the middle of a line to the end of a later one. */
function halfBlock(text: string, start: number, lines: number): { start: number; end: number; by: string } {
  let end = start;
  for (let line = 0; line < lines && end >= 0; line++) end = text.indexOf("\n", end + 1);
  return { start, end: end < 0 ? text.length : end, by: "" };
}

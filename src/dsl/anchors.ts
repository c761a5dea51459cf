import { CST, Lexer } from "yaml";
import type { Span } from "./problem";

/** An anchor with the aliases that lead to it. Spans are those of the name, without `&` and `*`. */
export interface Anchor {
  readonly name: string;
  /** Absent when no anchor of that name stands above. */
  readonly declaration?: Span;
  readonly aliases: readonly Span[];
}

/** The anchor whose `&name` or `*name` is at an offset. */
export function anchorAt(text: string, offset: number): Anchor | undefined {
  if (!isSigil(text[wordStart(text, offset)])) return undefined;
  return anchorsOf(text).find(({ declaration, aliases }) =>
    [...(declaration ? [declaration] : []), ...aliases].some(
      ({ start, end }) => start - 1 <= offset && offset <= end,
    ),
  );
}

function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\s,[\]{}]/.test(text[start - 1])) start--;
  return start;
}

function isSigil(character: string | undefined): boolean {
  return character === "&" || character === "*";
}

/** All anchors of a text. Where a name is given again, the aliases below lead to the later one. */
export function anchorsOf(text: string): Anchor[] {
  const anchors: (Anchor & { readonly aliases: Span[] })[] = [];
  const current = new Map<string, (typeof anchors)[number]>();
  for (const { token, start } of tokensOf(text)) {
    if (!isSigil(token[0])) continue;
    const name = token.slice(1);
    const span = { start: start + 1, end: start + token.length };
    const known = token[0] === "*" ? current.get(name) : undefined;
    if (known) {
      known.aliases.push(span);
      continue;
    }
    const anchor = token[0] === "&" ? { name, declaration: span, aliases: [] } : { name, aliases: [span] };
    anchors.push(anchor);
    current.set(name, anchor);
  }
  return anchors;
}

const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** The tokens of a text that are not the text of scalars. The lexer's marks take no room in the text. */
function* tokensOf(text: string): Generator<{ token: string; start: number }> {
  let start = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const isMark = MARKS.has(token);
    if (!isMark) {
      if (!isScalar) yield { token, start };
      start += token.length;
    }
    isScalar = token === CST.SCALAR;
  }
}

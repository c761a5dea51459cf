import { anchorAt } from "../dsl/anchors";
import { mentionAt, namesOf } from "../dsl/names";
import type { Source } from "../dsl/parse";
import type { Span } from "../dsl/problem";

/** A place where the name or anchor asked about is written. */
export interface Occurrence {
  readonly span: Span;
  /** Whether it is declared there. */
  readonly declares: boolean;
}

/** Every place of the name or the anchor at an offset, in the order of the text; none where there is neither. */
export function occurrences(source: Source, offset: number): Occurrence[] {
  const anchor = anchorAt(source.text, offset);
  if (anchor) {
    const uses = anchor.aliases.map((span) => ({ span, declares: false }));
    return anchor.declaration ? [{ span: anchor.declaration, declares: true }, ...uses] : uses;
  }
  const name = mentionAt(namesOf(source), offset)?.name;
  if (!name) return [];
  return name.mentions.map(({ span, declares }) => ({ span, declares: declares === name.kind }));
}

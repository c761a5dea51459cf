import type { Problem, Span } from "./problem";

/** A span of a part of the text, in the whole text: `by` is where the part starts. */
export function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

export function shifted(problem: Problem, by: number): Problem {
  if (by === 0) return problem;
  return {
    ...problem,
    span: moved(problem.span, by),
    related: problem.related?.map((place) => ({ ...place, span: moved(place.span, by) })),
    fixes: problem.fixes?.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, span: moved(edit.span, by) })),
    })),
  };
}

import * as l10n from "@vscode/l10n";
import type { Problem, Span } from "./problem";
import type { Flaw } from "./sites";

/** A mistake in an anchored value is one problem: where it stands when it is checked there, else at its first use. */
export function distinct(flaws: readonly Flaw[]): Problem[] {
  const kept = new Map<string, { problem: Problem; uses: Span[]; aliased: boolean }>();
  for (const { site, problem } of flaws) {
    const aliased = site.node.origin !== undefined;
    const written = site.node.origin?.span ?? problem.span;
    const id = `${site.node.origin?.base?.name ?? ""} ${problem.rule} ${written.start} ${problem.message}`;
    const earlier = kept.get(id);
    if (!earlier) kept.set(id, { problem, uses: [], aliased });
    else if (earlier.aliased && !aliased) kept.set(id, { problem, uses: [], aliased });
    else if (earlier.aliased && aliased) earlier.uses.push(problem.span);
  }
  return [...kept.values()].map(({ problem, uses }) => withUses(problem, uses));
}

function withUses(problem: Problem, uses: readonly Span[]): Problem {
  if (uses.length === 0) return problem;
  const related = uses.slice(0, 20).map((span) => ({ message: l10n.t("Also used here."), span }));
  return { ...problem, related: [...(problem.related ?? []), ...related] };
}

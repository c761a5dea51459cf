import type { CodeAction, CodeActionKind, Range } from "vscode-languageserver";
import type { Problem } from "../../dsl/problem";
import { spanOf, touch } from "../ranges";
import { addMissing } from "./add-missing";
import { clamps } from "./clamp";
import type { ActionContext } from "./context";
import { extractAnchor } from "./extract-anchor";
import { fixAll, fixAllOfKind } from "./fix-all";
import { removal } from "./remove";
import { repairs } from "./repair";
import { silence } from "./silence";

/**
 * What can be done at a range: repairs first, then what also ends a problem, then refactorings.
 * @param only the kinds the editor asks for; all but those for a whole file when it does not say
 */
export function codeActions(
  range: Range,
  context: ActionContext,
  only?: readonly CodeActionKind[],
): CodeAction[] {
  const wants = (kind: CodeActionKind) =>
    only?.some((each) => isWithin(kind, each)) ?? kind !== "source.fixAll";
  return [
    ...(wants("quickfix") ? quickFixes(range, context) : []),
    ...(wants("refactor.extract") ? extractAnchor(spanOf(range, context.document), context) : []),
    ...(wants("source.fixAll") ? fixAll(context) : []),
  ];
}

function quickFixes(range: Range, context: ActionContext): CodeAction[] {
  const asked = spanOf(range, context.document);
  const here = (all: readonly Problem[]) => all.filter(({ span }) => touch(span, asked));
  const problems = here(context.problems);
  const obstacles = here(context.obstacles);
  const findings = here(context.findings);
  return [
    ...[...problems, ...obstacles, ...findings].flatMap((problem) => repairs(problem, context)),
    ...problems.flatMap((problem) => [
      ...addMissing(problem, context),
      ...clamps(problem, context),
      ...removal(problem, context),
    ]),
    ...problems.flatMap((problem) => fixAllOfKind(problem, context)),
    ...findings.map((finding) => silence(finding, context)),
  ];
}

/** Kinds form a hierarchy by their dots. */
function isWithin(kind: CodeActionKind, asked: CodeActionKind): boolean {
  return kind === asked || kind.startsWith(`${asked}.`);
}

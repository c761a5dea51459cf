import * as l10n from "@vscode/l10n";
import type { CodeAction } from "vscode-languageserver";
import type { Problem, TextEdit } from "../../dsl/problem";
import { type ActionContext, action, quickFix, textEdits } from "./context";

/** All problems of one rule at once, when more than one of them has a certain fix. */
export function fixAllOfKind(problem: Problem, context: ActionContext): CodeAction[] {
  if (problem.fixes?.length !== 1) return [];
  const alike = certain(context).filter(({ rule }) => rule === problem.rule);
  if (alike.length < 2) return [];
  const edits = textEdits(editsOf(alike), context);
  return [
    quickFix(
      l10n.t("Fix all {0} problems of this kind ({1})", alike.length, problem.rule),
      problem,
      edits,
      context,
    ),
  ];
}

/** Every certain fix of the file, for editors that fix on save. */
export function fixAll(context: ActionContext): CodeAction[] {
  const edits = editsOf(certain(context));
  return edits.length > 0
    ? [action(l10n.t("Fix all that is certain"), "source.fixAll", textEdits(edits, context), context)]
    : [];
}

/** What has exactly one fix; a finding's fix is a choice, not a correction. */
function certain({ problems }: ActionContext): Problem[] {
  return problems.filter(({ fixes }) => fixes?.length === 1);
}

/** In the order of the text; of edits that overlap, the first. */
function editsOf(problems: readonly Problem[]): TextEdit[] {
  const all = problems.flatMap(({ fixes }) => fixes![0].edits);
  const sorted = [...all].sort((a, b) => a.span.start - b.span.start);
  const kept: TextEdit[] = [];
  for (const edit of sorted) if (edit.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(edit);
  return kept;
}

import type { CodeAction } from "vscode-languageserver";
import type { Problem } from "../../dsl/problem";
import { type ActionContext, quickFix, textEdits } from "./context";

/** The fixes that whoever found a problem knows to be right. */
export function repairs(problem: Problem, context: ActionContext): CodeAction[] {
  const fixes = problem.fixes ?? [];
  return fixes.map(({ title, edits }) => ({
    ...quickFix(title, problem, textEdits(edits, context), context),
    isPreferred: fixes.length === 1,
  }));
}

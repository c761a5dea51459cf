import * as l10n from "@vscode/l10n";
import type { CodeAction } from "vscode-languageserver";
import { formatQuantity } from "../../dsl/format-quantity";
import type { Problem } from "../../dsl/problem";
import { parseQuantity } from "../../dsl/quantity";
import { type Description, describe } from "../../dsl/schema-info";
import { type ActionContext, quickFix, textEdits } from "./context";

/** The nearest value a field allows. What was certainly meant is offered instead, where it is known. */
export function clamps(problem: Problem, context: ActionContext): CodeAction[] {
  if (problem.rule !== "out-of-range" || problem.fixes?.length) return [];
  const { source } = context;
  const place = source.pathAt(problem.span.start);
  const field = place && describe(place.path, source);
  if (!field) return [];
  const written = source.text.slice(problem.span.start, problem.span.end);
  const reading = field.quantity ? parseQuantity(written, field.quantity) : { value: Number(written) };
  const bound = "value" in reading ? nearestBound(reading.value, field) : undefined;
  if (bound === undefined) return [];
  const text = field.quantity ? formatQuantity(bound, field.quantity) : String(bound);
  const title =
    bound === field.bounds.minimum
      ? l10n.t("Write {0}, the least that is allowed", text)
      : l10n.t("Write {0}, the most that is allowed", text);
  const edits = textEdits([{ span: problem.span, text }], context);
  return [quickFix(title, problem, edits, context)];
}

function nearestBound(value: number, { bounds: { minimum, maximum } }: Description): number | undefined {
  if (minimum !== undefined && value < minimum) return minimum;
  return maximum !== undefined && value > maximum ? maximum : undefined;
}

import { meantKeys } from "../dsl/keys";
import { locate } from "../dsl/locate";
import type { Source } from "../dsl/parse";
import type { Path, Problem } from "../dsl/problem";
import { rootSchema } from "../dsl/schema";
import { nodeAt } from "../dsl/tree";
import { findsAbsence, withoutConsequences } from "../dsl/unfinished";
import { staticFindings } from "./static-rules";

/**
 * What the static rules find in a text, at its place. A finding about a part in which the text itself has an error is
 * left out: what cannot be read is absent from the draft, so the finding may be no more than a consequence.
 */
export function staticProblems(source: Source): Problem[] {
  if (!source.draft || !source.isWhole) return [];
  const errors = source.problems.filter(({ severity }) => severity === "error");
  const isPart = hasUnreadSection(source);
  const found = staticFindings(source.draft)
    .filter(({ rule }) => !(isPart && findsAbsence(rule)))
    .filter(({ path }) => !errors.some((error) => isWithin(source, error, path)))
    .map((finding) => locate(source, finding));
  return [...withoutConsequences(found, source.problems)];
}

/** Whether the text has a section, under whatever name, that is not in the draft. */
function hasUnreadSection({ root, draft = {} }: Source): boolean {
  if (root?.kind !== "map") return false;
  const written = meantKeys(rootSchema, root);
  return Object.keys(rootSchema.properties ?? {}).some(
    (key) => written.has(key) && !Object.hasOwn(draft, key),
  );
}

function isWithin(source: Source, { span }: Problem, path: Path): boolean {
  const node = nodeAt(source.root, path);
  return node !== undefined && node.span.start <= span.start && span.end <= node.span.end;
}

import { isDeepStrictEqual } from "node:util";
import * as l10n from "@vscode/l10n";
import { locate } from "../dsl/locate";
import type { RiskFile, Source } from "../dsl/parse";
import type { Finding, Problem } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import { nodeAt } from "../dsl/tree";
import type { Model } from "../engine/model";
import type { Assessment } from "../insight/assess";

/** What a run over one version of a file came to, so far or in the end. */
export interface Results {
  /** Tells results of one run from those of another. */
  readonly run: object;
  readonly version: number;
  readonly file: RiskFile;
  /** When they came, in milliseconds since 1970. */
  readonly at: number;
  readonly findings: readonly Finding[];
  readonly model?: Model;
  readonly assessment?: Assessment;
}

/** Whether a run's limits are decided and its findings are all there. Some charts may still be on their way. */
export function isJudged({ file, assessment }: Results): boolean {
  if (!assessment || assessment.done < assessment.total) return false;
  return assessment.limits.length === (file.limits?.length ?? 0);
}

/** By version and by the text that was run: comparing a long file takes longer than a hover may, and is asked often. */
const compared = new WeakMap<Source, WeakMap<RiskFile, boolean>>();

/** Whether a text says something else than the one that was run. Comments, spacing and spelling do not count. */
export function isStale({ file }: Results, source: Source): boolean {
  const known = compared.get(source) ?? new WeakMap<RiskFile, boolean>();
  compared.set(source, known);
  const stale = known.get(file) ?? !isDeepStrictEqual(file, source.file);
  known.set(file, stale);
  return stale;
}

/**
 * The findings of a run at their places in a newer version of the text. On a text that says something else
 * they are marked as old and no longer offer a repair; where their place is gone, they are gone.
 */
export function anchored(results: Results, source: Source): Problem[] {
  if (!isStale(results, source)) return results.findings.map((finding) => locate(source, finding));
  return results.findings
    .filter(({ path }) => nodeAt(source.root, path) !== undefined)
    .map(({ fix, ...finding }) => aged(locate(source, finding)));
}

function aged(problem: Problem): Problem {
  return {
    ...problem,
    severity: problem.severity === "hint" ? "hint" : "information",
    message: sentences(problem.message, l10n.t("(From the last run, before this edit. Save to run again.)")),
  };
}

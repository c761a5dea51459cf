import type { Workspace } from "../data/workspace";
import { locate } from "../dsl/locate";
import type { RiskFile, Source } from "../dsl/parse";
import type { Finding, Problem } from "../dsl/problem";
import { heard } from "../dsl/suppress";
import type { Model, Scenario } from "../engine/model";
import { buildModel } from "../model/build";
import { loadTables } from "../model/load";
import { parseOver } from "../model/load-base";
import { staticProblems } from "../model/static-problems";

/** A risk file with everything that can be said of it without a simulation. */
export interface Examined {
  readonly source: Source;
  /** Not silenced, in order of the text. */
  readonly problems: readonly Problem[];
  /** False when the text is no YAML map, so that nothing else could be checked. */
  readonly readable: boolean;
  /** What can be simulated; absent when errors stand in the way. */
  readonly runnable?: Runnable;
}

export interface Runnable {
  readonly file: RiskFile;
  readonly model: Model;
  readonly scenarios: readonly Scenario[];
}

/** Checks a risk file's text, its data files and the model they make. */
export async function examine(text: string, workspace: Workspace): Promise<Examined> {
  const source = await parseOver(text, workspace);
  const found = [...source.problems, ...staticProblems(source)];
  const problems = inOrder(heard(source, found, true));
  if (!source.file) return { source, problems, readable: source.isWhole };
  const { model, scenarios, findings } = buildModel(source.file, await loadTables(source.file, workspace));
  return {
    source,
    problems: inOrder([...problems, ...located(source, findings, model === undefined)]),
    readable: true,
    runnable: model && { file: source.file, model, scenarios },
  };
}

/**
 * Findings at their places in the text, without those that a comment silences.
 * @param stops whether the errors among them stop a run
 */
export function located(source: Source, findings: readonly Finding[], stops: boolean): Problem[] {
  const found = findings.map((finding) => locate(source, finding));
  return inOrder(heard(source, found, stops));
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.span.start - b.span.start);
}

export function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

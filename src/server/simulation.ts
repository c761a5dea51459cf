import * as l10n from "@vscode/l10n";
import type { Workspace } from "../data/workspace";
import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Model } from "../engine/model";
import { type Assessment, assess } from "../insight/assess";
import { building } from "../model/build";
import { loadTables } from "../model/load";
import { WorkerLost } from "../run/pool";
import type { Simulate } from "../run/simulate";
import { inSlices } from "./slices";

/** What a run has come to, so far or in the end. Without a model nothing could be simulated, and the findings say why. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly model?: Model;
  readonly assessment?: Assessment;
}

export interface SimulationOptions {
  readonly workspace: Workspace;
  readonly simulate: Simulate;
  /** Asset of the fall curve; without it, or when the file has no such asset, the first shocked one. */
  readonly asset?: string;
  readonly signal: AbortSignal;
  readonly onUpdate: (sofar: Outcome) => void;
}

/** Reads a file's data, builds its model and assesses its scenarios. Rejects when `signal` is aborted. */
export async function runFile(file: RiskFile, options: SimulationOptions): Promise<Outcome> {
  const { workspace, simulate, asset, signal, onUpdate } = options;
  const tables = await loadTables(file, workspace);
  signal.throwIfAborted();
  const { model, scenarios, findings } = await inSlices(building(file, tables));
  signal.throwIfAborted();
  if (!model) return { findings };
  if (scenarios.length === 0) return { findings, model };
  const outcomeOf = (assessment: Assessment) => ({
    findings: [...findings, ...assessment.findings],
    model,
    assessment,
  });
  const update = (partial: Assessment) => onUpdate(outcomeOf(partial));
  const chosen = model.assets.some(({ name }) => name === asset) ? asset : undefined;
  return outcomeOf(await assess({ file, model, scenarios, asset: chosen }, simulate, signal, update));
}

/** What to tell of a run that broke. It stands at the scenarios, which have no results now. */
export function failureOf(error: unknown): Finding {
  const place = { path: ["scenarios"], at: "key", severity: "error" } as const;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof WorkerLost) return { ...place, rule: "worker-lost", message: reason };
  const message = sentences(
    l10n.t("The simulation broke off: {0}.", reason),
    l10n.t("This is a defect of Plimsoll, not of the file: please report it with the file."),
  );
  return { ...place, rule: "simulation-failed", message };
}

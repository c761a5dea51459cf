import { type Assessment, assess } from "../insight/assess";
import { createPool, type Pool } from "../run/pool";
import { countText, diagnosticsText } from "./diagnostics-text";
import { located, type Runnable } from "./examine";
import { ExitCode } from "./exit-code";
import { openRiskFile } from "./open";
import { progressLine } from "./progress";
import { type Outcome, resultDocument, verdictOf } from "./result";
import { limitCount, resultsText } from "./results-text";
import type { Style } from "./style";
import type { Terminal } from "./terminal";
import { wrapped } from "./wrap";

export interface SimulateOptions {
  readonly file: string;
  readonly format: "text" | "json";
  /** Absent: the pool's default. */
  readonly threads?: number;
  readonly version: string;
  /** File of the bundled worker. */
  readonly worker: string;
}

/** `plimsoll simulate`: checks a file, runs its scenarios and decides its limits. */
export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<ExitCode> {
  const begun = performance.now();
  const opened = await openRiskFile(options.file);
  const pool = createPool({ worker: options.worker, size: options.threads });
  const assessment = opened.runnable && (await assessOn(pool, opened.runnable, terminal));
  const outcome: Outcome = {
    opened,
    problems: assessment
      ? [...opened.problems, ...located(opened.source, assessment.findings, false)]
      : opened.problems,
    assessment,
    engineVersion: options.version,
    threads: pool.size,
    seconds: (performance.now() - begun) / 1000,
  };
  const isJson = options.format === "json";
  terminal.out(
    isJson ? `${JSON.stringify(resultDocument(outcome), null, 2)}\n` : outcomeText(outcome, terminal.style),
  );
  return exitCodeOf(outcome);
}

async function assessOn(
  pool: Pool,
  { file, model, scenarios }: Runnable,
  { progress, interrupted }: Terminal,
): Promise<Assessment | undefined> {
  if (scenarios.length === 0) return undefined;
  const line = progressLine(progress);
  try {
    pool.warm();
    return await assess({ file, model, scenarios }, pool.simulate, interrupted, ({ done, total }) =>
      line.show(done, total),
    );
  } finally {
    line.clear();
    await pool.dispose();
  }
}

function exitCodeOf(outcome: Outcome): ExitCode {
  const verdict = verdictOf(outcome);
  if (verdict === "unusable") return ExitCode.unusable;
  return verdict === "fail" ? ExitCode.fail : ExitCode.pass;
}

function outcomeText(outcome: Outcome, style: Style): string {
  const { opened, problems, assessment } = outcome;
  const diagnostics = diagnosticsText(opened.path, opened.text, problems, style);
  const parts = [
    diagnostics,
    opened.runnable && assessment ? resultsText(assessment, opened.runnable.model.numeraire, style) : "",
    `${wrapped(closing(outcome), 0)}\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function closing({ opened, problems, assessment, engineVersion, threads, seconds }: Outcome): string {
  const head = `${opened.path}: ${countText(problems)}`;
  if (!assessment) return `${head}; nothing was simulated.`;
  const seeds = assessment.scenarios.flatMap(({ seed }) => (seed === undefined ? [] : [seed]));
  const run = [
    `${assessment.done.toLocaleString("en-US")} path${assessment.done === 1 ? "" : "s"}`,
    ...(seeds.length > 0 ? [`seed ${[...new Set(seeds)].join(" and ")}`] : []),
    `${seconds.toFixed(2)} s on ${threads} thread${threads === 1 ? "" : "s"}`,
    `plimsoll ${engineVersion}`,
  ];
  return `${head}; ${limitCount(assessment.limits)}. ${run.join(", ")}.`;
}

import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import type { Model, Scenario } from "../engine/model";
import type { Samples } from "../engine/samples";
import { pathCount } from "../engine/timeline";
import type { DistributionSeries, FallCurveSeries, WorstPathSeries } from "../protocol/messages";
import { carrierOf } from "./carrier";
import { causesOf } from "./cause";
import { distributionOf, levelOf } from "./distribution";
import { fallCurve } from "./fall-curve";
import { firstFalling } from "./falling-assets";
import { flagFindings } from "./flag-findings";
import { limitFindings } from "./limit-findings";
import { decideLimit, type JudgedLimit } from "./limits";
import type { Simulate } from "./simulate";
import { pathsForTail } from "./statistics/tail";
import { type ScenarioSummary, summaryOf } from "./summary";
import { isMonteCarlo } from "./wording";
import { seriesOf, tracePath, worse, worstOf } from "./worst-path";

export interface AssessInput {
  readonly file: RiskFile;
  readonly model: Model;
  readonly scenarios: readonly Scenario[];
  /** Of the fall curve; absent: the first asset shocked down, else the one most held as collateral. */
  readonly asset?: string;
}

/** What a file's scenarios came to, so far or in the end: findings and limits come when all paths are done. */
export interface Assessment {
  readonly findings: readonly Finding[];
  readonly limits: readonly JudgedLimit[];
  readonly scenarios: readonly ScenarioSummary[];
  readonly fallCurve?: FallCurveSeries;
  readonly worstPath?: WorstPathSeries;
  readonly distribution?: DistributionSeries;
  /** Simulated paths of the scenarios, and how many they have together. */
  readonly done: number;
  readonly total: number;
}

/** A scenario with all of its paths. */
interface Run {
  readonly scenario: Scenario;
  readonly samples: Samples;
}

/** What the work on one file shares. */
interface Work extends AssessInput {
  readonly simulate: Simulate;
  readonly signal: AbortSignal;
  readonly report: (news: Partial<Assessment>) => void;
  /** Paths done by scenario, in order. */
  readonly done: number[];
}

/**
 * Runs a file's scenarios and judges them by its limits: first all scenarios, the shocks before the Monte Carlos, then
 * the fall curve and the worst path. The distribution and the curve are told as they grow.
 * Rejects when `signal` aborts or some of the work fails, and then stops the rest.
 */
export async function assess(
  input: AssessInput,
  simulate: Simulate,
  signal?: AbortSignal,
  onUpdate?: (partial: Assessment) => void,
): Promise<Assessment> {
  const { scenarios } = input;
  const total = scenarios.reduce((sum, scenario) => sum + pathCount(scenario), 0);
  let sofar: Assessment = { findings: [], limits: [], scenarios: [], done: 0, total };
  const report = (news: Partial<Assessment>): void => {
    sofar = { ...sofar, ...news };
    onUpdate?.(sofar);
  };
  const control = new AbortController();
  const stop = signal ? AbortSignal.any([signal, control.signal]) : control.signal;
  const work: Work = { ...input, simulate, signal: stop, report, done: scenarios.map(() => 0) };
  try {
    const runs = await runAll(work);
    report(judge(work, runs));
    await Promise.all([followWorst(work, runs), drawCurve(work)]);
    return sofar;
  } catch (error) {
    control.abort();
    throw error;
  }
}

/** In the order of the file; shocks are started first. */
async function runAll(work: Work): Promise<Run[]> {
  const { scenarios, report } = work;
  const started = new Map<Scenario, Promise<Run>>();
  const finished: Run[] = [];
  for (const scenario of [...scenarios].sort((a, b) => Number(isMonteCarlo(a)) - Number(isMonteCarlo(b)))) {
    const run = runScenario(work, scenario).then((done) => {
      finished.push(done);
      report({ scenarios: summariesOf(work, finished) });
      return done;
    });
    started.set(scenario, run);
  }
  return Promise.all(scenarios.map((scenario) => started.get(scenario)!));
}

async function runScenario(work: Work, scenario: Scenario): Promise<Run> {
  const { model, simulate, signal } = work;
  const tell = (samples: Samples): void => tellProgress(work, scenario, samples);
  const job = { model, scenario, first: 0, count: pathCount(scenario), trace: !isMonteCarlo(scenario) };
  const firstFigure = pathsForTail(levelOf(work.file, scenario.name));
  const samples = await simulate(job, signal, growing(tell, firstFigure));
  tell(samples);
  return { scenario, samples };
}

function tellProgress(work: Work, scenario: Scenario, samples: Samples): void {
  work.done[work.scenarios.indexOf(scenario)] = samples.count;
  const done = work.done.reduce((a, b) => a + b, 0);
  work.report({ done, ...distributionNews(work, scenario, samples) });
}

/** The distribution shown is of the first Monte Carlo. */
function distributionNews(work: Work, scenario: Scenario, samples: Samples): Partial<Assessment> {
  const { file, model, scenarios } = work;
  if (!isMonteCarlo(scenario) || scenario !== scenarios.find(isMonteCarlo)) return {};
  return { distribution: distributionOf(model, scenario, samples, levelOf(file, scenario.name)) };
}

const GROWTH = 1.2;

/**
 * Passes on only parts that are a fifth larger than the last, so that sorting them stays cheap beside simulating them,
 * and the first that is large enough for a figure of the tail.
 */
function growing(report: (sofar: Samples) => void, firstFigure: number): (sofar: Samples) => void {
  let next = 1;
  return (sofar) => {
    const { count } = sofar;
    if (count < next) return;
    next = count < firstFigure ? Math.min(count * GROWTH, firstFigure) : count * GROWTH;
    report(sofar);
  };
}

async function drawCurve({ model, scenarios, asset, simulate, signal, report }: Work): Promise<void> {
  const falling = asset ?? firstFalling(model, scenarios);
  if (falling === undefined) return;
  const draw = (curve: FallCurveSeries): void => report({ fallCurve: curve });
  draw(await fallCurve(model, falling, simulate, signal, draw));
}

/** Shocks were followed when they ran; a path of a Monte Carlo is run again. */
async function followWorst({ model, simulate, signal, report }: Work, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const worst = runs.map(({ scenario, samples }) => worstOf(model, scenario, samples)).reduce(worse);
  const known = runs.find(({ scenario }) => scenario === worst.scenario)?.samples.trace;
  const trace = known ?? (await tracePath(model, worst, simulate, signal));
  if (trace) report({ worstPath: seriesOf(model, worst, trace) });
}

/** In the order of the file. */
function summariesOf({ file, model, scenarios }: AssessInput, runs: readonly Run[]): ScenarioSummary[] {
  return scenarios.flatMap((scenario) => {
    const run = runs.find((each) => each.scenario === scenario);
    return run ? [summaryOf(model, scenario, run.samples, levelOf(file, scenario.name))] : [];
  });
}

function judge({ file, model }: AssessInput, runs: readonly Run[]): Pick<Assessment, "limits" | "findings"> {
  const judged = (file.limits ?? []).flatMap((limit, index) => {
    const run = runs.find(({ scenario }) => scenario.name === limit.in);
    if (!run) return [];
    const result: JudgedLimit = {
      ...decideLimit(limit, index, model, run.scenario, run.samples),
      causes: causesOf(limit, file, model, run.samples),
      carrier: carrierOf(limit, model, run.samples),
    };
    return [{ result, findings: limitFindings(result, limit, model, run.scenario, run.samples) }];
  });
  return {
    limits: judged.map(({ result }) => result),
    findings: [
      ...judged.flatMap(({ findings }) => findings),
      ...runs.flatMap(({ scenario, samples }) => flagFindings(file, model, scenario, samples)),
    ],
  };
}

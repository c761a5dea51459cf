import { type Dynamics, dynamicsOf } from "./dynamics/dynamics";
import { type SurroundingsByStep, surroundingsOf } from "./dynamics/surroundings";
import {
  debtUnderWater,
  emptySamples,
  isExhausted,
  type Opening,
  openingOf,
  recordPath,
  recordPrices,
} from "./kernel/recorder";
import { lookAround } from "./kernel/round";
import { runStep } from "./kernel/step";
import { emptyTrace, tracePoint } from "./kernel/tracer";
import { type BookMaker, resetWorld, surround, type World, worldOf } from "./kernel/world";
import type { Model, Scenario } from "./model";
import { Flag, type Samples, type Trace } from "./samples";
import { timeline } from "./timeline";

export interface PathRange {
  readonly first: number;
  readonly count: number;
}

export interface SimulateOptions {
  /** Record every step of the first path. */
  readonly trace?: boolean;
  /** Asked before every step. */
  readonly cancelled?: () => boolean;
  /** The position book to run with; the tests compare two. */
  readonly book?: BookMaker;
}

/** Thrown when `cancelled` says so. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** A model made ready to run: what its books and openings need is worked out once and kept. */
export interface Simulation {
  run(scenario: Scenario, range: PathRange, options?: Omit<SimulateOptions, "book">): Samples;
}

/**
 * Runs the paths of a range. A pure function: the same model, scenario and range give the same bits, whatever
 * other paths are run and wherever. Throws `Cancelled`.
 */
export function simulate(
  model: Model,
  scenario: Scenario,
  range: PathRange,
  options: SimulateOptions = {},
): Samples {
  return prepare(model, options.book).run(scenario, range, options);
}

/** For many ranges of one model; each run is what `simulate` gives. */
export function prepare(model: Model, book?: BookMaker): Simulation {
  const world = worldOf(model, book);
  resetWorld(world);
  const opening = openingOf(world);
  return { run: (scenario, range, options = {}) => runRange(world, opening, scenario, range, options) };
}

/** What the paths of a range share. */
interface Run {
  readonly world: World;
  readonly opening: Opening;
  readonly dynamics: Dynamics;
  readonly around: SurroundingsByStep;
  readonly steps: Float64Array;
  readonly samples: Samples;
  readonly cancelled?: () => boolean;
}

function runRange(
  world: World,
  opening: Opening,
  scenario: Scenario,
  { first, count }: PathRange,
  { trace: isTraced, cancelled }: SimulateOptions,
): Samples {
  const { model } = world;
  const steps = timeline(model, scenario);
  const dynamics = dynamicsOf(model, scenario, steps);
  const samples = emptySamples(model, first, count);
  const trace = isTraced ? emptyTrace(model, steps.length) : undefined;
  const around = surroundingsOf(scenario, steps);
  const run: Run = { world, opening, dynamics, around, steps, samples, cancelled };
  world.feedback = scenario.feedback;
  for (let path = 0; path < count; path++) {
    resetWorld(world);
    dynamics.start(first + path);
    runPath(run, path, path === 0 ? trace : undefined);
  }
  return trace ? { ...samples, trace } : samples;
}

function runPath(
  { world, opening, dynamics, around, steps, samples, cancelled }: Run,
  path: number,
  trace?: Trace,
): void {
  recordPrices(world, samples, path, true);
  if (trace) tracePoint(world, opening, trace, 0);
  let endogenous = false;
  for (let step = 0; step < steps.length; step++) {
    if (cancelled?.()) throw new Cancelled();
    surround(world, around, step);
    const report = runStep(world, dynamics, step, steps[step]);
    endogenous ||= report.endogenous;
    samples.rounds[path] = Math.max(samples.rounds[path], report.rounds);
    recordPrices(world, samples, path, false);
    if (trace) tracePoint(world, opening, trace, step + 1);
  }
  lookAround(world);
  const isLeft = world.markets.some((market) => debtUnderWater(market) > 0);
  const isRunning = world.markets.some(
    ({ house }) => house && house.nextChange(world.time) < Number.POSITIVE_INFINITY,
  );
  if (isRunning || (world.pending && isLeft)) world.flags |= Flag.pending;
  if (endogenous && isExhausted(world)) world.flags |= Flag.noFloor;
  recordPath(world, opening, samples, path);
}

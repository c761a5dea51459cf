import { valueAt } from "./dynamics/path";
import { log } from "./math/log";
import type { Model, ReplayScenario, Scenario, ShockScenario } from "./model";

/** Number of paths a scenario has; a shock and a replay have one. */
export function pathCount(scenario: Scenario): number {
  return scenario.kind === "monte-carlo" ? scenario.paths : 1;
}

/** Lengths of the scenario's steps in seconds. Prices move at the start of a step, so the steps add up to the horizon. */
export function timeline(model: Model, scenario: Scenario): Float64Array {
  if (scenario.kind === "monte-carlo") return evenSteps(scenario.horizon, scenario.step);
  return scenario.kind === "shock" ? shockSteps(model, scenario) : replaySteps(model, scenario);
}

const mostSteps = 2000;

/** The last step is what is left of the horizon. */
function evenSteps(horizon: number, step: number): Float64Array {
  const whole = Math.floor(horizon / step + 1e-9);
  const rest = horizon - whole * step;
  const partial = rest > step * 1e-9;
  const steps = new Float64Array(whole + (partial ? 1 : 0)).fill(step);
  if (partial) steps[whole] = rest;
  return steps;
}

/** Fine while the price moves; while it holds, as fine as venues recover and feeds beat. */
function shockSteps(model: Model, scenario: ShockScenario): Float64Array {
  const moving =
    scenario.over === 0 ? 0 : countOf(scenario.over, movingStep(model, scenario.over, steepestOf(scenario)));
  const holding = scenario.hold === 0 ? 0 : countOf(scenario.hold, holdingStep(model, scenario));
  const steps = new Float64Array(Math.max(1, moving + holding));
  if (moving + holding === 0) steps[0] = model.blockTime;
  steps.fill(scenario.over / moving, 0, moving);
  steps.fill(scenario.hold / holding, moving, moving + holding);
  return steps;
}

function countOf(duration: number, step: number): number {
  return Math.min(mostSteps, Math.max(1, ceil(duration / step - 1e-9)));
}

function ceil(x: number): number {
  return -Math.floor(-x);
}

/** From anchor to anchor as fine as a shock between them; all together not many more than a shock has at most. */
function replaySteps(model: Model, { levels, horizon, surroundings }: ReplayScenario): Float64Array {
  const errors = surroundings?.oracles.map(({ multiple }) => multiple) ?? [];
  const moving = [...levels, ...errors].filter((path) => path !== undefined);
  const around = [surroundings?.gas, surroundings?.depth].filter((path) => path !== undefined);
  const anchors = [...moving, ...around].flatMap(({ time }) => [...time]);
  const inside = anchors.filter((time) => time > 0 && time < horizon);
  const ends = [...new Set([...inside, horizon])].sort((a, b) => a - b);
  return Float64Array.from(
    ends.flatMap((end, i) => {
      const start = i === 0 ? 0 : ends[i - 1];
      const steepest = moving.reduce(
        (most, path) => Math.max(most, Math.abs(log(valueAt(path, end) / valueAt(path, start)))),
        0,
      );
      const duration = end - start;
      const most = ceil((mostSteps * duration) / horizon);
      const count = Math.min(most, countOf(duration, movingStep(model, duration, steepest)));
      return Array.from({ length: count }, () => duration / count);
    }),
  );
}

function steepestOf({ moves, surroundings }: ShockScenario): number {
  return Math.max(
    moves.reduce((most, move) => Math.max(most, Math.abs(log(1 + move))), 0),
    ...(surroundings?.oracles ?? []).map(({ multiple: { value } }) => Math.abs(log(value[value.length - 1]))),
  );
}

/** One that moves prices by less than any feed's deviation, and is no longer than reactions and delays. */
function movingStep(model: Model, duration: number, steepest: number): number {
  let step = duration / 20;
  for (const oracle of model.oracles) {
    if (oracle.kind !== "feed") continue;
    if (oracle.deviation > 0 && steepest > 0) step = Math.min(step, (duration * oracle.deviation) / steepest);
    if (oracle.delay > 0) step = Math.min(step, oracle.delay);
    step = Math.min(step, oracle.heartbeat);
  }
  for (const group of model.liquidators) if (group.reaction > 0) step = Math.min(step, group.reaction);
  return Math.max(step, model.blockTime);
}

function holdingStep(model: Model, scenario: ShockScenario): number {
  let step = scenario.hold / 12;
  for (const venue of model.venues) step = Math.min(step, venue.recovery / 8);
  if (scenario.surroundings) step = Math.min(step, scenario.surroundings.recover / 8);
  for (const oracle of model.oracles) if (oracle.kind === "feed") step = Math.min(step, oracle.heartbeat);
  return Math.max(step, model.blockTime);
}

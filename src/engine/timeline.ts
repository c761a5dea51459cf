import { log } from "./math/log";
import type { Model, Scenario, ShockScenario } from "./model";

/** Number of paths a scenario has; a shock has one. */
export function pathCount(scenario: Scenario): number {
  return scenario.kind === "shock" ? 1 : scenario.paths;
}

/** Lengths of the scenario's steps in seconds. Prices move at the start of a step, so the steps add up to the horizon. */
export function timeline(model: Model, scenario: Scenario): Float64Array {
  return scenario.kind === "shock" ? shockSteps(model, scenario) : evenSteps(scenario.horizon, scenario.step);
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
  const moving = scenario.over === 0 ? 0 : countOf(scenario.over, movingStep(model, scenario));
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

/** One that moves prices by less than any feed's deviation, and is no longer than reactions and delays. */
function movingStep(model: Model, scenario: ShockScenario): number {
  const steepest = Math.max(
    scenario.moves.reduce((most, move) => Math.max(most, Math.abs(log(1 + move))), 0),
    ...(scenario.surroundings?.oracles ?? []).map(({ multiple: { value } }) =>
      Math.abs(log(value[value.length - 1])),
    ),
  );
  let step = scenario.over / 20;
  for (const oracle of model.oracles) {
    if (oracle.kind !== "feed") continue;
    if (oracle.deviation > 0 && steepest > 0)
      step = Math.min(step, (scenario.over * oracle.deviation) / steepest);
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

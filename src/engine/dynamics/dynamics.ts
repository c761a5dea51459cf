import { pow } from "../math/pow";
import type { Model, ReplayScenario, Scenario, ShockScenario } from "../model";
import { diffusion } from "./diffusion";
import { endsOf, valueAt } from "./path";

/** Sets each asset's level for a step: price over the start price for free assets, the peg for the others. */
export interface Dynamics {
  start(path: number): void;
  /** The levels from the start of step `step` on. */
  move(step: number, level: Float64Array): void;
}

export function dynamicsOf(model: Model, scenario: Scenario, steps: Float64Array): Dynamics {
  if (scenario.kind === "monte-carlo") return diffusion(model, scenario, steps);
  return scenario.kind === "shock" ? shock(scenario, steps) : replay(scenario, steps);
}

function replay({ levels }: ReplayScenario, steps: Float64Array): Dynamics {
  const ends = endsOf(steps);
  return {
    start: () => {},
    move(step, level) {
      levels.forEach((path, asset) => {
        level[asset] = path ? valueAt(path, ends[step]) : 1;
      });
    },
  };
}

/** Log-linear over `over`, then constant. */
function shock(scenario: ShockScenario, steps: Float64Array): Dynamics {
  const moved = new Float64Array(steps.length);
  let time = 0;
  steps.forEach((length, i) => {
    time += length;
    moved[i] = scenario.over > 0 ? Math.min(1, time / scenario.over) : 1;
  });
  return {
    start: () => {},
    move(step, level) {
      for (let a = 0; a < level.length; a++) {
        level[a] = moved[step] === 1 ? 1 + scenario.moves[a] : pow(1 + scenario.moves[a], moved[step]);
      }
    },
  };
}

import { pow } from "../math/pow";
import type { Model, Scenario, ShockScenario } from "../model";
import { diffusion } from "./diffusion";

/** Sets each asset's level for a step: price over the start price for free assets, the peg for the others. */
export interface Dynamics {
  start(path: number): void;
  /** The levels from the start of step `step` on. */
  move(step: number, level: Float64Array): void;
}

export function dynamicsOf(model: Model, scenario: Scenario, steps: Float64Array): Dynamics {
  return scenario.kind === "shock" ? shock(scenario, steps) : diffusion(model, scenario, steps);
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

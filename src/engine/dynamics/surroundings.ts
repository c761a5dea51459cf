import { pow } from "../math/pow";
import type { Scenario, Surroundings } from "../model";
import { valueAt } from "./path";

/** What is around the protocol in every step: as prices do, it changes at the start of a step to where its end has it. */
export interface SurroundingsByStep {
  /** Multiple of the liquidators' gas prices. */
  readonly gas: Float64Array;
  /** Share of the venues' depth. */
  readonly depth: Float64Array;
}

export function surroundingsOf({ surroundings }: Scenario, steps: Float64Array): SurroundingsByStep {
  const gas = new Float64Array(steps.length).fill(1);
  const depth = new Float64Array(steps.length).fill(1);
  if (!surroundings) return { gas, depth };
  let time = 0;
  steps.forEach((length, step) => {
    time += length;
    if (surroundings.gas) gas[step] = valueAt(surroundings.gas, time);
    depth[step] = depthAt(surroundings, time);
  });
  return { gas, depth };
}

/** After the last anchor, what is missing halves every `recover`. */
function depthAt({ depth, recover }: Surroundings, now: number): number {
  if (!depth) return 1;
  const value = valueAt(depth, now);
  const since = now - depth.time[depth.time.length - 1];
  return since <= 0 || recover === Number.POSITIVE_INFINITY
    ? value
    : 1 - (1 - value) * pow(0.5, since / recover);
}

import { pow } from "../math/pow";
import type { Path, Scenario, Surroundings } from "../model";
import { endsOf, valueAt } from "./path";

/** What is around the protocol in every step: as prices do, it changes at the start of a step to where its end has it. */
export interface SurroundingsByStep {
  /** Multiple of the liquidators' gas prices. */
  readonly gas: Float64Array;
  /** Share of the venues' depth. */
  readonly depth: Float64Array;
  readonly oracles: readonly OracleErrorByStep[];
}

export interface OracleErrorByStep {
  readonly oracle: number;
  readonly multiple: Float64Array;
  readonly frozen: boolean;
}

export function surroundingsOf({ surroundings }: Scenario, steps: Float64Array): SurroundingsByStep {
  const ends = endsOf(steps);
  const along = (path: Path | undefined) => ends.map((end) => (path ? valueAt(path, end) : 1));
  const oracles = surroundings?.oracles ?? [];
  return {
    gas: along(surroundings?.gas),
    depth: ends.map((end) => depthAt(surroundings, end)),
    oracles: oracles.map((error) => ({ ...error, multiple: along(error.multiple) })),
  };
}

/** After the last anchor, what is missing halves every `recover`. */
function depthAt(surroundings: Surroundings | undefined, now: number): number {
  if (!surroundings?.depth) return 1;
  const { depth, recover } = surroundings;
  const value = valueAt(depth, now);
  const since = now - depth.time[depth.time.length - 1];
  return since <= 0 || recover === Number.POSITIVE_INFINITY
    ? value
    : 1 - (1 - value) * pow(0.5, since / recover);
}

import type { RiskFile } from "../dsl/parse";
import type { Liquidator, Path, Scenario, Surroundings } from "../engine/model";
import { buildDynamics } from "./build-dynamics";
import { replayOf } from "./crises/replay";

type ScenarioEntry = NonNullable<RiskFile["scenarios"]>[string];

const DEFAULT_HOLD = 3600;

/** Scenarios in order of the file, all with feedback but replays. */
export function buildScenarios(file: RiskFile): Scenario[] {
  const assets = Object.keys(file.assets);
  const oracles = Object.keys(file.oracles ?? {});
  return Object.entries(file.scenarios ?? {}).flatMap(([name, entry]): Scenario[] => {
    const monteCarlo = entry["monte-carlo"];
    const common = { name, feedback: true, ...surroundingsOf(entry, oracles) };
    if (monteCarlo) {
      const { dynamics, ...paths } = monteCarlo;
      const built = dynamics && { dynamics: buildDynamics(dynamics) };
      return [{ kind: "monte-carlo", ...common, ...paths, ...built }];
    }
    if (entry.crisis) return [buildReplay(name, file, entry)];
    const { shock, over = 0, hold = DEFAULT_HOLD } = entry;
    if (!shock) return [];
    const moves = Float64Array.from(assets, (asset) => moveOf(shock, asset));
    return [{ kind: "shock", ...common, moves, over, hold }];
  });
}

/** What the file says of the surroundings comes before what is known of the event. Its prices have that day's sales in them. */
function buildReplay(name: string, file: RiskFile, entry: ScenarioEntry): Scenario {
  const { levels, horizon, ...event } = replayOf(file, entry);
  const { surroundings: own } = surroundingsOf(entry, Object.keys(file.oracles ?? {}));
  const frozen = own?.oracles ?? [];
  const moved = event.oracles.filter(({ oracle }) => !frozen.some((each) => each.oracle === oracle));
  const surroundings: Surroundings = {
    recover: Number.POSITIVE_INFINITY,
    ...event,
    ...own,
    oracles: [...frozen, ...moved],
  };
  return { kind: "replay", name, feedback: entry.feedback === "on", surroundings, levels, horizon };
}

type Shock = NonNullable<ScenarioEntry["shock"]>;

/** Beside the moves of assets a shock has the errors of oracles. */
function moveOf(shock: Shock, asset: string): number {
  return Object.hasOwn(shock, asset) ? (shock[asset] as number) : 0;
}

/**
 * Depth falls with a shock's move, and so do its oracles go wrong; depth is there from the start in a Monte Carlo; gas
 * costs more all the time.
 */
function surroundingsOf(
  { shock, depth, gas, frozen = [], over = 0 }: ScenarioEntry,
  oracles: readonly string[],
): { surroundings?: Surroundings } {
  const errors = shock?.oracle ?? {};
  const wrong = oracles.filter((name) => Object.hasOwn(errors, name) || frozen.includes(name));
  if (!depth && gas === undefined && wrong.length === 0) return {};
  const moving = (to: number) => (over > 0 ? pathOf([0, 1], [over, to]) : pathOf([0, to]));
  const { to = 1, recover = Number.POSITIVE_INFINITY } = depth ?? {};
  return {
    surroundings: {
      recover,
      ...(gas !== undefined && { gas: pathOf([0, gas]) }),
      ...(depth && { depth: moving(to) }),
      oracles: wrong.map((name) => ({
        oracle: oracles.indexOf(name),
        multiple: moving(1 + (errors[name] ?? 0)),
        frozen: frozen.includes(name),
      })),
    },
  };
}

function pathOf(...anchors: readonly (readonly [time: number, value: number])[]): Path {
  return {
    time: Float64Array.from(anchors, ([time]) => time),
    value: Float64Array.from(anchors, ([, value]) => value),
  };
}

/** Liquidators in order of name. */
export function buildLiquidators(file: RiskFile): Liquidator[] {
  const assets = Object.keys(file.assets);
  const groups = file.liquidators ?? {};
  return Object.keys(groups)
    .sort()
    .map((name) => {
      const { gas, minProfit = 0, reaction = 0 } = groups[name];
      return {
        name,
        gasUnits: gas?.units ?? 0,
        gasPrice: gas?.price ?? 0,
        gasAsset: gas ? assets.indexOf(gas.asset) : -1,
        minProfit,
        reaction,
      };
    });
}

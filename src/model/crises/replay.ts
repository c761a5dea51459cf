import type { RiskFile } from "../../dsl/parse";
import { valueAt } from "../../engine/dynamics/path";
import { pow } from "../../engine/math/pow";
import type { OracleError, Path, ReplayScenario } from "../../engine/model";
import { listingsOf } from "../listings";
import { kindOf } from "../prices";
import { type Anchor, CRISES, type Crisis, playersOf } from "./library";

type ScenarioEntry = NonNullable<RiskFile["scenarios"]>[string];

const HOUR = 3600;

/** What an event does to a file's assets and oracles, and around them. */
export type Replay = Pick<ReplayScenario, "levels" | "horizon"> & {
  readonly gas?: Path;
  readonly depth?: Path;
  readonly oracles: readonly OracleError[];
};

/** An event of the library on a file; `scale` is the power that moves of prices and oracles are raised to. */
export function replayOf(file: RiskFile, { crisis, scale = 1, assets: chosen }: ScenarioEntry): Replay {
  const event = CRISES[crisis!];
  const declared = Object.keys(file.assets);
  const levels = declared.map((name) => {
    const played = Object.keys(event.prices).find((each) => playersOf(each, declared, chosen).includes(name));
    return played === undefined
      ? undefined
      : levelOf(event, played, kindOf(file.assets[name]) === "pegged", scale);
  });
  const oracles = Object.entries(event.oracles ?? {}).flatMap(([each, { anchors }]) =>
    oraclesOf(file, playersOf(each, declared, chosen)).map((oracle) => ({
      oracle,
      multiple: pathOf(anchors, scale),
      frozen: true,
    })),
  );
  return {
    levels,
    horizon: event.hours * HOUR,
    oracles,
    ...(event.gas && { gas: pathOf(event.gas) }),
    ...(event.depth && { depth: pathOf(event.depth) }),
  };
}

/** Of a pegged asset the path of its peg, if the event has one: its base moves on its own. Of another its price. */
function levelOf(event: Crisis, asset: string, isPegged: boolean, scale: number): Path | undefined {
  const { in: unit, anchors } = event.prices[asset];
  const path = pathOf(anchors, scale);
  if (isPegged) return unit === undefined ? undefined : path;
  const base = unit === undefined ? undefined : event.prices[unit];
  return base ? product(path, pathOf(base.anchors, scale)) : path;
}

/** The oracles that report an asset, or that a market reads for it. */
function oraclesOf({ oracles = {}, markets = {} }: RiskFile, assets: readonly string[]): number[] {
  const read = Object.values(markets).flatMap((market) =>
    listingsOf(market).flatMap(({ asset, oracle }) =>
      oracle && oracle.in === undefined && assets.includes(asset) ? [oracle.name] : [],
    ),
  );
  return Object.keys(oracles).flatMap((name, index) => {
    const { of, in: unit } = oracles[name];
    const reports = of !== undefined && unit === undefined && assets.includes(of);
    return reports || read.includes(name) ? [index] : [];
  });
}

function pathOf(anchors: readonly Anchor[], power = 1): Path {
  return {
    time: Float64Array.from(anchors, ([hours]) => hours * HOUR),
    value: Float64Array.from(anchors, ([, multiple]) => pow(multiple, power)),
  };
}

function product(a: Path, b: Path): Path {
  const time = Float64Array.from(new Set([...a.time, ...b.time])).sort();
  return { time, value: time.map((now) => valueAt(a, now) * valueAt(b, now)) };
}

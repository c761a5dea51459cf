import type { Model, Scenario } from "../engine/model";
import type { Samples, Trace } from "../engine/samples";
import type { WorstPathSeries } from "../protocol/messages";
import { metricColumn } from "./metric";
import type { Simulate } from "./simulate";
import { isMonteCarlo } from "./wording";

/** A path by its losses. */
export interface Candidate {
  readonly scenario: Scenario;
  readonly path: number;
  readonly badDebt: number;
  readonly liquidatedValue: number;
}

/** The path with the largest bad debt, then the largest liquidated value, then the first. */
export function worstOf(model: Model, scenario: Scenario, samples: Samples): Candidate {
  const badDebt = metricColumn(model, samples, "bad-debt", {});
  const liquidatedValue = metricColumn(model, samples, "liquidated-value", {});
  const at = (i: number): Candidate => ({
    scenario,
    path: samples.first + i,
    badDebt: badDebt[i],
    liquidatedValue: liquidatedValue[i],
  });
  let worst = at(0);
  for (let i = 1; i < samples.count; i++) worst = worse(worst, at(i));
  return worst;
}

/** The second only where it is strictly worse. */
export function worse(a: Candidate, b: Candidate): Candidate {
  if (a.badDebt !== b.badDebt) return b.badDebt > a.badDebt ? b : a;
  return b.liquidatedValue > a.liquidatedValue ? b : a;
}

/** Runs the path again and follows it. */
export async function tracePath(
  model: Model,
  { scenario, path }: Candidate,
  simulate: Simulate,
  signal?: AbortSignal,
): Promise<Trace | undefined> {
  return (await simulate({ model, scenario, first: path, count: 1, trace: true }, signal)).trace;
}

export function seriesOf(model: Model, { scenario, path }: Candidate, trace: Trace): WorstPathSeries {
  return {
    scenario: scenario.name,
    path,
    ...(isMonteCarlo(scenario) && { seed: scenario.seed }),
    hours: Array.from(trace.time, (seconds) => seconds / 3600),
    prices: movedMost(trace).map((asset) => ({
      asset: model.assets[asset].name,
      market: relative(trace.market[asset]),
      oracle: oracleOf(model, trace, asset),
    })),
    liquidatedValue: Array.from(trace.liquidatedValue),
    badDebt: Array.from(trace.badDebt),
  };
}

const MOST_PRICES = 4;

/** Indices of the assets with the largest relative moves, at most four, largest first. */
function movedMost(trace: Trace): number[] {
  const move = trace.market.map((prices) =>
    prices.reduce((most, price) => Math.max(most, Math.abs(price / prices[0] - 1)), 0),
  );
  return [...move.keys()].sort((a, b) => move[b] - move[a]).slice(0, MOST_PRICES);
}

/** What the first market that lists the asset believes its price is, relative to the start. */
function oracleOf(model: Model, trace: Trace, asset: number): number[] | undefined {
  const reserves = model.markets.flatMap(({ lending }) => lending.reserves);
  const reserve = reserves.find((each) => each.asset === asset);
  return reserve && reserve.oracle >= 0 ? relative(trace.oracle[reserve.oracle]) : undefined;
}

function relative(prices: Float64Array): number[] {
  return Array.from(prices, (price) => price / prices[0]);
}

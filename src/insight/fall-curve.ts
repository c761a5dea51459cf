import type { Model, ShockScenario } from "../engine/model";
import type { FallCurveSeries } from "../protocol/messages";
import { fallingAssets } from "./falling-assets";
import { metricColumn } from "./metric";
import type { Simulate } from "./simulate";

const HOLD = 3600;
/** Falls are multiples of 1/40 up to 60%; every fourth is run, and those between where the curves bend. */
const PARTS = 40;
const STEEPEST = 24;
const COARSE = 4;
/** A curve bends where it leaves the line between its neighbours by more than this share of its largest value. */
const BEND = 0.05;

/** What one fall comes to. */
interface Point {
  readonly index: number;
  /** With and without feedback, liquidated value and bad debt each. */
  readonly losses: readonly number[];
}

/**
 * What instantaneous falls of one asset's price (on a pegged asset, of its peg) come to an hour later, with and without
 * the price impact of the liquidations: falls from 0 to 60%, closer together where the curves bend.
 * Rejects when `signal` aborts.
 * @param onUpdate gets the curve while it is still coarse
 */
export async function fallCurve(
  model: Model,
  asset: string,
  simulate: Simulate,
  signal?: AbortSignal,
  onUpdate?: (coarse: FallCurveSeries) => void,
): Promise<FallCurveSeries> {
  const run = (indices: readonly number[]): Promise<Point[]> =>
    Promise.all(indices.map((index) => runFall(model, asset, index, simulate, signal)));
  let points = await run(range(0, STEEPEST, COARSE));
  for (let gaps = bends(points); gaps.length > 0; gaps = bends(points)) {
    onUpdate?.(seriesOf(model, asset, points));
    points = [...points, ...(await run(gaps))].sort((a, b) => a.index - b.index);
  }
  return seriesOf(model, asset, points);
}

async function runFall(
  model: Model,
  asset: string,
  index: number,
  simulate: Simulate,
  signal?: AbortSignal,
): Promise<Point> {
  const losses = await Promise.all(
    [true, false].map(async (feedback) => {
      const scenario = fallOf(model, asset, fallAt(index), feedback);
      const samples = await simulate({ model, scenario, first: 0, count: 1 }, signal);
      const of = (metric: "liquidated-value" | "bad-debt") => metricColumn(model, samples, metric, {})[0];
      return [of("liquidated-value"), of("bad-debt")];
    }),
  );
  return { index, losses: losses.flat() };
}

function fallOf(model: Model, asset: string, fall: number, feedback: boolean): ShockScenario {
  const moves = Float64Array.from(model.assets, ({ name }) => (name === asset ? -fall : 0));
  return { kind: "shock", name: `fall-of-${asset}`, moves, over: 0, hold: HOLD, feedback };
}

function fallAt(index: number): number {
  return index / PARTS;
}

/** Middles of the gaps on both sides of every point at which some curve bends. */
function bends(points: readonly Point[]): number[] {
  const largest = points[0].losses.map((_, curve) => Math.max(...points.map(({ losses }) => losses[curve])));
  const isBent = points.map((_, i) => largest.some((most, curve) => bendAt(points, i, curve) > BEND * most));
  return points.slice(1).flatMap(({ index }, left) => {
    const isWide = index - points[left].index > 1;
    return isWide && (isBent[left] || isBent[left + 1]) ? [(points[left].index + index) / 2] : [];
  });
}

/** How far a point lies from the line between its neighbours. */
function bendAt(points: readonly Point[], i: number, curve: number): number {
  if (i === 0 || i === points.length - 1) return 0;
  const [left, middle, right] = [points[i - 1], points[i], points[i + 1]];
  const part = (middle.index - left.index) / (right.index - left.index);
  const line = left.losses[curve] + part * (right.losses[curve] - left.losses[curve]);
  return Math.abs(middle.losses[curve] - line);
}

function seriesOf(model: Model, asset: string, points: readonly Point[]): FallCurveSeries {
  const column = (curve: number) => points.map(({ losses }) => losses[curve]);
  return {
    asset,
    assets: fallingAssets(model),
    falls: points.map(({ index }) => fallAt(index)),
    withFeedback: { liquidatedValue: column(0), badDebt: column(1) },
    withoutFeedback: { liquidatedValue: column(2), badDebt: column(3) },
  };
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
}

import { extent } from "d3-array";
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";

export type Scale = ScaleContinuousNumeric<number, number>;

/** Larger magnitudes are errors upstream, and overflow in the arithmetic of ticks. */
const largest = 1e30;
const negligible = 1e-9;

export function drawable(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && Math.abs(value) < largest;
}

/** The range of the drawable values and of `origin`, widened when it is a single point. */
export function domainOf(values: Iterable<number>, origin?: number): [number, number] {
  const drawn = [...values].filter(drawable);
  const [low = 0, high = 0] = extent(origin === undefined ? drawn : [...drawn, origin]);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < negligible) return [0, 1];
  return high - low > negligible * size ? [low, high] : [low - size / 10, high + size / 10];
}

export function linearScale(domain: [number, number], range: [number, number]): Scale {
  return scaleLinear().domain(domain).range(range);
}

/** @param domain above zero */
export function logScale(domain: [number, number], range: [number, number]): Scale {
  return scaleLog().domain(domain).range(range);
}

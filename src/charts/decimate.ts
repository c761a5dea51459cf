import { drawable } from "./scales";

/**
 * Indices that draw like all of them: of the points in one pixel column the first, lowest, highest and last.
 * Points that cannot be drawn are kept, so that a gap stays a gap.
 * @param x pixels of a point, in ascending order
 */
export function decimated(values: readonly number[], x: (index: number) => number): readonly number[] {
  const kept: number[] = [];
  let start = 0;
  for (let index = 1; index <= values.length; index++) {
    if (index < values.length && Math.floor(x(index)) === Math.floor(x(start))) continue;
    kept.push(...columnOf(values, start, index));
    start = index;
  }
  return kept;
}

function columnOf(values: readonly number[], start: number, end: number): readonly number[] {
  if (end - start <= 4) return Array.from({ length: end - start }, (_, index) => start + index);
  let [low, high, gap] = [start, start, start];
  for (let index = start; index < end; index++) {
    const value = values[index];
    if (!drawable(value)) {
      gap = index;
      continue;
    }
    if (!drawable(values[low]) || value < values[low]) low = index;
    if (!drawable(values[high]) || value > values[high]) high = index;
  }
  return [...new Set([start, low, high, gap, end - 1])].sort((a, b) => a - b);
}

import { quantileRank } from "./statistics/tail";

export interface Histogram {
  /** One more than counts; the first at or below the smallest value, the last at or above the largest. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const FEWEST = 8;
const MOST = 40;

/** Over such a ratio bins of one width would hold nearly all values in the first. */
const WIDE = 1000;

/** Values closer together than this share of their size are shown as one. */
const SAME = 1e-9;

/**
 * Bins of ascending values, of a round width near that of Freedman and Diaconis (1981), or growing ones where
 * the values span orders of magnitude. A value on an edge belongs to the bin above it, on the last edge to the
 * last bin. Empty without values.
 */
export function histogram(sorted: Float64Array): Histogram {
  if (sorted.length === 0) return { edges: [], counts: [] };
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  const edges = low > 0 && high > WIDE * low ? growingEdges(low, high) : evenEdges(sorted);
  return { edges, counts: countBetween(edges, sorted) };
}

function evenEdges(sorted: Float64Array): number[] {
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const range = high - low > SAME * size ? high - low : size || 1;
  const { factor, power } = roundWidth(range / binCount(sorted));
  const edge = (i: number): number => decimal(i * factor, power);
  const width = edge(1);
  let first = Math.floor(low / width);
  if (edge(first) > low) first--;
  let last = Math.max(first + 1, Math.ceil(high / width));
  if (edge(last) < high) last++;
  return Array.from({ length: last - first + 1 }, (_, i) => edge(first + i));
}

/** From 1 to 2 to 5 times the powers of ten, or of whole powers when that would be too many. */
function growingEdges(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low)) - 1;
  const last = Math.ceil(Math.log10(high)) + 1;
  const steps = 3 * (last - first - 1) > MOST ? [1] : [1, 2, 5];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const all = powers.flatMap((power) => steps.map((step) => decimal(step, power)));
  return all.filter((_, i) => !(all[i + 1] <= low) && !(all[i - 1] > high));
}

function countBetween(edges: readonly number[], sorted: Float64Array): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const x of sorted) {
    while (bin < counts.length - 1 && x >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts;
}

/** 2 IQR / n^(1/3) wide, within what can be drawn. */
function binCount(sorted: Float64Array): number {
  const n = sorted.length;
  const quartile = (level: number): number => sorted[quantileRank(n, level) - 1];
  const width = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(n);
  const count = width > 0 ? (sorted[n - 1] - sorted[0]) / width : MOST;
  return Math.min(MOST, Math.max(FEWEST, count));
}

/** 1, 2, 5 or 10 times a power of ten, not below the given width. */
function roundWidth(width: number): { factor: number; power: number } {
  const power = Math.floor(Math.log10(width));
  const factor = [1, 2, 5].find((each) => decimal(each, power) >= width) ?? 10;
  return { factor, power };
}

/** The double nearest to digits times a power of ten, which a product of doubles need not be. */
function decimal(digits: number, power: number): number {
  return Number(`${digits}e${power}`);
}

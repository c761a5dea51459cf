import type { Quote } from "../data/quotes";
import type { MarginalPrice } from "../engine/model";

/** One direction of a venue as measured. */
export interface QuoteCurve {
  /** Output per input of the first unit. */
  readonly first: number;
  /** Marginal price over `first`, by size of the input. */
  readonly depth: MarginalPrice;
  /** Quotes that would make larger trades cheaper, and so were moved onto the curve of the others. */
  readonly adjusted: number;
  /** Largest relative change of such a quote's output. */
  readonly worst: number;
}

/** A stretch of the amount-out curve between two sizes. */
interface Segment {
  readonly from: number;
  readonly width: number;
  /** Mean marginal price: output per input over the stretch. */
  readonly mean: number;
}

/**
 * Fits a marginal price to quotes of one direction: piecewise linear, never rising, and with exactly the quoted
 * output up to every quoted size. Quotes that contradict a falling price are pooled with their neighbours first.
 * @param quotes at least one, by rising size, amounts above 0
 */
export function fitQuotes(quotes: readonly Quote[]): QuoteCurve {
  const segments = pool(segmentsOf(quotes));
  const slopes = nodeSlopes(segments);
  const size: number[] = [];
  const price: number[] = [];
  segments.forEach((segment, i) => {
    size.push(segment.from);
    price.push(slopes[i] / slopes[0]);
    const knot = middleKnot(segment, slopes[i], slopes[i + 1]);
    if (knot === undefined) return;
    size.push(knot);
    price.push(segment.mean / slopes[0]);
  });
  const last = segments[segments.length - 1];
  size.push(last.from + last.width);
  price.push(slopes[segments.length] / slopes[0]);
  const depth = { size: Float64Array.from(size), price: Float64Array.from(price) };
  return { first: slopes[0], depth, ...adjustment(quotes, segments) };
}

function segmentsOf(quotes: readonly Quote[]): Segment[] {
  return quotes.map((quote, i) => {
    const before = quotes[i - 1] ?? { amountIn: 0, amountOut: 0 };
    const width = quote.amountIn - before.amountIn;
    return { from: before.amountIn, width, mean: (quote.amountOut - before.amountOut) / width };
  });
}

/** Pool adjacent violators: neighbours whose mean price would rise become one stretch. */
function pool(segments: readonly Segment[]): Segment[] {
  const pooled: Segment[] = [];
  for (const segment of segments) {
    let last = segment;
    for (let before = pooled.at(-1); before && before.mean <= last.mean; before = pooled.at(-1)) {
      last = join(before, last);
      pooled.pop();
    }
    pooled.push(last);
  }
  while (pooled.length > 1 && pooled[pooled.length - 1].mean <= 0) pooled.pop();
  return pooled;
}

function join(a: Segment, b: Segment): Segment {
  const width = a.width + b.width;
  return { from: a.from, width, mean: (a.mean * a.width + b.mean * b.width) / width };
}

/** Marginal price at the ends of the segments: inside, of the parabola through the neighbours. */
function nodeSlopes(segments: readonly Segment[]): number[] {
  const inner = segments.slice(1).map((right, i) => {
    const left = segments[i];
    return (left.mean * right.width + right.mean * left.width) / (left.width + right.width);
  });
  const [first, last] = [segments[0].mean, segments[segments.length - 1].mean];
  const start = 2 * first - (inner[0] ?? first);
  const end = 2 * last - (inner[inner.length - 1] ?? last);
  return [start, ...inner, Math.max(end, last / 2)];
}

/** Least distance of two knots, relative to their size: it moves less than this share of the output. */
const APART = 1e-12;

/**
 * Where the price passes the segment's mean, so that its integral over the segment is exact. A price that falls at
 * once, as after a much narrower segment, needs a knot closer to the segment's end than numbers can tell apart.
 */
function middleKnot({ from, width, mean }: Segment, left: number, right: number): number | undefined {
  if (left <= right) return undefined;
  const [nearest, farthest] = [from * (1 + APART), (from + width) * (1 - APART)];
  if (nearest >= farthest) return undefined;
  const share = (mean - right) / (left - right);
  return Math.min(Math.max(from + share * width, nearest), farthest);
}

function adjustment(
  quotes: readonly Quote[],
  segments: readonly Segment[],
): { adjusted: number; worst: number } {
  const changes = quotes.map(({ amountIn, amountOut }) =>
    Math.abs(outputAt(segments, amountIn) / amountOut - 1),
  );
  const adjusted = changes.filter((change) => change > 1e-9);
  return { adjusted: adjusted.length, worst: Math.max(0, ...adjusted) };
}

function outputAt(segments: readonly Segment[], size: number): number {
  let out = 0;
  for (const { from, width, mean } of segments) out += mean * Math.min(width, Math.max(0, size - from));
  return out;
}

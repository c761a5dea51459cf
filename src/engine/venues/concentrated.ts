import type { ConcentratedCurve } from "../model";
import type { DepthShape } from "./depth";
import { segmentOf } from "./segments";

/**
 * Concentrated liquidity as in Uniswap v3 (white paper, 6.2): between two boundaries the pool is a constant product on
 * virtual reserves. With liquidity L, moving the root of the price from s down to r takes L (1/r - 1/s) of the input
 * and pays L (s - r) of the output. The ranges stay where they are while the mid price moves.
 */
export function concentratedShapes({ root, liquidity }: ConcentratedCurve): {
  readonly sell: DepthShape;
  readonly buy: DepthShape;
} {
  return {
    sell: concentratedShape(ladder(root.toReversed(), liquidity.toReversed())),
    buy: concentratedShape(
      ladder(
        root.map((each) => 1 / each),
        liquidity,
      ),
    ),
  };
}

/** A pool in one direction: segments by falling root of the price of the input, from infinity to 0. */
interface Ladder {
  readonly root: Float64Array;
  readonly liquidity: Float64Array;
  /** Input taken from the top down to each root. */
  readonly taken: Float64Array;
  /** Output paid down to each root, less all that the pool can pay: summed from below, so that what is small is exact. */
  readonly paid: Float64Array;
}

function ladder(falling: Float64Array, liquidity: Float64Array): Ladder {
  const root = Float64Array.of(Number.POSITIVE_INFINITY, ...falling, 0);
  const taken = new Float64Array(root.length);
  const paid = new Float64Array(root.length);
  for (let i = 0; i < liquidity.length; i++)
    taken[i + 1] = taken[i] + input(liquidity[i], root[i], root[i + 1]);
  for (let i = liquidity.length - 1; i >= 0; i--)
    paid[i] = paid[i + 1] - output(liquidity[i], root[i], root[i + 1]);
  return { root, liquidity, taken, paid };
}

function input(liquidity: number, from: number, to: number): number {
  return liquidity === 0 ? 0 : liquidity * (1 / to - 1 / from);
}

function output(liquidity: number, from: number, to: number): number {
  return liquidity === 0 ? 0 : liquidity * (from - to);
}

/** Where the root of the price goes from `from` when `size` of the input is taken. */
function reached(liquidity: number, from: number, size: number): number {
  return liquidity === 0 ? from : from * (liquidity / (liquidity + size * from));
}

function concentratedShape({ root, liquidity, taken, paid }: Ladder): DepthShape {
  const last = liquidity.length - 1;
  /** Root of the mid price, the segment it is in, and what that segment takes and pays from there. */
  let mid = 1;
  let at = 0;
  let room = 0;
  let pays = 0;
  /** Input taken between the mid and the top of a later segment, and output paid. */
  const takenTo = (segment: number) => room + (taken[segment] - taken[at + 1]);
  const paidTo = (segment: number) => pays + (paid[segment] - paid[at + 1]);
  /** The segment in which `size` ends. */
  const segmentAt = (size: number) =>
    size <= room ? at : Math.max(at + 1, segmentOf(taken, size - room + taken[at + 1]));
  const rootAt = (size: number) => {
    const i = segmentAt(size);
    return i === at ? reached(liquidity[at], mid, size) : reached(liquidity[i], root[i], size - takenTo(i));
  };
  return {
    capacity: () => (at === last ? room : takenTo(last + 1)),
    marginalPrice(size) {
      const share = rootAt(size) / mid;
      return share * share;
    },
    received(size) {
      const i = segmentAt(size);
      if (i === at) return size * (reached(liquidity[at], mid, size) / mid);
      const into = Math.max(0, size - takenTo(i));
      return (paidTo(i) + into * root[i] * reached(liquidity[i], root[i], into)) / (mid * mid);
    },
    sizeAtPrice(price) {
      const to = mid * Math.sqrt(price);
      if (to >= root[at + 1]) return input(liquidity[at], mid, to);
      const i = belowRoot(root, to);
      return takenTo(i) + input(liquidity[i], root[i], to);
    },
    sizeReceiving(amount) {
      const out = amount * mid * mid;
      if (out <= pays) return liquidity[at] === 0 ? 0 : out / (mid * (mid - out / liquidity[at]));
      const i = Math.max(at + 1, segmentOf(paid, out - pays + paid[at + 1]));
      const rest = Math.max(0, out - paidTo(i));
      if (liquidity[i] === 0) return takenTo(i);
      return takenTo(i) + rest / (root[i] * (root[i] - rest / liquidity[i]));
    },
    recentre(price) {
      mid = Math.sqrt(price);
      at = belowRoot(root, mid);
      room = input(liquidity[at], mid, root[at + 1]);
      pays = output(liquidity[at], mid, root[at + 1]);
    },
  };
}

/** The segment of falling roots that holds `x`, the later one at a boundary. */
function belowRoot(root: Float64Array, x: number): number {
  let low = 0;
  let high = root.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (root[middle] >= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

import type { Curve, MarginalPrice } from "../model";

/**
 * Depth in one direction of a venue. `size` counts units of the input asset put in since the mid price,
 * the marginal price is output received per unit of input relative to the mid, and `received` is its integral:
 * output received, in input units at the mid price. Its shape is that of the venue as the file has it; `scale` is the share
 * of it that is there: a venue of half the depth fills half the size at every price.
 */
export type Depth = (ProductDepth | QuotedDepth) & Scaled;

interface Scaled {
  scale: number;
}

interface ProductDepth {
  readonly model: "constant-product";
  /** The pool's reserve of the input asset at the mid price. */
  reserve: number;
}

interface QuotedDepth extends MarginalPrice {
  readonly model: "quotes";
  /** Integral of the price up to each size. */
  readonly received: Float64Array;
}

/** The two directions of a venue: selling its traded asset, and buying it with its quote asset. */
export interface Depths {
  readonly sell: Depth;
  readonly buy: Depth;
}

export function depthsOf(curve: Curve): Depths {
  if (curve.model === "constant-product") {
    return {
      sell: { model: "constant-product", reserve: 0, scale: 1 },
      buy: { model: "constant-product", reserve: 0, scale: 1 },
    };
  }
  return { sell: quoted(curve.sell), buy: quoted(curve.buy) };
}

/** Moves a constant-product pool's reserves to a new mid price, as arbitrage does; quotes keep their sizes. */
export function recentre(depths: Depths, curve: Curve, mid: number): void {
  if (curve.model !== "constant-product") return;
  (depths.sell as ProductDepth).reserve = Math.sqrt(curve.invariant / mid);
  (depths.buy as ProductDepth).reserve = Math.sqrt(curve.invariant * mid);
}

export function capacity(depth: Depth): number {
  return depth.model === "quotes"
    ? depth.scale * depth.size[depth.size.length - 1]
    : Number.POSITIVE_INFINITY;
}

/** Marginal price at a size, relative to the mid: 1 at size 0, falling. */
export function marginalPrice(depth: Depth, size: number): number {
  return priceAt(depth, size / depth.scale);
}

function priceAt(depth: Depth, size: number): number {
  if (depth.model === "constant-product") {
    const share = depth.reserve / (depth.reserve + size);
    return share * share;
  }
  const i = segmentOf(depth.size, size);
  return depth.price[i] + slope(depth, i) * (size - depth.size[i]);
}

/** Output received for the first `size` units, in input units at the mid price. */
export function received(depth: Depth, size: number): number {
  return depth.scale * receivedFor(depth, size / depth.scale);
}

function receivedFor(depth: Depth, size: number): number {
  if (depth.model === "constant-product") return (depth.reserve * size) / (depth.reserve + size);
  const i = segmentOf(depth.size, size);
  const into = size - depth.size[i];
  return depth.received[i] + into * (depth.price[i] + 0.5 * slope(depth, i) * into);
}

/** The smallest size at which the marginal price is down to `price`; the whole capacity when it never is. */
export function sizeAtPrice(depth: Depth, price: number): number {
  return price >= 1 ? 0 : depth.scale * sizeDownTo(depth, price);
}

function sizeDownTo(depth: Depth, price: number): number {
  if (depth.model === "constant-product") return depth.reserve * (1 / Math.sqrt(price) - 1);
  let i = 1;
  while (i < depth.price.length - 1 && depth.price[i] > price) i++;
  const fall = depth.price[i - 1] - depth.price[i];
  if (fall <= 0 || depth.price[i] >= price) return depth.size[i];
  return depth.size[i - 1] + ((depth.price[i - 1] - price) / fall) * (depth.size[i] - depth.size[i - 1]);
}

/** The size whose `received` is `amount`; `amount` must not exceed what the depth gives. */
export function sizeReceiving(depth: Depth, amount: number): number {
  return depth.scale * sizeFor(depth, amount / depth.scale);
}

function sizeFor(depth: Depth, amount: number): number {
  if (depth.model === "constant-product") return (depth.reserve * amount) / (depth.reserve - amount);
  const i = segmentOf(depth.received, amount);
  const rest = amount - depth.received[i];
  const price = depth.price[i];
  const discriminant = Math.max(0, price * price + 2 * slope(depth, i) * rest);
  return depth.size[i] + (2 * rest) / (price + Math.sqrt(discriminant));
}

function quoted(curve: MarginalPrice): QuotedDepth & Scaled {
  const total = new Float64Array(curve.size.length);
  for (let i = 1; i < total.length; i++) {
    const mean = 0.5 * (curve.price[i - 1] + curve.price[i]);
    total[i] = total[i - 1] + mean * (curve.size[i] - curve.size[i - 1]);
  }
  return { model: "quotes", size: curve.size, price: curve.price, received: total, scale: 1 };
}

function slope(depth: QuotedDepth, segment: number): number {
  const width = depth.size[segment + 1] - depth.size[segment];
  return width > 0 ? (depth.price[segment + 1] - depth.price[segment]) / width : 0;
}

/** Index of the segment that holds `x` in ascending `knots`; the last one beyond the end. */
function segmentOf(knots: Float64Array, x: number): number {
  let low = 0;
  let high = knots.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (knots[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

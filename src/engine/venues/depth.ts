import type { Curve } from "../model";
import { concentratedShapes } from "./concentrated";
import { productShape } from "./constant-product";
import { quotedShape } from "./quoted";

/**
 * Depth in one direction of a venue as the file has it. `size` counts units of the input asset put in since the mid price,
 * the marginal price is output received per unit of input relative to the mid, and `received` is its integral:
 * output received, in input units at the mid price.
 */
export interface DepthShape {
  /** The size beyond which nothing fills. */
  capacity(): number;
  /** Marginal price at a size, relative to the mid: 1 at size 0, falling. */
  marginalPrice(size: number): number;
  /** Output received for the first `size` units, in input units at the mid price. */
  received(size: number): number;
  /** The smallest size at which the marginal price is down to `price`, below 1; the whole capacity when it never is. */
  sizeAtPrice(price: number): number;
  /** The size whose `received` is `amount`; `amount` must not exceed what the depth gives. */
  sizeReceiving(amount: number): number;
  /** Moves to a new mid price, in output units per input unit, as arbitrage moves a pool; quotes keep their sizes. */
  recentre(mid: number): void;
}

/** The depth that is there: a venue of half the depth fills half the size at every price. */
export interface Depth extends DepthShape {
  /** The share of the shape that is there. */
  scale: number;
}

/** The two directions of a venue: selling its traded asset, and buying it with its quote asset. */
export interface Depths {
  readonly sell: Depth;
  readonly buy: Depth;
}

export function depthsOf(curve: Curve): Depths {
  const { sell, buy } = shapesOf(curve);
  return { sell: scaled(sell), buy: scaled(buy) };
}

/** Moves both directions to a mid price in quote units per traded unit. */
export function recentre({ sell, buy }: Depths, mid: number): void {
  sell.recentre(mid);
  buy.recentre(1 / mid);
}

function shapesOf(curve: Curve): { readonly sell: DepthShape; readonly buy: DepthShape } {
  switch (curve.model) {
    case "constant-product":
      return { sell: productShape(curve.invariant), buy: productShape(curve.invariant) };
    case "concentrated":
      return concentratedShapes(curve);
    case "quotes":
      return { sell: quotedShape(curve.sell), buy: quotedShape(curve.buy) };
  }
}

function scaled(shape: DepthShape): Depth {
  const depth: Depth = {
    scale: 1,
    capacity: () => depth.scale * shape.capacity(),
    marginalPrice: (size) => shape.marginalPrice(size / depth.scale),
    received: (size) => depth.scale * shape.received(size / depth.scale),
    sizeAtPrice: (price) => (price >= 1 ? 0 : depth.scale * shape.sizeAtPrice(price)),
    sizeReceiving: (amount) => depth.scale * shape.sizeReceiving(amount / depth.scale),
    recentre: shape.recentre,
  };
  return depth;
}

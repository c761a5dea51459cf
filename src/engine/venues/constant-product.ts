import type { DepthShape } from "./depth";

/** A pool that keeps the product of its reserves: at a mid price p its reserve of the input asset is sqrt(invariant / p). */
export function productShape(invariant: number): DepthShape {
  let reserve = 0;
  return {
    capacity: () => Number.POSITIVE_INFINITY,
    marginalPrice(size) {
      const share = reserve / (reserve + size);
      return share * share;
    },
    received: (size) => (reserve * size) / (reserve + size),
    sizeAtPrice: (price) => reserve * (1 / Math.sqrt(price) - 1),
    sizeReceiving: (amount) => (reserve * amount) / (reserve - amount),
    recentre(mid) {
      reserve = Math.sqrt(invariant / mid);
    },
  };
}

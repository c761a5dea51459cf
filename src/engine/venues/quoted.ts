import type { MarginalPrice } from "../model";
import type { DepthShape } from "./depth";
import { segmentOf } from "./segments";

/** A piecewise-linear marginal price: its integral and both inverses are closed. */
export function quotedShape({ size: sizes, price: prices }: MarginalPrice): DepthShape {
  const total = integral(sizes, prices);
  const slope = (segment: number) => {
    const width = sizes[segment + 1] - sizes[segment];
    return width > 0 ? (prices[segment + 1] - prices[segment]) / width : 0;
  };
  return {
    capacity: () => sizes[sizes.length - 1],
    marginalPrice(size) {
      const i = segmentOf(sizes, size);
      return prices[i] + slope(i) * (size - sizes[i]);
    },
    received(size) {
      const i = segmentOf(sizes, size);
      const into = size - sizes[i];
      return total[i] + into * (prices[i] + 0.5 * slope(i) * into);
    },
    sizeAtPrice(price) {
      let i = 1;
      while (i < prices.length - 1 && prices[i] > price) i++;
      const fall = prices[i - 1] - prices[i];
      if (fall <= 0 || prices[i] >= price) return sizes[i];
      return sizes[i - 1] + ((prices[i - 1] - price) / fall) * (sizes[i] - sizes[i - 1]);
    },
    sizeReceiving(amount) {
      const i = segmentOf(total, amount);
      const rest = amount - total[i];
      const discriminant = Math.max(0, prices[i] * prices[i] + 2 * slope(i) * rest);
      return sizes[i] + (2 * rest) / (prices[i] + Math.sqrt(discriminant));
    },
    recentre: () => undefined,
  };
}

/** Integral of the price up to each size. */
function integral(sizes: Float64Array, prices: Float64Array): Float64Array {
  const total = new Float64Array(sizes.length);
  for (let i = 1; i < total.length; i++) {
    const mean = 0.5 * (prices[i - 1] + prices[i]);
    total[i] = total[i - 1] + mean * (sizes[i] - sizes[i - 1]);
  }
  return total;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Quote } from "../../src/data/quotes";
import type { MarginalPrice } from "../../src/engine/model";
import { fitQuotes } from "../../src/model/quote-curve";

/** Output for a size: the integral of the piecewise linear marginal price. */
function output({ first, depth }: { first: number; depth: MarginalPrice }, upTo: number): number {
  let sum = 0;
  for (let i = 1; i < depth.size.length && depth.size[i - 1] < upTo; i++) {
    const [from, to] = [depth.size[i - 1], Math.min(upTo, depth.size[i])];
    const slope = (depth.price[i] - depth.price[i - 1]) / (depth.size[i] - depth.size[i - 1]);
    const at = (x: number) => depth.price[i - 1] + slope * (x - depth.size[i - 1]);
    sum += ((at(from) + at(to)) / 2) * (to - from);
  }
  return sum * first;
}

/** Quotes of a pool with reserves x and y. */
function poolQuotes(x: number, y: number, sizes: readonly number[]): Quote[] {
  return sizes.map((size) => ({ amountIn: size, amountOut: (y * size) / (x + size) }));
}

describe("a curve through quotes", () => {
  it("gives exactly the quoted output at every quoted size", () => {
    const quotes = poolQuotes(1000, 3.2e6, [1, 10, 50, 100, 400]);
    const curve = fitQuotes(quotes);
    for (const { amountIn, amountOut } of quotes) expect(output(curve, amountIn)).toBeCloseTo(amountOut, 6);
    expect(curve.adjusted).toBe(0);
  });

  it("starts at the pool's spot price and follows its marginal price", () => {
    const curve = fitQuotes(poolQuotes(1000, 3.2e6, [0.5, 1, 2, 5, 10, 20, 50, 100]));
    expect(curve.first).toBeCloseTo(3200, 0);
    const last = curve.depth.price.at(-1) ?? 0;
    expect(last).toBeGreaterThan((1000 / 1100) ** 2 * 0.9);
    expect(last).toBeLessThan((1000 / 1050) ** 2);
  });

  it("is flat for a single quote, and ends there", () => {
    const { first, depth } = fitQuotes([{ amountIn: 2, amountOut: 6 }]);
    expect(first).toBe(3);
    expect([...depth.size]).toEqual([0, 2]);
    expect([...depth.price]).toEqual([1, 1]);
  });

  it("pools quotes that would make a larger trade cheaper, and says by how much they moved", () => {
    const curve = fitQuotes([
      { amountIn: 1, amountOut: 90 },
      { amountIn: 2, amountOut: 200 },
      { amountIn: 4, amountOut: 380 },
    ]);
    expect(curve.adjusted).toBe(1);
    expect(curve.worst).toBeCloseTo(100 / 90 - 1, 12);
    expect(output(curve, 2)).toBeCloseTo(200, 9);
  });

  it("ends where more input gives less output", () => {
    const curve = fitQuotes([
      { amountIn: 1, amountOut: 100 },
      { amountIn: 2, amountOut: 150 },
      { amountIn: 3, amountOut: 140 },
    ]);
    expect(curve.depth.size.at(-1)).toBe(2);
    expect(curve.adjusted).toBe(1);
  });

  it("keeps its integral where the price falls at once, after a quote that is tiny beside the next", () => {
    const quotes = [
      { amountIn: 0.001, amountOut: 0.001 },
      { amountIn: 1000000.0009999987, amountOut: 0.002000000000000001 },
      { amountIn: 2000000.0009999978, amountOut: 0.0030000000000000022 },
    ];
    const curve = fitQuotes(quotes);
    for (const { amountIn, amountOut } of quotes)
      expect(output(curve, amountIn) / amountOut).toBeCloseTo(1, 9);
  });

  it("never rises, stays above zero, starts at 1 and keeps its integral, for any quotes", () => {
    const amount = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    const quotes = fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 12 }).map((list) => {
      let [amountIn, amountOut] = [0, 0];
      return list.map(([dx, dy]) => {
        amountIn += dx;
        amountOut += dy;
        return { amountIn, amountOut };
      });
    });
    fc.assert(
      fc.property(quotes, (list) => {
        const curve = fitQuotes(list);
        const { size, price } = curve.depth;
        expect([size[0], price[0]]).toEqual([0, 1]);
        for (let i = 1; i < size.length; i++) {
          expect(size[i]).toBeGreaterThan(size[i - 1]);
          expect(price[i]).toBeLessThanOrEqual(price[i - 1] * (1 + 1e-12));
          expect(price[i]).toBeGreaterThan(0);
        }
        const end = list[list.length - 1];
        expect(output(curve, end.amountIn) / end.amountOut).toBeCloseTo(1, 9);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { generateBook } from "../../src/model/generated-book";

const generator = {
  count: 20_000,
  seed: 1,
  collateral: { WETH: 0.55, wstETH: 0.45 },
  debt: { USDC: 1 },
  loanToValue: { beta: [4, 3] as [number, number], max: 0.8 },
  debtValue: { lognormal: [9, 2.2] as [number, number] },
};
const prices: Record<string, number> = { WETH: 3200, wstETH: 3800, USDC: 1 };
const priceOf = (asset: string) => prices[asset];

function accounts(book: ReturnType<typeof generateBook>) {
  return Array.from({ length: book.length / 2 }, (_, i) => {
    const [held, owed] = [book[2 * i], book[2 * i + 1]];
    const debt = owed.amount * priceOf(owed.asset);
    return { asset: held.asset, debt, loanToValue: debt / (held.amount * priceOf(held.asset)) };
  });
}

describe("a generated book", () => {
  const book = generateBook("listing", generator, priceOf);
  const drawn = accounts(book);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it("has one collateral and one debt an account, with ids that sort", () => {
    expect(book.slice(0, 2)).toMatchObject([
      { account: "listing-000001", side: "collateral" },
      { account: "listing-000001", asset: "USDC", side: "debt" },
    ]);
    expect(book).toHaveLength(40_000);
  });

  it("has the shares it was asked for", () => {
    expect(drawn.filter(({ asset }) => asset === "WETH").length / 20_000).toBeCloseTo(0.55, 1);
  });

  it("has loan-to-values of the scaled beta distribution: mean and variance within 1%", () => {
    const values = drawn.map(({ loanToValue }) => loanToValue / 0.8);
    const variance = mean(values.map((value) => value ** 2)) - mean(values) ** 2;
    expect(mean(values) / (4 / 7)).toBeCloseTo(1, 2);
    expect(variance / ((4 * 3) / (49 * 8))).toBeCloseTo(1, 1);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it("has debt values of the log-normal distribution", () => {
    const logs = drawn.map(({ debt }) => Math.log(debt));
    expect(mean(logs)).toBeCloseTo(9, 1);
    expect(Math.sqrt(mean(logs.map((value) => (value - 9) ** 2)))).toBeCloseTo(2.2, 1);
  });

  it("keeps its first accounts when the count grows", () => {
    expect(generateBook("listing", { ...generator, count: 50 }, priceOf)).toEqual(book.slice(0, 100));
  });

  it("does not depend on the order of the shares, and changes with the seed", () => {
    const turned = { ...generator, count: 50, collateral: { wstETH: 0.45, WETH: 0.55 } };
    expect(generateBook("listing", turned, priceOf)).toEqual(book.slice(0, 100));
    expect(generateBook("listing", { ...turned, seed: 2 }, priceOf)).not.toEqual(book.slice(0, 100));
  });

  it("survives shapes near 0, where gamma variates underflow", () => {
    const loanToValue = { beta: [1e-3, 1e-3] as [number, number], max: 0.8 };
    const values = accounts(generateBook("edge", { ...generator, count: 2000, loanToValue }, priceOf));
    for (const value of values) expect(value.loanToValue).toBeGreaterThanOrEqual(0.001 * (1 - 1e-9));
    const high = values.filter((value) => value.loanToValue > 0.4).length / 2000;
    expect(high).toBeCloseTo(0.5, 1);
  });
});

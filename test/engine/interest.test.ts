import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accrue,
  cancel,
  type InterestTerms,
  payBack,
  poolOf,
  utilisationOf,
} from "../../src/engine/interest/pool";
import { adaptiveRate, kinkedRate } from "../../src/engine/interest/rate-curve";
import { YEAR } from "../../src/engine/year";
import { free, market, model, monteCarlo, reserve, run, shock, pool as venue } from "./kit";

/** Optimal utilisation 90%, slopes of 5.5% and 60%. */
const curve = { kind: "kinked", kink: 0.9, base: 0, below: 0.055 / 0.9, above: 0.6 / 0.1 } as const;

function aave(options: Partial<InterestTerms> = {}): InterestTerms {
  return {
    supplied: 20_000,
    borrowed: 15_500,
    curve,
    reserveFactor: 0.1,
    lendsReserves: true,
    growth: "compounded",
    socialises: false,
    ...options,
  };
}

function afterAccrual(terms: InterestTerms, seconds: number) {
  const pool = poolOf(terms);
  const growth = { debt: 1, supply: 1 };
  accrue(pool, seconds, growth);
  return { pool, growth };
}

describe("a rate of two slopes", () => {
  it.each([
    [0, 0.01],
    [0.45, 0.03],
    [0.9, 0.05],
    [0.95, 0.45],
    [1, 0.85],
  ])("at utilisation %d is %d a year", (utilisation, rate) => {
    const slopes = { kind: "kinked", kink: 0.9, base: 0.01, below: 0.04 / 0.9, above: 8 } as const;
    expect(kinkedRate(slopes, utilisation)).toBeCloseTo(rate, 12);
  });
});

describe("Morpho's adaptive curve", () => {
  it("is the rate at target at 90%, a quarter of it when nothing is lent, four times it when all is", () => {
    expect(adaptiveRate(0.04, 0.9, 0)).toEqual({ rate: 0.04, rateAtTarget: 0.04 });
    expect(adaptiveRate(0.04, 0, 0).rate).toBeCloseTo(0.01, 15);
    expect(adaptiveRate(0.04, 1, 0).rate).toBeCloseTo(0.16, 15);
  });

  it("doubles in about five days when all is lent: e^(50 x 5 / 365) is 1.98", () => {
    expect(adaptiveRate(0.04, 1, 5 / 365).rateAtTarget / 0.04).toBeCloseTo(Math.exp(250 / 365), 12);
  });

  it("keeps the rate at target between 0.1% and 200%", () => {
    expect(adaptiveRate(0.04, 1, 1).rateAtTarget).toBe(2);
    expect(adaptiveRate(0.04, 0, 1).rateAtTarget).toBe(0.001);
  });
});

describe("what is lent of an asset", () => {
  it("owes 16,251.755492 of 15,500 after a year, as recorded of Aave v3.7", () => {
    const { pool } = afterAccrual(aave(), YEAR);
    expect(pool.debt / 16_251.755492).toBeCloseTo(1, 9);
  });

  it("has a utilisation of what is owed over what is supplied, not over their sum", () => {
    expect(utilisationOf(poolOf(aave({ supplied: 100, borrowed: 80 })))).toBe(0.8);
    expect(utilisationOf(poolOf(aave({ supplied: 100, borrowed: 0 })))).toBe(0);
    expect(utilisationOf({ ...poolOf(aave()), debt: 10, supply: 5 })).toBe(1);
  });

  it("pays suppliers and the protocol together what debtors are charged", () => {
    const amounts = fc.tuple(
      fc.double({ min: 1, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    const terms = fc.record({
      amounts,
      factor: fc.double({ min: 0, max: 1, noNaN: true }),
      lends: fc.boolean(),
    });
    fc.assert(
      fc.property(
        terms,
        fc.integer({ min: 1, max: YEAR }),
        ({ amounts: [supplied, share], factor, lends }, seconds) => {
          const borrowed = supplied * share;
          const own = aave({ supplied, borrowed, reserveFactor: factor, lendsReserves: lends });
          const { pool, growth } = afterAccrual(own, seconds);
          const charged = pool.debt - borrowed;
          const earned = supplied * (growth.supply - 1);
          expect(Math.abs(charged * (1 - factor) - earned)).toBeLessThanOrEqual(1e-12 * supplied);
          const added = pool.supply - supplied;
          expect(Math.abs(added - (lends ? charged : earned))).toBeLessThanOrEqual(1e-12 * supplied);
        },
      ),
    );
  });

  it("lends repaid debt again, and keeps utilisation when suppliers bear a debt", () => {
    const pool = poolOf(aave({ supplied: 100, borrowed: 80 }));
    payBack(pool, 30);
    expect(utilisationOf(pool)).toBe(0.5);
    cancel(pool, 10);
    expect([pool.supply, pool.deficit, utilisationOf(pool)]).toEqual([100, 10, 40 / 90]);
    const shared = poolOf(aave({ supplied: 100, borrowed: 80, socialises: true }));
    cancel(shared, 30);
    expect([shared.supply, shared.deficit, utilisationOf(shared)]).toEqual([70, 0, 50 / 70]);
  });

  it("comes to the same however time is divided, the finer the nearer", () => {
    const owedIn = (parts: number) => {
      const pool = poolOf(aave());
      const growth = { debt: 1, supply: 1 };
      for (let i = 0; i < parts; i++) accrue(pool, (30 * 86_400) / parts, growth);
      return pool.debt;
    };
    const fine = owedIn(4096);
    expect(Math.abs(owedIn(64) - fine)).toBeLessThan(Math.abs(owedIn(16) - fine) / 3);
    expect(Math.abs(owedIn(64) / fine - 1)).toBeLessThan(1e-6);
  });
});

const DAY = 86_400;

/** A borrower of dollars against ether; nothing moves but time. */
function loan(interest: InterestTerms | undefined, debt = 7000, collateralInterest?: InterestTerms) {
  return model({
    assets: [free("WETH", 1000), free("USDC", 1, 0, 6)],
    venues: [venue(0, 1, [1e5, 1e8])],
    markets: [
      market(
        "aave-v3.3",
        [reserve(0, { interest: collateralInterest }), reserve(1, { threshold: 0, interest })],
        [{ account: "a", collateral: { 0: 10 }, debt: { 1: debt } }],
      ),
    ],
  });
}

describe("interest over a scenario", () => {
  const still = shock([0, 0], { hold: 30 * DAY });

  it("is added to the debt for the whole of the horizon, no more and no less", () => {
    const fixed = aave({ curve: { kind: "kinked", kink: 0.9, base: 0.1, below: 0, above: 0 } });
    const { flows } = run(loan(fixed), still).markets[0];
    expect(flows[1].debtEnd[0] / (7000 * Math.exp((0.1 * 30) / 365))).toBeCloseTo(1, 9);
    expect(flows[0].collateralEnd[0]).toBe(10);
    const { flows: drawn } = run(loan(fixed), monteCarlo({ paths: 2, horizon: 30 * DAY, step: 7 * 3600 }))
      .markets[0];
    expect(drawn[1].debtEnd[0] / (7000 * Math.exp((0.1 * 30) / 365))).toBeCloseTo(1, 9);
  });

  it("follows the utilisation of all that is supplied and owed, passive or not", () => {
    const interestAt = (supplied: number) =>
      run(loan(aave({ supplied })), still).markets[0].flows[1].debtInterest[0];
    expect(interestAt(16_000)).toBeGreaterThan(5 * interestAt(20_000));
    expect(interestAt(20_000)).toBeGreaterThan(1.9 * interestAt(40_000));
  });

  it("lets a loan that is near its threshold be liquidated by time alone, and then not accrue on what was repaid", () => {
    const steep = aave({ curve: { kind: "kinked", kink: 0.9, base: 1, below: 0, above: 0 } });
    const { liquidatedAccounts, flows } = run(loan(steep, 7990), still).markets[0];
    expect(liquidatedAccounts[0]).toBe(1);
    const unpaid = run({ ...loan(steep, 7990), liquidators: [] }, still).markets[0];
    expect(unpaid.liquidatedAccounts[0]).toBe(0);
    expect(flows[1].debtInterest[0]).toBeLessThan(unpaid.flows[1].debtInterest[0] - 100);
  });

  it("that collateral earns keeps an account healthy", () => {
    const steep = aave({ curve: { kind: "kinked", kink: 0.9, base: 0.2, below: 0, above: 0 } });
    const earning = aave({
      ...steep,
      supplied: 20,
      borrowed: 18,
      curve: { kind: "kinked", kink: 0.9, base: 0.5, below: 0, above: 0 },
    });
    expect(run(loan(steep, 7950), still).markets[0].liquidatedAccounts[0]).toBe(1);
    expect(run(loan(steep, 7950, earning), still).markets[0].liquidatedAccounts[0]).toBe(0);
  });

  it("changes nothing where there is none", () => {
    expect(run(loan(aave({ curve: { ...curve, below: 0, above: 0 } })), still)).toEqual(
      run(loan(undefined), still),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bufferToBonus, liquidationPenalty, maximumLeverage } from "../../src/insight/derived";

const share = fc.double({ min: 0, max: 0.99, noNaN: true });

describe("the maximum leverage", () => {
  it("is the limit of buying with what was borrowed, again and again", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), (ltv) => {
        let held = 0;
        for (let round = 0, bought = 1; round < 2000; round++, bought *= ltv) held += bought;
        expect(maximumLeverage(ltv)).toBeCloseTo(held, 6);
      }),
    );
  });
});

describe("the buffer to bonus", () => {
  it("is the fall after which collateral is just worth the debt and the bonus", () => {
    fc.assert(
      fc.property(share, share, (threshold, bonus) => {
        const debt = threshold;
        expect(1 - bufferToBonus(threshold, bonus)).toBeCloseTo(debt * (1 + bonus), 12);
      }),
    );
  });
});

describe("the penalty", () => {
  it("of the borrower is what the liquidator and the treasury get", () => {
    fc.assert(
      fc.property(share, share, (bonus, fee) => {
        const { borrower, liquidator, treasury } = liquidationPenalty(bonus, fee);
        expect(liquidator + treasury).toBeCloseTo(borrower, 12);
        expect(treasury).toBeCloseTo(bonus * fee, 12);
      }),
    );
  });
});

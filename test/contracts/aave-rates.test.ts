import fc from "fast-check";
import type { Hex } from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { accrue, poolOf, utilisationOf } from "../../src/engine/interest/pool";
import { kinkedRate } from "../../src/engine/interest/rate-curve";
import { aaveV30 } from "../../src/engine/markets/aave-v3.0";
import { toUnits } from "../../src/engine/markets/integer-units";
import { YEAR } from "../../src/engine/year";
import { artifact } from "./aave-v3.0.2";
import { type Chain, type Contract, newChain, OWNER } from "./evm";

const RAY = 27;
/** Holds what is supplied and not lent. */
const A_TOKEN = "0x000000000000000000000000000000000000a70c";

let chain: Chain;
let provider: Contract;
beforeAll(async () => {
  chain = await newChain();
  provider = await chain.deploy(artifact("protocol/configuration/PoolAddressesProvider"), ["test", OWNER]);
});

const share = (most: number) => fc.integer({ min: 0, max: most }).map((bps) => bps / 1e4);

/** Rates and shares in whole basis points, as governance sets them. */
const reserves = fc.record({
  optimal: fc.integer({ min: 100, max: 9900 }).map((bps) => bps / 1e4),
  base: share(500),
  slope1: share(2000),
  slope2: share(30_000),
  reserveFactor: share(9000),
  supplied: fc.integer({ min: 1, max: 1e9 }),
  lent: share(10_000),
});

type Terms = typeof reserves extends fc.Arbitrary<infer T> ? T : never;

/** Rates a year that the contract gives to suppliers and asks of debtors. */
async function onChain({ optimal, base, slope1, slope2, reserveFactor, supplied }: Terms, borrowed: number) {
  const rays = [optimal, base, slope1, slope2].map((value) => toUnits(value, RAY));
  return chain.rehearse(async () => {
    const strategy = await chain.deploy(artifact("protocol/pool/DefaultReserveInterestRateStrategy"), [
      provider.address,
      ...rays,
      0n,
      0n,
      0n,
      0n,
      0n,
    ]);
    const token = await chain.deploy(artifact("mocks/tokens/MintableERC20"), ["T", "T", 18]);
    const all = toUnits(supplied, 18);
    const debt = toUnits(borrowed, 18);
    await chain.send(A_TOKEN, token, "mint", [all - debt]);
    const [liquidity, , variable] = (await chain.send(OWNER, strategy, "calculateInterestRates", [
      {
        unbacked: 0n,
        liquidityAdded: 0n,
        liquidityTaken: 0n,
        totalStableDebt: 0n,
        totalVariableDebt: debt,
        averageStableBorrowRate: 0n,
        reserveFactor: toUnits(reserveFactor, 4),
        reserve: token.address,
        aToken: A_TOKEN as Hex,
      },
    ])) as [bigint, bigint, bigint];
    return { supply: Number(liquidity) / 1e27, borrow: Number(variable) / 1e27 };
  });
}

function inEngine({ optimal, base, slope1, slope2, reserveFactor, supplied }: Terms, borrowed: number) {
  const rate = { optimal, base, slope1, slope2 };
  const entry = { reserves: { T: { oracle: "t", supplied, borrowed, reserveFactor, rate } } };
  const [{ interest }] = aaveV30.terms(entry as never, { asset: () => 0, oracle: () => 0 }).reserves;
  if (interest?.curve.kind !== "kinked") throw new Error("The reserve has no rate.");
  return interest as typeof interest & { curve: { kind: "kinked" } };
}

describe("Aave's interest rate strategy (npm @aave/core-v3) and the reserves' rates", () => {
  it("ask and give the same", async () => {
    await fc.assert(
      fc.asyncProperty(reserves, async (terms) => {
        const borrowed = Number((terms.supplied * terms.lent).toFixed(4));
        const { supply, borrow } = await onChain(terms, borrowed);
        const interest = inEngine(terms, borrowed);
        const pool = poolOf(interest);
        const near = (a: number, b: number, tolerance: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.abs(b) + 1e-15);
        near(kinkedRate(interest.curve, utilisationOf(pool)), borrow, 1e-9);
        // In an hour the contract lets supply grow linearly: debts are charged interest on interest beside it.
        const growth = { debt: 1, supply: 1 };
        const hours = 1 / (365 * 24);
        accrue(pool, hours * YEAR, growth);
        const compounding = borrow * hours + 1e-9;
        expect(Math.abs(growth.supply - 1 - supply * hours)).toBeLessThanOrEqual(
          compounding * supply * hours + 1e-15,
        );
      }),
      { numRuns: 200 },
    );
  });
});

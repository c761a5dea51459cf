import fc from "fast-check";
import { decodeEventLog, isAddressEqual, zeroAddress } from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { toUnits } from "../../src/engine/markets/integer-units";
import { incentiveOf, morphoBlue } from "../../src/engine/markets/morpho-blue";
import { bookOf, free, model, reserve } from "../engine/kit";
import { accountOf, expectUnits, liquidate } from "../engine/liquidation";
import { newChain } from "./evm";
import {
  BORROWER,
  deployMorpho,
  LIQUIDATOR,
  type MarketParams,
  type MorphoPool,
  openMarket,
} from "./morpho-blue";

const DECIMALS = [6, 8, 18];

/** Decimal texts, each the shortest form of its double: the contract and the engine get the same numbers. */
interface Position {
  readonly lltv: string;
  readonly decimals: { readonly collateral: number; readonly loan: number };
  /** Of the collateral in the loan. */
  readonly price: string;
  readonly collateral: string;
  readonly debt: string;
  /** Undefined: as much as there is. */
  readonly wanted?: string;
}

const units = (text: string, decimals: number) => toUnits(Number(text), decimals);
const rounded = (amount: number, decimals: number) => String(Number(amount.toFixed(Math.min(decimals, 8))));

/** In units of the loan: what the contract takes the collateral to carry. */
function capacityOf({ lltv, decimals, price, collateral }: Omit<Position, "debt">): bigint {
  const scaled = units(price, 36 + decimals.loan - decimals.collateral);
  const worth = (units(collateral, decimals.collateral) * scaled) / 10n ** 36n;
  return (worth * units(lltv, 18)) / 10n ** 18n;
}

/** A share of what the collateral carries, or a number of units that the debt is off it. */
const owed = fc.oneof(
  fc.double({ min: 0.9, max: 1.7, noNaN: true }).map((share) => ({ share, off: 0 })),
  fc.constantFrom(-2, -1, 0, 0, 1, 2).map((off) => ({ share: 1, off })),
);

const position: fc.Arbitrary<Position> = fc
  .record({
    lltv: fc.constantFrom("0.385", "0.625", "0.77", "0.86", "0.915", "0.945", "0.965", "0.98"),
    collateralDecimals: fc.constantFrom(...DECIMALS),
    loanDecimals: fc.constantFrom(...DECIMALS),
    worth: fc.double({ min: 2, max: 6, noNaN: true }),
    price: fc.double({ min: -2, max: 4, noNaN: true }),
    owed,
    wanted: fc.option(fc.double({ min: 0.01, max: 0.99, noNaN: true })),
  })
  .map(({ lltv, collateralDecimals, loanDecimals, worth, price: exponent, owed: { share, off }, wanted }) => {
    const decimals = { collateral: collateralDecimals, loan: loanDecimals };
    const price = (10 ** exponent).toPrecision(10);
    const collateral = rounded(10 ** worth / Number(price), decimals.collateral);
    const terms = { lltv, decimals, price: String(Number(price)), collateral };
    // Eight decimals at most, so that the debt has one shortest form.
    const step = 10n ** BigInt(Math.max(0, loanDecimals - 8));
    const capacity = capacityOf(terms);
    const exact =
      off === 0 && share !== 1 ? BigInt(Math.round(Number(capacity) * share)) : capacity + BigInt(off) * step;
    const debt = rounded(Number(exact / step) / 10 ** Math.min(loanDecimals, 8), loanDecimals);
    return {
      ...terms,
      debt,
      wanted: wanted === null ? undefined : rounded(Number(debt) * wanted, loanDecimals),
    };
  })
  .filter(({ debt, wanted }) => Number(debt) > 0 && wanted !== "0");

let pool: MorphoPool;
beforeAll(async () => {
  pool = await deployMorpho(await newChain(), DECIMALS);
});

interface Liquidation {
  readonly repaidAssets: bigint;
  readonly seizedAssets: bigint;
  readonly badDebtAssets: bigint;
}

/** Borrows at ten times the price and liquidates at the price: by shares of the debt, or the whole collateral. */
async function onChain({ lltv, decimals, price, collateral, debt, wanted }: Position) {
  const { chain, morpho, oracle } = pool;
  const market: MarketParams = {
    loanToken: pool.loan.get(decimals.loan)!.address,
    collateralToken: pool.collateral.get(decimals.collateral)!.address,
    oracle: oracle.address,
    irm: zeroAddress,
    lltv: units(lltv, 18),
  };
  const scaled = units(price, 36 + decimals.loan - decimals.collateral);
  const [pledged, owing] = [units(collateral, decimals.collateral), units(debt, decimals.loan)];
  return chain.rehearse(async () => {
    await openMarket(pool, market);
    await chain.send(BORROWER, oracle, "setPrice", [10n * scaled]);
    await chain.send(BORROWER, morpho, "supplyCollateral", [market, pledged, BORROWER, "0x"]);
    await chain.send(BORROWER, morpho, "borrow", [market, owing, 0n, BORROWER, BORROWER]);
    await chain.send(BORROWER, oracle, "setPrice", [scaled]);
    const shares = wanted === undefined ? owing : units(wanted, decimals.loan);
    const call = (seize: bigint, repay: bigint) =>
      chain.attempt(LIQUIDATOR, morpho, "liquidate", [market, BORROWER, seize, repay * 1_000_000n, "0x"]);
    const byDebt = await call(0n, shares);
    // More debt than the collateral pays is a panic: then all of the collateral is asked for.
    const answer = byDebt.revert === "Panic" ? await call(pledged, 0n) : byDebt;
    if (answer.revert !== undefined) return { revert: answer.revert };
    for (const { address, topics, data } of answer.logs) {
      if (!isAddressEqual(address, morpho.address)) continue;
      const event = decodeEventLog({ abi: morpho.abi, topics: topics as [], data });
      if (event.eventName === "Liquidate") return { event: event.args as unknown as Liquidation };
    }
    throw new Error("There was no liquidation.");
  });
}

function inEngine({ lltv, decimals, price, collateral, debt, wanted }: Position) {
  const threshold = Number(lltv);
  const lending = {
    unit: 1,
    emodes: [],
    reserves: [
      reserve(0, { threshold, bonus: incentiveOf(threshold) }),
      reserve(1, { oracle: -1, threshold: 0, bonus: 0 }),
    ],
  };
  const book = bookOf([{ account: "a", collateral: { 0: Number(collateral) }, debt: { 1: Number(debt) } }]);
  const from = model({
    assets: [free("C", Number(price), 0, decimals.collateral), free("L", 1, 0, decimals.loan)],
    markets: [{ name: "m", rules: "morpho-blue", lending, book }],
  });
  const account = accountOf(from, [Number(price), 1]);
  return liquidate(morphoBlue, account, { collateral: 0, debt: 1 }, Number(wanted ?? "Infinity"));
}

describe("Morpho Blue's bytecode (sources of npm @morpho-org/morpho-blue) and the rule set morpho-blue", () => {
  it("agree on 200 random positions of 6, 8 and 18 decimals, on and around the boundary", async () => {
    let liquidated = 0;
    await fc.assert(
      fc.asyncProperty(position, async (each) => {
        const real = await onChain(each);
        const outcome = inEngine(each);
        if (real.revert !== undefined) expect(real.revert).toBe("position is healthy");
        expect(outcome === undefined).toBe(real.revert !== undefined);
        if (!outcome || !real.event) return;
        liquidated++;
        const { decimals, price } = each;
        const loanUnit = 10 ** -decimals.loan;
        const collateralUnit = 10 ** -decimals.collateral;
        const { repaidAssets, seizedAssets, badDebtAssets } = real.event;
        expectUnits(outcome.repaid, repaidAssets, decimals.loan, "repaid", collateralUnit * Number(price));
        expectUnits(outcome.received, seizedAssets, decimals.collateral, "seized", loanUnit / Number(price));
        const badDebt = outcome.deficit.get(1) ?? 0;
        expectUnits(badDebt, badDebtAssets, decimals.loan, "bad debt", collateralUnit * Number(price));
        expect(badDebt > 0).toBe(badDebtAssets > 0n);
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(liquidated).toBeGreaterThan(60);
  });
});

import fc from "fast-check";
import { decodeEventLog, isAddressEqual, maxUint256 } from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { aaveV30 } from "../../src/engine/markets/aave-v3.0";
import { toUnits } from "../../src/engine/markets/integer-units";
import { free, market, model, reserve } from "../engine/kit";
import { accountOf, expectUnits, liquidate, pairOf } from "../engine/liquidation";
import { type AavePool, BORROWER, deployAave, EMODE, LIQUIDATOR, type Listing } from "./aave-v3.0.2";
import { newChain } from "./evm";

const listing = (
  symbol: string,
  decimals: number,
  price: number,
  [threshold, bonus, protocolFee]: readonly [number, number, number],
  inEmode = false,
): Listing & { price: number } => ({
  symbol,
  decimals,
  price,
  ltv: threshold - 250,
  threshold,
  bonus,
  protocolFee,
  inEmode,
});

/** The first four are collateral, any other than an account's collateral may be its debt. */
const listings = [
  listing("WETH", 18, 2000, [8250, 10500, 1000], true),
  listing("wstETH", 18, 2300, [8103, 10633, 1000], true),
  listing("WBTC", 8, 40_000, [7800, 11000, 2000]),
  listing("USDC", 6, 1, [8500, 10450, 0]),
  listing("USDT", 6, 1, [7500, 10500, 1000]),
  listing("DAI", 18, 1, [7701, 10400, 1000], true),
];
const emode = { ltv: 9300, threshold: 9500, bonus: 10100 };
const DAI = 5;

/** Decimal texts, each the shortest form of its double: the contract and the engine get the same numbers. */
interface Position {
  readonly prices: readonly string[];
  readonly collateral: ReadonlyMap<number, string>;
  readonly debt: ReadonlyMap<number, string>;
  readonly inEmode: boolean;
  readonly pair: { readonly collateral: number; readonly debt: number };
  /** Undefined: as much as is allowed. */
  readonly wanted?: string;
}

const units = (text: string, decimals: number) => toUnits(Number(text), decimals);
const text = (amount: number, digits: number) => String(Number(amount.toFixed(digits)));
const amountOf = (value: number, asset: number, price: string) =>
  text(Math.max(value / Number(price), 1e-5), Math.min(listings[asset].decimals, 8));
const thresholdOf = (asset: number, inEmode: boolean) =>
  inEmode && listings[asset].inEmode ? emode.threshold : listings[asset].threshold;

/** In dollars with 8 decimals: what the contract takes a position's collateral to carry. */
function capacityOf(collateral: ReadonlyMap<number, string>, prices: readonly string[], inEmode: boolean) {
  const values = [...collateral].map(([asset, amount]) => {
    const { decimals } = listings[asset];
    const value = (units(amount, decimals) * units(prices[asset], 8)) / 10n ** BigInt(decimals);
    return { value, weighted: value * BigInt(thresholdOf(asset, inEmode)) };
  });
  const total = values.reduce((sum, { value }) => sum + value, 0n);
  const average = values.reduce((sum, { weighted }) => sum + weighted, 0n) / total;
  return (total * average + 5000n) / 10_000n;
}

/** A health factor, or a number of 1e-8 dollars by which the debt misses the one at a boundary. */
const health = fc.oneof(
  fc.double({ min: 0.55, max: 1.1, noNaN: true }).map((at) => ({ at, off: undefined })),
  fc.record({ at: fc.constantFrom(1, 0.95), off: fc.constantFrom(-2, -1, 0, 0, 1, 2) }),
);

const position: fc.Arbitrary<Position> = fc
  .record({
    held: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
    values: fc.array(fc.double({ min: 2, max: 6, noNaN: true }), { minLength: 3, maxLength: 3 }),
    moves: fc.array(fc.double({ min: 0.6, max: 1.5, noNaN: true }), { minLength: 6, maxLength: 6 }),
    other: fc.option(fc.nat(4)),
    split: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    health,
    emode: fc.boolean(),
    choice: fc.tuple(fc.nat(5), fc.nat(1)),
    wanted: fc.option(fc.double({ min: 0.001, max: 1.2, noNaN: true })),
  })
  .map(({ held, values, moves, other, split, health: { at, off }, emode: wish, choice, wanted }) => {
    const prices = listings.map(({ price }, i) => text(i === DAI ? 1 : price * moves[i], 8));
    const collateral = new Map(
      held.map((asset, i) => [asset, amountOf(10 ** values[i], asset, prices[asset])]),
    );
    const second = other === null || held.includes(other) ? undefined : other;
    const inEmode = wish && (second === undefined || listings[second].inEmode);
    const capacity = capacityOf(collateral, prices, inEmode);
    const debt = new Map<number, string>();
    let owed = 0n;
    if (second !== undefined) {
      const amount = amountOf((Number(capacity) * split) / at / 1e8, second, prices[second]);
      const { decimals } = listings[second];
      debt.set(second, amount);
      owed = (units(amount, decimals) * units(prices[second], 8)) / 10n ** BigInt(decimals);
    }
    const total =
      off === undefined ? BigInt(Math.round(Number(capacity) / at)) : (capacity * 100n) / BigInt(at * 100);
    const dollars = total + BigInt(off ?? 0) - owed;
    if (dollars > 0n) debt.set(DAI, text(Number(dollars) / 1e8, 8));
    const pair = { collateral: held[choice[0] % held.length], debt: [...debt.keys()][choice[1] % debt.size] };
    const part = wanted === null ? undefined : wanted * Number(debt.get(pair.debt));
    const least = 10 ** -Math.min(listings[pair.debt].decimals, 8);
    return {
      prices,
      collateral,
      debt,
      inEmode,
      pair,
      wanted:
        part === undefined
          ? undefined
          : text(Math.max(part, least), Math.min(listings[pair.debt].decimals, 8)),
    };
  })
  .filter(({ debt }) => debt.size > 0);

let aave: AavePool;
beforeAll(async () => {
  aave = await deployAave(await newChain(), listings, emode);
});

/** Opens the position while its collateral is worth 2.5 times as much, and liquidates it at its prices. */
async function onChain({ prices, collateral, debt, inEmode, pair, wanted }: Position) {
  const { chain, pool, oracle, tokens, aTokens, debtTokens } = aave;
  const amountIn = (asset: number, amount: string) => units(amount, listings[asset].decimals);
  const setPrices = async (factor: bigint) => {
    for (const [i, price] of prices.entries()) {
      const value = (units(price, 8) * (collateral.has(i) ? factor : 2n)) / 2n;
      await chain.send(BORROWER, oracle, "setAssetPrice", [tokens[i].address, value]);
    }
  };
  return chain.rehearse(async () => {
    await setPrices(5n);
    for (const [asset, amount] of collateral)
      await chain.send(BORROWER, pool, "supply", [
        tokens[asset].address,
        amountIn(asset, amount),
        BORROWER,
        0,
      ]);
    if (inEmode) await chain.send(BORROWER, pool, "setUserEMode", [EMODE]);
    for (const [asset, amount] of debt)
      await chain.send(BORROWER, pool, "borrow", [
        tokens[asset].address,
        amountIn(asset, amount),
        2n,
        0,
        BORROWER,
      ]);
    await setPrices(2n);
    const cover = wanted === undefined ? maxUint256 : amountIn(pair.debt, wanted);
    const [taken, paid] = [tokens[pair.collateral].address, tokens[pair.debt].address];
    const answer = await chain.attempt(LIQUIDATOR, pool, "liquidationCall", [
      taken,
      paid,
      BORROWER,
      cover,
      false,
    ]);
    if (answer.revert !== undefined) return { revert: answer.revert };
    const balance = (of: (typeof tokens)[number]) => chain.send(BORROWER, of, "balanceOf", [BORROWER]);
    return {
      event: liquidationEvent(answer.logs),
      collateralLeft: (await balance(aTokens[pair.collateral])) as bigint,
      debtLeft: (await balance(debtTokens[pair.debt])) as bigint,
    };
  });
}

interface LiquidationEvent {
  readonly debtToCover: bigint;
  readonly liquidatedCollateralAmount: bigint;
}

function liquidationEvent(logs: Awaited<ReturnType<AavePool["chain"]["attempt"]>>["logs"]): LiquidationEvent {
  for (const { address, topics, data } of logs) {
    if (!isAddressEqual(address, aave.pool.address)) continue;
    const event = decodeEventLog({ abi: aave.pool.abi, topics: topics as [], data });
    if (event.eventName === "LiquidationCall") return event.args as unknown as LiquidationEvent;
  }
  throw new Error("There was no liquidation.");
}

function inEngine({ prices, collateral, debt, inEmode, pair, wanted }: Position) {
  const numbers = (amounts: ReadonlyMap<number, string>) =>
    Object.fromEntries([...amounts].map(([asset, amount]) => [asset, Number(amount)]));
  const category = {
    name: "e",
    collateral: listings.flatMap((each, i) => (each.inEmode ? [i] : [])),
    threshold: emode.threshold / 1e4,
    bonus: emode.bonus / 1e4 - 1,
  };
  const reserves = listings.map(({ threshold, bonus, protocolFee }, i) =>
    reserve(i, { threshold: threshold / 1e4, bonus: bonus / 1e4 - 1, protocolFee: protocolFee / 1e4 }),
  );
  const holding = {
    account: "a",
    collateral: numbers(collateral),
    debt: numbers(debt),
    emode: inEmode ? 0 : -1,
  };
  const from = model({
    assets: listings.map(({ symbol, decimals }, i) => free(symbol, Number(prices[i]), 0, decimals)),
    markets: [market("aave-v3.0", reserves, [holding], { emodes: [category] })],
  });
  const account = accountOf(from, prices.map(Number));
  const legs = pairOf(account, pair.collateral, pair.debt);
  const outcome = liquidate(aaveV30, account, legs, Number(wanted ?? "Infinity"));
  return { outcome, collateralLeft: account.amount[legs.collateral], debtLeft: account.amount[legs.debt] };
}

describe("Aave V3.0.2's bytecode (npm @aave/core-v3) and the rule set aave-v3.0", () => {
  it("agree on 200 random positions: one to three collaterals, one or two debts, on and around each boundary", async () => {
    let liquidated = 0;
    await fc.assert(
      fc.asyncProperty(position, async (each) => {
        const real = await onChain(each);
        const { outcome, collateralLeft, debtLeft } = inEngine(each);
        if (real.revert !== undefined) expect(real.revert).toBe("45");
        expect(outcome === undefined).toBe(real.revert !== undefined);
        if (!outcome || real.revert !== undefined) return;
        liquidated++;
        const { pair, prices } = each;
        const [taken, paid] = [listings[pair.collateral], listings[pair.debt]];
        const granule = 10 ** -paid.decimals * (Number(prices[pair.debt]) / Number(prices[pair.collateral]));
        const back = 10 ** -taken.decimals / (Number(prices[pair.debt]) / Number(prices[pair.collateral]));
        const { debtToCover, liquidatedCollateralAmount } = real.event;
        expectUnits(outcome.repaid, debtToCover, paid.decimals, "debt covered", back);
        expectUnits(outcome.received, liquidatedCollateralAmount, taken.decimals, "received", granule);
        expectUnits(collateralLeft, real.collateralLeft, taken.decimals, "collateral left", granule);
        expectUnits(debtLeft, real.debtLeft, paid.decimals, "debt left", back);
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(liquidated).toBeGreaterThan(60);
  });
});

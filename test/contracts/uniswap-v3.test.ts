import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tick } from "../../src/data/ticks";
import { toUnits } from "../../src/engine/markets/integer-units";
import {
  centreVenue,
  type Fill,
  settleVenue,
  spotOf,
  tradeOn,
  type VenueState,
  venueState,
} from "../../src/engine/venues/venue-state";
import { curveOfTicks } from "../../src/model/concentrated-curve";
import { pool } from "../engine/kit";
import { OWNER } from "./evm";
import { deployPools, type Fee, type Pools, SPACINGS } from "./uniswap-v3";

let deployed: Pools;
beforeAll(async () => {
  deployed = await deployPools();
});

const log = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true }).map((exponent) => 10 ** exponent);

/** Positions in spacings of ticks from the price, as multiples of a liquidity, and swaps as shares of what they hold. */
const cases = fc.record({
  decimals: fc.tuple(fc.constantFrom(6, 8, 18), fc.constantFrom(6, 8, 18)),
  tradesToken0: fc.boolean(),
  fee: fc.constantFrom<Fee[]>(500, 3000, 10000),
  /** Units of token1 per unit of token0. */
  price: log(-4, 5),
  liquidity: log(4, 8),
  positions: fc.array(
    fc.record({
      low: fc.integer({ min: -30, max: 10 }),
      width: fc.integer({ min: 1, max: 40 }),
      times: log(-1, 1),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  swaps: fc.array(fc.record({ zeroForOne: fc.boolean(), share: log(-4, 0.3) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

interface Position {
  readonly lower: number;
  readonly upper: number;
  readonly liquidity: bigint;
}

/** The root of a price in base units, as the contract keeps it; what doubles do not have of it is 0. */
function rootOf({ price, decimals: [first, second] }: Case): bigint {
  return BigInt(Math.floor(Math.sqrt(price * 10 ** (second - first)) * 2 ** 64)) << 32n;
}

function positionsOf(
  { positions, fee, liquidity, decimals: [first, second] }: Case,
  root: bigint,
): Position[] {
  const spacing = SPACINGS[fee];
  const tick = Math.floor((2 * Math.log(Number(root) / 2 ** 96)) / Math.log(1.0001) / spacing);
  return positions.map(({ low, width, times }) => ({
    lower: (tick + low) * spacing,
    upper: (tick + low + width) * spacing,
    liquidity: BigInt(Math.round(times * liquidity * 10 ** ((first + second) / 2))),
  }));
}

/** As the contract keeps them and a ticks file lists them. */
function ticksOf(positions: readonly Position[]): Tick[] {
  const net = new Map<number, bigint>();
  const add = (tick: number, liquidity: bigint) => net.set(tick, (net.get(tick) ?? 0n) + liquidity);
  for (const { lower, upper, liquidity } of positions) {
    add(lower, liquidity);
    add(upper, -liquidity);
  }
  const ticks = [...net].map(([tick, liquidityNet]) => ({ tick, liquidityNet }));
  return ticks.sort((a, b) => a.tick - b.tick);
}

/** The venue that a risk file with these ticks has, at the price of the pool. */
function venueOf({ decimals, tradesToken0, fee }: Case, ticks: readonly Tick[], price: number): VenueState {
  const curve = curveOfTicks(ticks, { decimals, tradesToken0 });
  const share = fee / 1e6;
  const state = venueState(pool(0, 1, [1, 1], { curve, sellFee: share, buyFee: share }));
  centreVenue(state, Float64Array.of(tradesToken0 ? price : 1 / price, 1));
  return state;
}

interface Swapped {
  readonly paid: bigint;
  readonly received: bigint;
}

/** Swaps in the contract until the amount or the pool's liquidity is used up; undefined where it has none that way. */
async function swapInPool(
  fee: Fee,
  ticks: readonly Tick[],
  order: { readonly zeroForOne: boolean; readonly units: bigint },
): Promise<Swapped | undefined> {
  const { chain, trader, pools } = deployed;
  const end = 1.0001 ** (ticks.at(order.zeroForOne ? 0 : -1)!.tick / 2) * 2 ** 96;
  const limit = BigInt(Math.floor(end * (1 + (order.zeroForOne ? -BEYOND : BEYOND))));
  const before = await rootInPool(fee);
  if (order.zeroForOne ? before <= limit : before >= limit) return undefined;
  const args = [pools[fee].address, order.zeroForOne, order.units, limit];
  const amounts = (await chain.send(OWNER, trader, "swap", args)) as [bigint, bigint];
  const [paid, received] = order.zeroForOne ? amounts : amounts.toReversed();
  return { paid, received: -received };
}

/** Without liquidity the contract's price runs on to the limit; so far beyond the last tick it is the tick's own. */
const BEYOND = 1e-10;

async function rootInPool(fee: Fee): Promise<bigint> {
  const [root] = (await deployed.chain.send(OWNER, deployed.pools[fee], "slot0")) as [bigint];
  return root;
}

function swapOnVenue(
  state: VenueState,
  selling: boolean,
  amount: number,
): { paid: number; received: number } {
  const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
  const kept = 1 - state.venue.sellFee;
  tradeOn(state, selling, amount * kept, fill);
  settleVenue(state, fill);
  centreVenue(state, Float64Array.of(state.mid * Math.exp(state.transient), 1));
  return { paid: amount - fill.unfilled / kept, received: fill.out };
}

/**
 * Equal to a relative 1e-9, or to what the contract rounds: each step of a swap, from tick to tick, rounds what comes in
 * up and what goes out down to a unit, and what one swap rounds is in the pool for the next.
 */
function expectClose(mine: number, units: bigint, decimals: number, allowed: number, what: string): void {
  const theirs = Number(units) / 10 ** decimals;
  if (!(Math.abs(mine - theirs) <= Math.max(1e-9 * theirs, allowed)))
    expect.fail(`${what}: ${mine}, the contract has ${theirs}`);
}

/** Units between a price and one some last bits of a double from it: so close to a tick, a double may be at it. */
function nearest({ positions, liquidity }: Case, unitsPerLiquidity: number): number {
  const whole = positions.reduce((sum, { times }) => sum + times, 0) * liquidity;
  return 8 * Number.EPSILON * whole * unitsPerLiquidity;
}

async function compare(given: Case): Promise<void> {
  const { decimals, fee, tradesToken0, swaps, liquidity } = given;
  const { chain, trader, pools } = deployed;
  const scale = 10 ** (decimals[0] - decimals[1]);
  const start = rootOf(given);
  const positions = positionsOf(given, start);
  const ticks = ticksOf(positions);
  await chain.send(OWNER, pools[fee], "initialize", [start]);
  for (const { lower, upper, liquidity: amount } of positions)
    await chain.send(OWNER, trader, "mint", [pools[fee].address, lower, upper, amount]);
  const state = venueOf(given, ticks, (Number(start) / 2 ** 96) ** 2 * scale);
  for (const [i, { zeroForOne, share }] of swaps.entries()) {
    const what = `swap ${i} of ${JSON.stringify(given)}`;
    const [from, to] = zeroForOne ? decimals : decimals.toReversed();
    const root = Math.sqrt(given.price);
    const reach = 30 * SPACINGS[fee] * 5e-5 * liquidity;
    const units = toUnits(share * reach * (zeroForOne ? 1 / root : root), from);
    fc.pre(units > 0n);
    const theirs = await swapInPool(fee, ticks, { zeroForOne, units });
    const mine = swapOnVenue(state, zeroForOne === tradesToken0, Number(units) / 10 ** from);
    const steps = (i + 1) * (ticks.length + 3);
    const price = (Number(await rootInPool(fee)) / 2 ** 96) ** 2 * scale;
    const rate = zeroForOne ? price : 1 / price;
    const rounding = steps * (10 ** -from + 10 ** -to / rate) + nearest(given, zeroForOne ? 1 / root : root);
    expectClose(mine.paid, theirs?.paid ?? 0n, from, rounding, what);
    expectClose(mine.received, theirs?.received ?? 0n, to, rounding * rate, what);
    const least = Math.min(...given.positions.map(({ times }) => times)) * liquidity;
    const [unit0, unit1] = decimals.map((each) => 10 ** -each);
    const moved = (2 * steps * (unit0 * Math.sqrt(price) + unit1 / Math.sqrt(price))) / least;
    const spot = tradesToken0 ? spotOf(state) : 1 / spotOf(state);
    if (
      Math.abs(spot / price - 1) > 1e-9 + moved &&
      hasLiquidityBetween(positions, spot / scale, price / scale)
    )
      expect.fail(`${what}: at ${spot}, the contract at ${price}`);
  }
}

/** Where there is no liquidity, nothing says which price the pool is at. */
function hasLiquidityBetween(positions: readonly Position[], ...prices: readonly number[]): boolean {
  const [low, high] = prices.map((price) => Math.log(price) / Math.log(1.0001)).sort((a, b) => a - b);
  return positions.some(({ lower, upper }) => low < upper - 1e-3 && high > lower + 1e-3);
}

describe("Uniswap v3's bytecode (npm @uniswap/v3-core) and the concentrated venue", () => {
  it("pay the same in swaps over ticks and gaps, fill the same at the ends, and end at the same price", async () => {
    await fc.assert(
      fc.asyncProperty(cases, (given) => deployed.chain.rehearse(() => compare(given))),
      { numRuns: 40 },
    );
  });
});

import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toUnits } from "../../src/engine/markets/integer-units";
import { quoteRoute } from "../../src/engine/venues/quote";
import {
  centreVenue,
  type Fill,
  settleVenue,
  tradeOn,
  venueState,
} from "../../src/engine/venues/venue-state";
import { pool } from "../engine/kit";
import { expectUnits } from "../engine/liquidation";
import { deployPairs, fund, type Pairs, swap } from "./uniswap-v2";

const FEE = 0.003;

let deployed: Pairs;
beforeAll(async () => {
  deployed = await deployPairs(3);
});

const decimals = fc.constantFrom(6, 8, 18);
const size = (least: number, most: number) =>
  fc
    .double({ min: least, max: most, noNaN: true })
    .map((exponent) => Number((10 ** exponent).toPrecision(8)));

/** Reserves and decimals of three tokens in two pairs, and a share of the first reserve to be traded. */
const pools = fc.record({
  decimals: fc.tuple(decimals, decimals, decimals),
  reserves: fc.tuple(size(3, 8), size(3, 8), size(3, 8), size(3, 8)),
  share: size(-4, 0.5),
});

type Pools = typeof pools extends fc.Arbitrary<infer T> ? T : never;

/** Two venues at rest, the first between assets 0 and 1, the second between 1 and 2. */
function venues({ reserves: [a, b, c, d] }: Pools) {
  const options = { sellFee: FEE, buyFee: FEE };
  const states = [pool(0, 1, [a, b], options), pool(1, 2, [c, d], options)].map(venueState);
  const middle = d / c;
  for (const state of states) centreVenue(state, Float64Array.of((b / a) * middle, middle, 1));
  return states;
}

/** The most a pair gives for an amount: its invariant, with three thousandths of what comes in left out. */
function mostOut(amount: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const net = amount * 997n;
  return (net * reserveOut) / (reserveIn * 1000n + net);
}

/** Gives the pair an amount, and sees that it pays `out` and no unit more. */
async function expectMost(pair: number, order: Parameters<typeof swap>[2]): Promise<void> {
  const { chain } = deployed;
  const refused = await chain.rehearse(() => swap(deployed, pair, { ...order, out: order.out + 1n }));
  expect(refused).toBe("UniswapV2: K");
  expect(await swap(deployed, pair, order)).toBeUndefined();
}

const runs = { numRuns: 200 };

describe("Uniswap v2's bytecode (npm @uniswap/v2-core) and the constant-product venue", () => {
  it("pay the same for a sale and for a purchase", async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.boolean(), async (given, selling) => {
        const side = selling ? 0 : 1;
        const [from, to] = [given.decimals[side], given.decimals[1 - side]];
        const reserves = given.reserves.slice(0, 2).map((reserve, i) => toUnits(reserve, given.decimals[i]));
        const amount = Number((given.reserves[side] * given.share).toFixed(Math.min(from, 8)));
        const units = toUnits(amount, from);
        const out = mostOut(units, reserves[side], reserves[1 - side]);
        fc.pre(units > 0n && out > 0n);
        await deployed.chain.rehearse(async () => {
          await fund(deployed, 0, reserves);
          await expectMost(0, { token: side, amount: units, out });
        });
        const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
        tradeOn(venues(given)[0], selling, amount * (1 - FEE), fill);
        expectUnits(fill.out, out, to, JSON.stringify({ ...given, selling }));
        expect(fill.unfilled).toBe(0);
      }),
      runs,
    );
  });

  it("pay the same along a route over two pairs", async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (given) => {
        const [first, second, third] = given.decimals;
        const reserves = given.reserves.map((reserve, i) =>
          toUnits(reserve, [first, second, second, third][i]),
        );
        const amount = Number((given.reserves[0] * given.share).toFixed(Math.min(first, 8)));
        const units = toUnits(amount, first);
        const middle = mostOut(units, reserves[0], reserves[1]);
        const out = mostOut(middle, reserves[2], reserves[3]);
        fc.pre(units > 0n && middle > 0n && out > 0n);
        await deployed.chain.rehearse(async () => {
          await fund(deployed, 0, reserves.slice(0, 2));
          await fund(deployed, 1, reserves.slice(2));
          await expectMost(0, { token: 0, amount: units, out: middle });
          await expectMost(1, { token: 1, amount: middle, out });
        });
        const route = [
          { venue: 0, selling: true },
          { venue: 1, selling: true },
        ];
        const granule = (given.reserves[3] / given.reserves[2]) * 10 ** -second;
        expectUnits(quoteRoute(venues(given), route, amount).out, out, third, JSON.stringify(given), granule);
      }),
      runs,
    );
  });

  it("pay the same for the next sale, but for the fee, which the contract leaves in the pool", async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (given) => {
        const [x, y] = given.reserves;
        const reserves = [toUnits(x, given.decimals[0]), toUnits(y, given.decimals[1])];
        const amount = Number((x * given.share).toFixed(Math.min(given.decimals[0], 8)));
        const units = toUnits(amount, given.decimals[0]);
        const first = mostOut(units, reserves[0], reserves[1]);
        const second = mostOut(units, reserves[0] + units, reserves[1] - first);
        fc.pre(units > 0n && first > 0n && second > 0n);
        await deployed.chain.rehearse(async () => {
          await fund(deployed, 0, reserves);
          await expectMost(0, { token: 0, amount: units, out: first });
          await expectMost(0, { token: 0, amount: units, out: second });
        });
        const [state] = venues(given);
        const fill: Fill = { out: 0, unfilled: 0, sold: 0, spent: 0 };
        tradeOn(state, true, amount * (1 - FEE), fill);
        settleVenue(state, fill);
        centreVenue(state, Float64Array.of((y / x) * Math.exp(state.transient), 1, 1));
        tradeOn(state, true, amount * (1 - FEE), fill);
        const paid = Number(second) / 10 ** given.decimals[1];
        const rounding = 4 * 10 ** -given.decimals[1];
        const left = 2 * FEE * (amount / x);
        expect(Math.abs(fill.out - paid)).toBeLessThanOrEqual(left * paid + rounding + 1e-9 * paid);
      }),
      runs,
    );
  });
});

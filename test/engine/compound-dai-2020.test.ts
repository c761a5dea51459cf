import { describe, expect, it } from "vitest";
import { standingOf } from "../../src/engine/book/account";
import { layoutOf } from "../../src/engine/book/layout";
import { compoundV2 } from "../../src/engine/markets/compound-v2";
import { free, market, model, pool, reserve, run, shock } from "./kit";

/**
 * The Compound DAI oracle event of 26 November 2020. Liquidity of 14 accounts is linear in the DAI price,
 * A - B p (hankesong/Counterfork, data/phase3); each is written by its net legs.
 */
const accounts: readonly (readonly [string, number, number])[] = [
  ["0xed3c", 8_324_116.71, 7_882_169.45],
  ["0x889a", 2_653_356.55, 2_492_330.96],
  ["0x01ad", 334_576.78, 309_946.44],
  ["0x909b", 12_900_140.9, 11_834_090.46],
  ["0x161f", 2_052_003.73, 1_868_159.5],
  ["0xb6c0", 300_819.45, 270_342.14],
  ["0xb1ad", 51_334_094.11, 45_741_436.18],
  ["0x141f", 1_187_545.97, 1_027_994.38],
  ["0xdb16", 304_255.12, 262_894.45],
  ["0xc949", 1_962_949.68, 1_686_461.48],
  ["0xe242", 684_453.05, 587_815.47],
  ["0x5c7c", 329_113.44, 278_405.22],
  ["0x39c0", 3_405_685.19, 2_819_081.8],
  ["0x189c", 3_667_990.17, 3_003_731.12],
];

const terms = { threshold: 0.75, bonus: 0.08 };
const compound = model({
  assets: [free("COL", 1), free("DAI", 1)],
  venues: [pool(1, 0, [1e9, 1e9])],
  markets: [
    market(
      "compound-v2",
      [reserve(0, terms), reserve(1, terms)],
      accounts.map(([account, a, b]) => ({ account, collateral: { 0: a / 0.75 }, debt: { 1: b } })),
    ),
  ],
});

describe("Compound DAI event: liquidatable accounts and total shortfall before the first liquidation", () => {
  it.each([
    [1.0, 0, 0],
    [1.05, 0, 0],
    [1.1, 5, 561_171.82],
  ])("at a DAI price of %d: %d accounts, %d", (price, count, shortfall) => {
    const { markets } = run(compound, shock([0, price - 1]));
    expect(markets[0].liquidatableAccounts[0]).toBe(count);
    expect(Math.abs(markets[0].shortfall[0] - shortfall)).toBeLessThan(0.02);
  });

  it("each account turns at its critical price A / B", () => {
    for (const [, a, b] of accounts) {
      const below = run(one(a, b), shock([0, (a / b) * (1 - 1e-9) - 1]));
      const above = run(one(a, b), shock([0, (a / b) * (1 + 1e-9) - 1]));
      expect([below.markets[0].liquidatableAccounts[0], above.markets[0].liquidatableAccounts[0]]).toEqual([
        0, 1,
      ]);
    }
  });
});

describe("Qin et al. 2021, Compound v2 position at block 11,333,036 (arXiv:2106.06389, section 5)", () => {
  const position = model({
    assets: [free("DAI", 1.08), free("USDC", 1)],
    markets: [
      market(
        "compound-v2",
        [reserve(0, terms), reserve(1, terms)],
        [{ account: "0x909b", collateral: { 0: 108.51e6, 1: 17.88e6 }, debt: { 0: 93.22e6, 1: 506_640 } }],
      ),
    ],
  });

  it.each([
    [1.08, 101_303_100, 101_184_240],
    [1.095299, 102_548_170.87, 102_610_412.78],
  ])("at a DAI price of %d the capacity is %d and the debt %d", (price, capacity, debt) => {
    const layout = layoutOf(position, 0);
    const amount = position.markets[0].book.amount;
    const standing = standingOf(
      { layout, index: 0, amount, price: Float64Array.of(price, 1) },
      { capacity: 0, debt: 0 },
    );
    expect(standing.capacity).toBeCloseTo(capacity, 2);
    expect(standing.debt).toBeCloseTo(debt, 2);
  });

  it("repaying 46,142,428.595 DAI takes 49,833,822.883 DAI: 8% more", () => {
    const into = { seized: 0, fee: 0 };
    const account = {
      layout: layoutOf(position, 0),
      index: 0,
      amount: position.markets[0].book.amount,
      price: Float64Array.of(1.095299, 1),
    };
    const { first, reserve: reserveOf, side } = position.markets[0].book;
    const legs = Array.from({ length: first[1] }, (_, leg) => leg).filter((leg) => reserveOf[leg] === 0);
    const pair = {
      collateral: legs.find((leg) => side[leg] === 0) ?? -1,
      debt: legs.find((leg) => side[leg] === 1) ?? -1,
    };
    compoundV2.seize(account, pair, 46_142_428.595, into);
    expect(into.seized).toBeCloseTo(49_833_822.883, 3);
    expect(compoundV2.maxRepay(account, pair)).toBeCloseTo(46.61e6, -4);
  });
});

function one(a: number, b: number) {
  const holding = { account: "x", collateral: { 0: a / 0.75 }, debt: { 1: b } };
  return model({
    assets: compound.assets,
    markets: [market("compound-v2", [reserve(0, terms), reserve(1, terms)], [holding])],
  });
}

import { describe, expect, it } from "vitest";
import { readPositions } from "../../src/data/positions";
import { parse } from "../../src/dsl/parse";
import { buildModel } from "../../src/model/build";
import { findingsOf } from "./findings-of";

const rest =
  "oracle: eth-osm, mat: 150%, chop: 13%, dust: 100, buf: 120%, tail: 2h, cusp: 40%, chip: 0.1%, tip: 300, calc: { stairstep: { cut: 99%, step: 90s } }";

const clean = `plimsoll: 1
assets:
  WETH: { price: 2000, volatility: 70% }
  WBTC: { price: 40k, volatility: 70% }
  DAI: { stable: {} }
venues:
  weth-dai: { pair: [WETH, DAI], model: constant-product, reserves: [10k, 20M] }
  wbtc-dai: { pair: [WBTC, DAI], model: constant-product, reserves: [500, 20M] }
oracles:
  eth-osm: { of: WETH, heartbeat: 1h, delay: 1h }
markets:
  maker: { kind: cdp, rules: maker, debt: DAI, hole: 100M DAI, ilks: { ETH-A: { asset: WETH, ${rest} }, WBTC-A: { asset: WBTC, ${rest} } } }
books:
  one:
    market: maker
    positions:
      - { account: a, asset: WETH, side: collateral, amount: 10 }
      - { account: a, asset: DAI, side: debt, amount: 5k }
liquidators: { keepers: { capital: flash } }
scenarios:
  crash: { shock: { WETH: -40% } }
`;

const changed = (from: string, to: string) => {
  expect(clean).toContain(from);
  return clean.replace(from, to);
};

describe("a market of vaults", () => {
  it("has the assets of its ilks as reserves, and what is owed counts for 1", () => {
    expect(findingsOf(clean)).toEqual([]);
    const { model } = buildModel(parse(clean).file!, { positions: {}, quotes: {} });
    expect(model?.markets[0].lending.reserves).toMatchObject([
      { asset: 0, oracle: 0, threshold: 1 / 1.5 },
      { asset: 1, oracle: 0, threshold: 1 / 1.5 },
      { asset: 2, oracle: -1, threshold: 0 },
    ]);
    expect(model?.markets[0].lending.own).toMatchObject({
      hole: 100e6,
      ilks: [
        {
          mat: 1.5,
          chop: 0.13,
          hole: Number.POSITIVE_INFINITY,
          calc: { stairstep: { cut: 0.99, step: 90 } },
        },
        {},
      ],
    });
  });

  it("knows the assets of its ilks and no others", () => {
    const { problems } = parse(changed("asset: WETH, side", "asset: ETH-A, side"));
    expect(problems.map(({ message }) => message)).toEqual([
      "There is no reserve `ETH-A` in market `maker`. Declared: `DAI`, `WETH` and `WBTC`.",
    ]);
  });

  it("has one ilk an asset", () => {
    expect(findingsOf(changed("WBTC-A: { asset: WBTC", "ETH-B: { asset: WETH"))).toEqual([
      {
        rule: "second-ilk",
        text: "WETH",
        message:
          "WETH is the collateral of ilk ETH-A already: positions name their collateral, so it must have one ilk. Put ETH-B in a market of its own.",
      },
    ]);
  });

  it("has one collateral a vault", () => {
    const two = changed(
      "      - { account: a, asset: DAI",
      "      - { account: a, asset: WBTC, side: collateral, amount: 1 }\n      - { account: a, asset: DAI",
    );
    expect(findingsOf(two)).toMatchObject([{ rule: "several-collaterals", text: "positions" }]);
  });

  it("has prices that fall before an auction is over", () => {
    const slow = changed("stairstep: { cut: 99%, step: 90s }", "stairstep: { cut: 99%, step: 3h }");
    expect(findingsOf(slow)).toEqual([
      {
        rule: "auction-never-falls",
        text: "3h",
        message:
          "The first step of the price comes after 10800 s, when auctions of ETH-A have ended: their tail is 7200 s. Shorten the step, or lengthen the tail.",
      },
    ]);
  });

  it.each([
    ["linear: { tau: 1d }", "1d"],
    ["exponential: { cut: 99.999% }", "99.999%"],
    ["stairstep: { cut: 99.9%, step: 90s }", "99.9%"],
    ["linear: { tau: 6h }", undefined],
  ])("has prices that reach the oracle's before an auction is over: %s", (curve, at) => {
    const slow = changed("stairstep: { cut: 99%, step: 90s }", curve);
    expect(findingsOf(slow)).toMatchObject(
      at === undefined ? [] : [{ rule: "auction-never-falls", text: at }],
    );
  });

  it("begins to recover above the minimum ratio of its troves", () => {
    const troves =
      "  liquity: { kind: cdp, rules: liquity-v1, collateral: WETH, debt: DAI, oracle: eth-osm, stabilityPool: 1M, criticalCollateralRatio: 105% }\n";
    expect(findingsOf(changed("books:\n", `${troves}books:\n`))).toMatchObject([
      { rule: "recovery-below-minimum", text: "105%" },
    ]);
  });

  it("lends less in bands than it leaves to be liquidated", () => {
    const bands =
      "  curve: { kind: cdp, rules: crvusd, collateral: WETH, debt: DAI, oracle: eth-osm, basePrice: 1900, loanDiscount: 6% }\n";
    expect(findingsOf(changed("books:\n", `${bands}books:\n`))).toEqual([
      {
        rule: "loan-discount-too-low",
        text: "6%",
        message:
          "The loan discount must be above the liquidation discount of 6%: with 6% a new loan of the largest size could be liquidated at once.",
      },
    ]);
  });

  it("judges loans in bands by their health, which no loan-to-value says", () => {
    const bands =
      "  curve: { kind: cdp, rules: crvusd, collateral: WETH, debt: DAI, oracle: eth-osm, basePrice: 1900 }\n";
    const drawn = (most: string) =>
      `  drawn: { market: curve, generate: { count: 5, seed: 1, collateral: { WETH: 100% }, debt: { DAI: 100% }, loanToValue: { beta: [1000, 1], max: ${most} }, debtValue: { lognormal: [9, 1] } } }\n`;
    const found = (most: string) => findingsOf(changed("books:\n", `${bands}books:\n${drawn(most)}`));
    expect(found("88%")).toEqual([]);
    expect(found("94%").map(({ rule }) => rule)).toEqual(["underwater-at-open"]);
  });

  it("needs no venue where nothing is sold: of Liquity's troves, listed or from a file", () => {
    const troves =
      "{ kind: cdp, rules: liquity-v1, collateral: WETH, debt: DAI, oracle: eth-osm, stabilityPool: 1M }";
    const liquity = clean
      .replace(/ {2}maker: .*\n/, `  liquity: ${troves}\n`)
      .replace("market: maker", "market: liquity");
    expect(findingsOf(liquity.replace(/venues:\n( .*\n)*/, ""))).toEqual([]);
    expect(findingsOf(liquity.replace(/ {2}weth-dai: .*\n/, ""))).toEqual([]);
    const { file } = parse(
      liquity.replace(/positions:\n( .*\n)*/, "file: troves.csv\n").replace(/venues:\n( .*\n)*/, ""),
    );
    const rows = "account,asset,side,amount\na,WETH,collateral,10\na,DAI,debt,5000\n";
    const market = {
      asset: (name: string) => name,
      market: "liquity",
      markets: [],
      reserves: ["WETH", "DAI"],
      emodes: [],
    };
    const positions = { one: readPositions(new TextEncoder().encode(rows), market) };
    expect(buildModel(file!, { positions, quotes: {} }).findings).toEqual([]);
  });

  it("has one price curve an ilk", () => {
    const { problems } = parse(changed("calc: { stairstep:", "calc: { linear: { tau: 1h }, stairstep:"));
    expect(problems.map(({ rule }) => rule)).toEqual(["exclusive-keys"]);
  });
});

import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { buildModel } from "../../src/model/build";
import { findingsOf } from "./findings-of";

const clean = `plimsoll: 1
assets:
  WETH: { price: 3000, volatility: 70% }
  wstETH: { pegged: { to: WETH, ratio: 1.2 } }
  USDC: { stable: {}, decimals: 6 }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [10k, 30M] }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [10k, 12k] }
oracles:
  wsteth-eth: { of: wstETH, in: WETH }
  eth-usd: { of: WETH }
  wsteth-usd: { base: eth-usd, rate: 1.2 }
markets:
  loops: { kind: lending, rules: morpho-blue, collateral: wstETH, loan: WETH, lltv: 94.5%, oracle: wsteth-eth }
  dollars: { kind: lending, rules: morpho-blue, collateral: wstETH, loan: USDC, lltv: 86%, oracle: wsteth-usd }
books:
  one: { market: loops, positions: [{ account: a, asset: wstETH, side: collateral, amount: 1 }, { account: a, asset: WETH, side: debt, amount: 1 }] }
liquidators: { searchers: { capital: flash } }
scenarios:
  crash: { shock: { WETH: -40% } }
`;

const changed = (from: string, to: string) => {
  expect(clean).toContain(from);
  return clean.replace(from, to);
};

describe("an isolated market", () => {
  it("has its two assets as reserves, prices in the loan, and an incentive that follows from the LLTV", () => {
    const { model } = buildModel(parse(clean).file!, { positions: {}, quotes: {} });
    expect(model?.oracles[0]).toMatchObject({ kind: "feed", asset: 1, quote: 0 });
    expect(model?.markets[0]).toMatchObject({
      rules: "morpho-blue",
      lending: {
        unit: 0,
        reserves: [
          { asset: 1, oracle: 0, threshold: 0.945, bonus: 1 / (1 - 0.3 * 0.055) - 1 },
          { asset: 0, oracle: -1, threshold: 0 },
        ],
      },
    });
  });

  it("is clean; a stable loan may be taken for the numeraire", () => expect(findingsOf(clean)).toEqual([]));

  it("knows its two assets and no others", () => {
    const { problems } = parse(changed("asset: WETH, side: debt", "asset: USDC, side: debt"));
    expect(problems.map(({ message }) => message)).toEqual([
      "There is no reserve `USDC` in market `loops`. Declared: `wstETH` and `WETH`.",
    ]);
  });

  it("must read its price in the loan", () => {
    const [finding, ...others] = findingsOf(changed("oracle: wsteth-eth", "oracle: wsteth-usd"));
    expect(others).toEqual([]);
    expect(finding).toEqual({
      rule: "oracle-unit",
      text: "wsteth-usd",
      message:
        "Market loops reads the price of wstETH in WETH, but oracle wsteth-usd gives it in USD. Name an oracle with `in: WETH`.",
    });
  });

  it("takes each asset on one side only", () => {
    const [finding, ...others] = findingsOf(
      changed("asset: WETH, side: debt", "asset: WETH, side: collateral"),
    );
    expect(others).toEqual([]);
    expect(finding.rule).toBe("wrong-side");
    expect(finding.message).toBe(
      "1 holding of book one is on a side that market loops does not have: a has WETH as collateral. wstETH can be collateral, WETH can be owed.",
    );
  });

  it("has no route where nobody trades its collateral, said at the collateral", () => {
    const text = changed(
      "  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [10k, 12k] }\n",
      "",
    );
    expect(findingsOf(text)[0]).toMatchObject({ rule: "no-route", text: "wstETH" });
  });
});

describe("collaterals with a loan-to-value of their own", () => {
  const comet =
    "{ kind: lending, rules: compound-v3, base: USDC, oracle: eth-usd, storeFrontFactor: 60%, targetReserves: 1M, collaterals: { WETH: { oracle: eth-usd, borrowFactor: 90%, liquidateFactor: 85%, liquidationFactor: 95% } } }";
  const vault =
    "{ kind: lending, rules: euler-v2, asset: USDC, oracle: eth-usd, maxDiscount: 15%, collaterals: { WETH: { oracle: eth-usd, borrowLtv: 90%, liquidationLtv: 85% } } }";

  it.each([
    ["Compound v3", comet],
    ["Euler v2", vault],
  ])("%s: new loans must not reach beyond what lets them be liquidated", (_, market) => {
    const text = changed("markets:\n", `markets:\n  other: ${market}\n`);
    expect(findingsOf(text)).toMatchObject([{ rule: "ltv-above-threshold", text: "90%" }]);
  });
});

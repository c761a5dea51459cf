import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import type { Samples } from "../../src/engine/samples";
import { buildModel } from "../../src/model/build";
import { run } from "./kit";

/** The error of correlated factors that are drawn and then thrown away: from the risk file to who falls together. */

const [VOLATILITY, OF_PEG, CORRELATION] = [0.8, 0.3, 0.6];
const YEARS = 5 / 365;
const PATHS = 1000;

/** What ether and bitcoin, at 1000, end below with even odds; a peg's logarithm has no drift. */
const MEDIAN = 1000 * Math.exp((-(VOLATILITY ** 2) * YEARS) / 2);

/** A market of one account that can be liquidated where what it holds ends below its median. */
function marketOf(asset: string): string {
  return `${asset}-market:
    kind: lending
    rules: aave-v3.3
    reserves: { ${asset}: { oracle: ${asset}, liquidationThreshold: 80%, liquidationBonus: 5% }, DAI: { oracle: DAI } }`;
}

function bookOf(asset: string): string {
  return `${asset}:
    market: ${asset}-market
    positions:
      - { account: a, asset: ${asset}, side: collateral, amount: 1 }
      - { account: a, asset: DAI, side: debt, amount: ${0.8 * MEDIAN} }`;
}

/** Ether, bitcoin, and staked ether whose peg moves too. */
function tailOf(correlations: string): Samples {
  const text = `plimsoll: 1
assets:
  ETH: { price: 1000, volatility: 80% }
  BTC: { price: 1000, volatility: 80% }
  stETH: { pegged: { to: ETH, ratio: 1, volatility: 30% } }
  DAI: { stable: {} }
${correlations}
oracles: { ETH: { of: ETH }, BTC: { of: BTC }, stETH: { of: stETH }, DAI: { of: DAI } }
markets:
  ${["ETH", "BTC", "stETH"].map(marketOf).join("\n  ")}
books:
  ${["ETH", "BTC", "stETH"].map(bookOf).join("\n  ")}
scenarios: { tail: { monte-carlo: { paths: ${PATHS}, horizon: 5d, step: 5d, seed: 7 } } }
`;
  const { file, problems } = parse(text);
  if (!file) throw new Error(problems.map(({ message }) => message).join("\n"));
  const { model, scenarios, findings } = buildModel(file, { positions: {}, quotes: {} });
  if (!model) throw new Error(findings.map(({ message }) => message).join("\n"));
  return run(model, scenarios[0]);
}

/** The share of paths on which the accounts of both markets can be liquidated. */
function together({ markets }: Samples, a: number, b: number): number {
  const [left, right] = [markets[a].liquidatableAccounts, markets[b].liquidatableAccounts];
  return left.filter((count, path) => count === 1 && right[path] === 1).length / PATHS;
}

/** That two normals of this correlation are both below their medians: Sheppard's formula. */
const bothBelow = (correlation: number) => 0.25 + Math.asin(correlation) / (2 * Math.PI);

describe("accounts of correlated assets fall together", () => {
  const listed = `correlations: { pairs: [[ETH, BTC, ${CORRELATION}]] }`;
  const throughPeg = VOLATILITY / Math.hypot(VOLATILITY, OF_PEG);

  it.each([
    ["of two assets without a correlation", "", 0, 1, 0],
    ["of two correlated assets", listed, 0, 1, CORRELATION],
    [
      "by the default where a pair is not listed",
      `correlations: { default: ${CORRELATION} }`,
      0,
      1,
      CORRELATION,
    ],
    ["of two assets that move against each other", "correlations: { pairs: [[BTC, ETH, -0.6]] }", 0, 1, -0.6],
    ["of a pegged asset and its base", listed, 0, 2, throughPeg],
    ["of a pegged asset and what its base is correlated with", listed, 1, 2, CORRELATION * throughPeg],
  ])("%s", (_, correlations, a, b, correlation) => {
    const expected = bothBelow(correlation);
    const error = Math.sqrt((expected * (1 - expected)) / PATHS);
    expect(Math.abs(together(tailOf(correlations), a, b) - expected)).toBeLessThan(3 * error);
  });
});

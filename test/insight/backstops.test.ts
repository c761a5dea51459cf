import { describe, expect, it } from "vitest";
import { assess } from "../../src/insight/assess";
import { simulateInline } from "../../src/run/inline";
import { findingsOf } from "../model/findings-of";
import { fileOf, smallFile } from "./small-file";

/** In the crash accounts lack some 76,322 dollars, which they owe in USDC. */
async function protectedBy(backstops: readonly string[], ...limits: readonly string[]) {
  const { text } = await smallFile(...limits);
  const list = backstops.map((backstop) => `  - { kind: reserve, ${backstop} }\n`).join("");
  return { text: `${text}backstops:\n${list}` };
}

async function assessed(scenario: string, backstops: readonly string[], ...limits: readonly string[]) {
  const small = await fileOf((await protectedBy(backstops, ...limits)).text);
  return assess({ ...small, scenarios: [small.scenario(scenario)] }, simulateInline);
}

const dollars = (amount: string) => `asset: USDC, amount: ${amount}, covers: USDC`;
const none = "metric: uncovered-loss, in: crash, max: 0 USD";

describe("a limit on the loss that backstops leave", () => {
  it("holds when they are enough", async () => {
    const { limits, findings } = await assessed("crash", [dollars("100k")], none);
    expect(limits).toMatchObject([{ verdict: "pass", title: "uncovered loss in crash" }]);
    expect(limits[0].estimate?.value).toBe(0);
    expect(findings.filter(({ rule }) => rule === "limit-broken")).toEqual([]);
  });

  it("lands on the amount of the backstop that is used up", async () => {
    const { findings } = await assessed("crash", [dollars("50k"), dollars("10k")], none);
    expect(findings.find(({ rule }) => rule === "limit-broken")).toMatchObject({
      path: ["backstops", 1, "amount"],
      message:
        "crash: uncovered loss 16,322 USD, above the limit of 0 USD. The backstop of 10,000 USDC is used up. 91.2% of the bad debt comes through WETH in core (threshold 83%).",
      related: [
        { path: ["limits", 0, "max"] },
        { path: ["markets", "core", "reserves", "WETH", "liquidationThreshold"] },
      ],
    });
  });

  it("lands on the threshold when no backstop is for it", async () => {
    const { findings } = await assessed("crash", ["asset: WETH, amount: 6k, covers: WETH"], none);
    expect(findings.find(({ rule }) => rule === "limit-broken")).toMatchObject({
      path: ["markets", "core", "reserves", "WETH", "liquidationThreshold"],
      message: expect.stringContaining("uncovered loss 76,322 USD"),
    });
  });

  it("is on the asset owed, and on a market", async () => {
    const limits = [
      "metric: uncovered-loss, in: crash, asset: USDC, market: core, max: 1M USD",
      "metric: uncovered-loss, in: crash, asset: WETH, max: 1M USD",
      "metric: backstop-used, in: crash, asset: USDC, max: 1M USD",
      "metric: backstop-used, in: crash, asset: WETH, max: 1M USD",
    ];
    const judged = (await assessed("crash", [dollars("60k")], ...limits)).limits;
    expect(judged.map(({ estimate }) => Math.round(estimate?.value ?? -1))).toEqual([16_322, 0, 60_000, 0]);
    expect(judged[0].title).toBe("uncovered loss (core, USDC) in crash");
  });

  it("has statistics over paths, with backstops worth what they are on each", async () => {
    const ether = "asset: WETH, amount: 1, covers: USDC";
    const small = await fileOf(
      (await protectedBy([ether])).text.replace("volatility: 90%", "volatility: 500%"),
    );
    const { scenarios } = await assess({ ...small, scenarios: [small.scenario("few")] }, simulateInline);
    const figures = Object.fromEntries(
      scenarios[0].metrics.map((each) => [each.metric, each.mean?.value ?? 0]),
    );
    expect(figures["backstop-used"]).toBeGreaterThan(0);
    expect(figures["uncovered-loss"]).toBeCloseTo(figures["bad-debt"] - figures["backstop-used"], 6);
  });

  it("is left out of the figures of a file without backstops", async () => {
    const { scenarios } = await assess(await smallFile(), simulateInline);
    const told = scenarios[0].metrics.map(({ metric }) => metric);
    expect(told).not.toContain("uncovered-loss");
    expect(told).not.toContain("backstop-used");
  });
});

describe("a backstop that pays nothing", () => {
  it("is told where no market lends what it covers", async () => {
    const text = async (backstop: string) => (await protectedBy([backstop])).text;
    expect(findingsOf(await text("asset: WETH, amount: 6k, covers: WETH, market: core"))).toEqual([]);
    const isolated = (await text(`asset: WETH, amount: 6k, covers: WETH, market: core`))
      .replace("rules: aave-v3.3\n    reserves:", "rules: morpho-blue\n    x:")
      .replace(
        / {4}x:\n( {6}.*\n)+ {4}emodes:\n.*\n/,
        "    collateral: WETH\n    loan: USDC\n    lltv: 86%\n    oracle: eth-usd\n",
      )
      .replace(/books:\n( .*\n)+/, "");
    expect(findingsOf(isolated)).toContainEqual({
      rule: "nothing-to-cover",
      text: "WETH",
      message:
        "Market core does not lend WETH, so this backstop never pays. Name an asset that its accounts can owe.",
    });
  });

  it("is told where a limit is on none", async () => {
    const { text } = await smallFile("metric: backstop-used, in: crash, max: 1k USD");
    expect(findingsOf(text)).toEqual([
      expect.objectContaining({ rule: "measures-nothing", text: "backstop-used" }),
    ]);
  });
});

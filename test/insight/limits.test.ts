import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideLimit, type LimitResult, verdictOf } from "../../src/insight/limits";
import { samplesOf, smallFile } from "./small-file";

async function decided(limit: string): Promise<LimitResult> {
  const small = await smallFile(limit);
  const [entry] = small.file.limits!;
  return decideLimit(entry, 0, small.model, small.scenario(entry.in), await samplesOf(small, entry.in));
}

describe("the verdict", () => {
  const interval = { value: 10, lower: 8, upper: 12 };

  it("by point waits until the whole interval is on one side", () => {
    expect(verdictOf(interval, 12, "max", "point")).toBe("pass");
    expect(verdictOf(interval, 7.9, "max", "point")).toBe("fail");
    expect(verdictOf(interval, 9, "max", "point")).toBe("undecided");
    expect(verdictOf(interval, 11, "max", "point")).toBe("undecided");
    expect(verdictOf(interval, 8, "min", "point")).toBe("pass");
    expect(verdictOf(interval, 12.1, "min", "point")).toBe("fail");
    expect(verdictOf(interval, 10, "min", "point")).toBe("undecided");
  });

  it("by upper-95 takes the unfavourable end", () => {
    expect(verdictOf(interval, 12, "max", "upper-95")).toBe("pass");
    expect(verdictOf(interval, 11.9, "max", "upper-95")).toBe("fail");
    expect(verdictOf(interval, 8, "min", "upper-95")).toBe("pass");
    expect(verdictOf(interval, 8.1, "min", "upper-95")).toBe("fail");
  });

  it("never passes a bound below one that fails", () => {
    const ends = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.double({ noNaN: true }));
    const rank = { fail: 0, undecided: 1, pass: 2 };
    fc.assert(
      fc.property(ends, fc.double({ noNaN: true }), fc.double({ noNaN: true }), (three, a, b) => {
        const [lower, value, upper] = [...three].sort((x, y) => x - y);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const at = (bound: number): number => rank[verdictOf({ value, lower, upper }, bound, "max", "point")];
        expect(at(low)).toBeLessThanOrEqual(at(high));
      }),
    );
  });
});

describe("a limit on a shock", () => {
  it("compares its one number, without an interval", async () => {
    const broken = await decided("metric: bad-debt, in: crash, max: 0 USD");
    expect(broken).toMatchObject({
      title: "bad debt in crash",
      verdict: "fail",
      measured: "76,322 USD",
      limit: "at most 0 USD",
    });
    expect(broken.estimate!.lower).toBe(broken.estimate!.upper);
    expect((await decided("metric: bad-debt, in: calm, max: 0 USD")).verdict).toBe("pass");
    expect((await decided("metric: liquidated-value, in: crash, min: 1 USD")).verdict).toBe("pass");
  });

  it("is on the part it names", async () => {
    expect((await decided("metric: liquidated-value, asset: wstETH, in: crash, max: 0")).measured).toBe(
      "12,000 USD",
    );
    expect((await decided("metric: liquidated-accounts, market: core, in: crash, max: 0")).measured).toBe(
      "3",
    );
    expect((await decided("metric: bad-debt, asset: wstETH, in: depeg, max: 0")).measured).toBe("34,000 USD");
    expect((await decided("metric: bad-debt, asset: WETH, in: depeg, max: 0")).measured).toBe("0 USD");
  });

  it("on amplification is total over exogenous move, and 1 where nobody sells", async () => {
    const crash = await decided("metric: amplification, asset: WETH, in: crash, max: 2x");
    expect(crash.estimate!.value).toBeGreaterThan(1.1);
    expect(crash.verdict).toBe("pass");
    expect((await decided("metric: amplification, asset: WETH, in: calm, max: 1x")).measured).toBe("1x");
  });
});

describe("a limit on a Monte Carlo", () => {
  it("passes or fails where the interval is clear of the bound", async () => {
    const passed = await decided("metric: liquidated-value, in: tail, statistic: mean, max: 20k");
    expect(passed.verdict).toBe("pass");
    expect(passed.measured).toMatch(/^3,\d{3} USD \(95% interval 2,\d{3} to 4,\d{3} USD\)$/);
    expect(
      (await decided("metric: liquidated-value, in: tail, statistic: es, level: 95%, max: 20k")).verdict,
    ).toBe("fail");
  });

  it("is undecided where the interval contains the bound, and says how many more paths decide it", async () => {
    const { verdict, morePaths, estimate } = await decided(
      "metric: liquidated-value, in: tail, statistic: mean, max: 4k",
    );
    expect(verdict).toBe("undecided");
    const needed = 1200 * ((estimate!.upper - estimate!.value) / (4000 - estimate!.value)) ** 2;
    expect(morePaths).toBeGreaterThanOrEqual(needed - 1200);
    expect(morePaths).toBeLessThan(1.2 * (needed - 1200));
  });

  it("is broken by the end of its interval when it asks for that", async () => {
    const limit = "metric: liquidated-value, in: tail, statistic: mean, max: 4k, decide: upper-95";
    expect((await decided(limit)).verdict).toBe("fail");
  });

  it("gives no figure from fewer than 50 samples beyond the level, and asks for paths", async () => {
    const { verdict, estimate, measured, morePaths } = await decided(
      "metric: liquidated-value, in: few, statistic: es, level: 95%, max: 1B",
    );
    expect({ verdict, estimate, measured, morePaths }).toEqual({
      verdict: "undecided",
      estimate: undefined,
      measured: "needs 1,000 paths",
      morePaths: 960,
    });
  });

  it("on the largest value is a fact about these paths", async () => {
    const { estimate } = await decided("metric: liquidated-value, in: few, statistic: max, max: 1");
    expect(estimate!.lower).toBe(estimate!.upper);
  });
});

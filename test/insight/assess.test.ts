import { describe, expect, it } from "vitest";
import { type Assessment, assess } from "../../src/insight/assess";
import { fallCurve } from "../../src/insight/fall-curve";
import type { Simulate } from "../../src/insight/simulate";
import { simulateInline } from "../../src/run/inline";
import { assessed, samplesOf, smallFile } from "./small-file";

const sum = (columns: readonly Float64Array[], path: number): number =>
  columns.reduce((total, column) => total + column[path], 0);

describe("an assessment", () => {
  it("tells its progress: shocks, then the growing distribution, then judgement, curve and worst path", async () => {
    const { file, model, scenario } = await smallFile("metric: bad-debt, in: crash, max: 0 USD");
    const seen: Assessment[] = [];
    const scenarios = [scenario("tail"), scenario("crash")];
    const end = await assess({ file, model, scenarios }, simulateInline, undefined, (partial) =>
      seen.push(partial),
    );
    expect(end.done).toBe(1201);
    expect(end.total).toBe(1201);
    expect(seen.map(({ done }) => done)).toEqual([...seen.map(({ done }) => done)].sort((a, b) => a - b));
    const firstFigure = seen.find(({ distribution }) => distribution?.expectedShortfall);
    expect(firstFigure!.distribution!.paths).toBeGreaterThanOrEqual(1000);
    expect(seen.filter(({ done }) => done < 1201).every(({ findings }) => findings.length === 0)).toBe(true);
    expect(end.findings.map(({ rule }) => rule)).toEqual(["limit-broken"]);
    expect(end.scenarios.map(({ name }) => name)).toEqual(["tail", "crash"]);
    expect(seen.at(-1)).toEqual(end);
  });

  it("summarises every metric of a scenario", async () => {
    const { scenarios } = await assessed(["crash", "few"]);
    const [crash, few] = scenarios;
    const figureOf = (metric: string) => crash.metrics.find((each) => each.metric === metric)!.value;
    expect(figureOf("liquidatable-accounts")).toBe(3);
    expect(figureOf("shortfall")).toBeCloseTo(150_000 - 83_000 + (60_000 - 41_500) + (18_000 - 9_600), 6);
    expect(few).toMatchObject({ paths: 40, seed: 7, kind: "monte-carlo" });
    expect(few.metrics[1].probability!.value).toBeGreaterThan(0);
    expect(few.metrics[1].expectedShortfall).toBeUndefined();
  });

  it("stops when it is told to, and stops the rest when a part fails", async () => {
    const { file, model, scenarios } = await smallFile();
    const control = new AbortController();
    const cancelled = assess({ file, model, scenarios }, simulateInline, control.signal, () =>
      control.abort(),
    );
    await expect(cancelled).rejects.toThrow();
    const signals: AbortSignal[] = [];
    const failing: Simulate = (job, signal) => {
      signals.push(signal!);
      if (job.scenario.name === "calm") return Promise.reject(new Error("lost"));
      return new Promise(() => {});
    };
    await expect(assess({ file, model, scenarios }, failing)).rejects.toThrow("lost");
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it("without scenarios has only a fall curve", async () => {
    const { file, model } = await smallFile();
    const {
      worstPath,
      fallCurve: curve,
      total,
    } = await assess({ file, model, scenarios: [] }, simulateInline);
    expect(worstPath).toBeUndefined();
    expect(total).toBe(0);
    expect(curve!.asset).toBe("WETH");
  });
});

describe("the worst path", () => {
  it("is the one with the largest bad debt, then the largest liquidated value, and is followed to its end", async () => {
    const { worstPath } = await assessed(["tail"]);
    const small = await smallFile();
    const samples = await samplesOf(small, "tail");
    const [market] = samples.markets;
    const losses = Array.from({ length: samples.count }, (_, path) => sum(market.liquidatedValue, path));
    expect(Math.max(...market.badDebt)).toBe(0);
    expect(worstPath!.path).toBe(losses.indexOf(Math.max(...losses)));
    expect(worstPath!.liquidatedValue.at(-1)).toBeCloseTo(Math.max(...losses), 6);
    expect(worstPath!.seed).toBe(7);
    expect(worstPath!.hours.at(-1)).toBe(24);
    expect(worstPath!.prices[0].market[0]).toBe(1);
    expect(worstPath!.prices[0].oracle![0]).toBe(1);
  });

  it("of a shock with bad debt is worse than a Monte Carlo without", async () => {
    const { worstPath } = await assessed(["few", "crash"]);
    expect(worstPath!.scenario).toBe("crash");
    expect(worstPath!.seed).toBeUndefined();
    expect(worstPath!.badDebt.at(-1)).toBeCloseTo(76_322.37, 2);
  });
});

describe("the fall curve", () => {
  it("has more points where the losses bend, and agrees with a shock of that fall", async () => {
    const { model } = await smallFile();
    const coarse: number[] = [];
    const curve = await fallCurve(model, "WETH", simulateInline, undefined, ({ falls }) =>
      coarse.push(falls.length),
    );
    expect(coarse[0]).toBe(7);
    expect(curve.falls.length).toBeGreaterThan(coarse[0]);
    expect(curve.falls.length).toBeLessThanOrEqual(25);
    expect(curve.falls[0]).toBe(0);
    expect(curve.falls.at(-1)).toBe(0.6);
    expect([...curve.falls].sort((a, b) => a - b)).toEqual(curve.falls);
    const crash = await samplesOf(await smallFile(), "crash");
    const half = curve.falls.indexOf(0.5);
    expect(curve.withFeedback.badDebt[half]).toBe(crash.markets[0].badDebt[0]);
    expect(curve.withFeedback.liquidatedValue[half]).toBe(sum(crash.markets[0].liquidatedValue, 0));
    expect(curve.withoutFeedback.badDebt[half]).toBeLessThan(curve.withFeedback.badDebt[half]);
  });

  it("offers the assets that are held as collateral and their bases", async () => {
    const { model } = await smallFile();
    const { assets } = await fallCurve(model, "wstETH", simulateInline);
    expect(assets).toEqual(["WETH", "wstETH"]);
  });
});

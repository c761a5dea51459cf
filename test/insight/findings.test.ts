import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/dsl/problem";
import { Flag } from "../../src/engine/samples";
import { flagFindings } from "../../src/insight/flag-findings";
import { assessed, samplesOf, smallFile } from "./small-file";

async function findingsOf(limit: string): Promise<readonly Finding[]> {
  const scenario = /in: (\w+)/.exec(limit)![1];
  return (await assessed([scenario], limit)).findings;
}

describe("a broken limit", () => {
  it("lands on the threshold through which most of the figure comes", async () => {
    const [finding] = await findingsOf("metric: bad-debt, in: crash, max: 0 USD");
    expect(finding).toMatchObject({
      rule: "limit-broken",
      severity: "error",
      path: ["markets", "core", "reserves", "WETH", "liquidationThreshold"],
      message:
        "crash: bad debt 76,322 USD, above the limit of 0 USD. 91.2% of the bad debt comes through WETH in core (threshold 83%).",
      related: [{ path: ["limits", 0, "max"], message: "The limit: at most 0 USD." }],
    });
    expect(finding.witness!.share).toBeCloseTo(0.912, 3);
  });

  it("lands on an E-mode's threshold when that carries it", async () => {
    const [finding] = await findingsOf("metric: bad-debt, in: depeg, max: 1k USD");
    expect(finding.path).toEqual(["markets", "core", "emodes", "eth", "liquidationThreshold"]);
    expect(finding.message).toContain(
      "100% of the bad debt comes through E-mode eth in core (threshold 95%)",
    );
  });

  it("looks only at the asset it names", async () => {
    const [finding] = await findingsOf("metric: liquidated-value, asset: wstETH, in: crash, max: 1 USD");
    expect(finding.path).toEqual(["markets", "core", "reserves", "wstETH", "liquidationThreshold"]);
  });

  it("lands on its own bound when no threshold carries the figure", async () => {
    const [finding] = await findingsOf("metric: liquidated-value, in: calm, min: 5 USD");
    expect(finding.path).toEqual(["limits", 0, "min"]);
    expect(finding.message).toBe("calm: liquidated value 0 USD, below the limit of 5 USD.");
    expect(finding.related).toBeUndefined();
  });

  it("of a statistic gives interval, paths and seed, and counts only the paths of the tail", async () => {
    const [finding] = await findingsOf(
      "metric: liquidated-value, in: tail, statistic: es, level: 95%, max: 20k",
    );
    expect(finding.message).toMatch(
      /^tail: 95% expected shortfall of liquidated value [\d,]+ USD \(95% interval [\d,]+ to [\d,]+ USD\) over 1,200 paths, seed 7, above the limit of 20,000 USD\. \d/,
    );
  });

  it("says when the end of the interval decided it", async () => {
    const [finding] = await findingsOf(
      "metric: liquidated-value, in: tail, statistic: mean, max: 4k, decide: upper-95",
    );
    expect(finding.message).toContain("The limit is decided by the unfavourable end of the interval.");
  });
});

describe("an undecided limit", () => {
  it("is a warning at its bound with the paths that would decide it", async () => {
    const [finding] = await findingsOf("metric: liquidated-value, in: tail, statistic: mean, max: 4k");
    expect(finding).toMatchObject({
      rule: "limit-undecided",
      severity: "warning",
      path: ["limits", 0, "max"],
    });
    expect(finding.message).toMatch(/The interval contains .* About [\d,]+ more paths would decide it\.$/);
  });

  it("of too few paths asks for them", async () => {
    const [finding] = await findingsOf(
      "metric: liquidated-value, in: few, statistic: es, level: 95%, max: 1B",
    );
    expect(finding.message).toBe(
      "40 paths leave fewer than 50 beyond 95%, too few for the 95% expected shortfall of liquidated value in few. About 960 more paths would decide it.",
    );
  });
});

describe("a limit that holds", () => {
  it("says nothing", async () => {
    expect(await findingsOf("metric: bad-debt, in: calm, max: 0 USD")).toEqual([]);
  });
});

describe("flags", () => {
  async function flagged(scenario: string, flag: number, paths: number): Promise<Finding[]> {
    const small = await smallFile();
    const samples = await samplesOf(small, scenario);
    const flags = samples.flags.map((_, path) => (path < paths ? flag : 0));
    return flagFindings(small.file, small.model, small.scenario(scenario), { ...samples, flags });
  }

  it("are findings where their cause is written", async () => {
    const places = async (scenario: string, flag: number) => {
      const [{ rule, severity, path }] = await flagged(scenario, flag, 1);
      return [rule, severity, path.join(".")];
    };
    expect(await places("crash", Flag.noFloor)).toEqual(["no-floor", "warning", "scenarios.crash"]);
    expect(await places("few", Flag.roundLimit)).toEqual(["round-limit", "warning", "scenarios.few"]);
    expect(await places("crash", Flag.unfilled)).toEqual(["beyond-depth", "warning", "scenarios.crash"]);
    expect(await places("few", Flag.pending)).toEqual([
      "pending-at-horizon",
      "information",
      "scenarios.few.monte-carlo.horizon",
    ]);
    expect(await places("crash", Flag.pending)).toEqual([
      "pending-at-horizon",
      "information",
      "scenarios.crash.hold",
    ]);
    expect(await places("calm", Flag.pending)).toEqual([
      "pending-at-horizon",
      "information",
      "scenarios.calm",
    ]);
  });

  it("count the paths they are on", async () => {
    const [finding] = await flagged("few", Flag.noFloor, 3);
    expect(finding.message).toMatch(/^few: on 3 of 40 paths, seed 7 \(7\.5%\), the cascade finds no floor/);
    expect(finding.witness).toEqual({ paths: 3 });
  });

  it("are silent on paths without them", async () => {
    expect(await flagged("few", Flag.noFloor, 0)).toEqual([]);
  });
});

describe("the thresholds that carry a figure", () => {
  it("are told with their shares, largest first, whether or not the limit holds", async () => {
    const { limits } = await assessed(["crash"], "metric: bad-debt, in: crash, max: 1B");
    const [{ verdict, causes }] = limits;
    expect(verdict).toBe("pass");
    expect(causes.map(({ name }) => name)).toEqual(["WETH in core", "wstETH in core"]);
    expect(causes[0].share).toBeGreaterThan(causes[1].share);
    expect(causes[0].share + causes[1].share).toBeCloseTo(1, 12);
  });

  it("are none where nothing is lost", async () => {
    const { limits } = await assessed(["calm"], "metric: bad-debt, in: calm, max: 1B");
    expect(limits[0].causes).toEqual([]);
  });
});

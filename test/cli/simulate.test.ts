import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundledCli, type Cli, type Ended } from "./cli";
import { failingFile, smallBook, smallFile, undecidedFile } from "./small-file";

const root = path.resolve(import.meta.dirname, "../..");
const schema = JSON.parse(readFileSync(path.join(root, "schemas/result.schema.json"), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

vi.setConfig({ testTimeout: 30_000 });

let cli: Cli;

beforeAll(async () => {
  cli = await bundledCli();
  await cli.write("book.csv", smallBook);
  await cli.write("small.risk.yaml", smallFile);
  await cli.write("failing.risk.yaml", failingFile);
  await cli.write("undecided.risk.yaml", undecidedFile);
});
afterAll(() => cli.remove());

function documentOf({ stdout }: Ended) {
  const document = JSON.parse(stdout);
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

describe("plimsoll simulate", () => {
  it("passes a file whose limits hold, with exit code 0 and nothing on standard error", async () => {
    const { code, stdout, stderr } = await cli.run("simulate", "small.risk.yaml");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^crash: shock$/m);
    expect(stdout).toMatch(/^tail: Monte Carlo, 200 paths, seed 7$/m);
    expect(stdout).toMatch(/^ {2}pass {7}bad debt in crash: 0 USD, at most 10 USD$/m);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /1 limit, none broken\. 201 paths, seed 7, [\d.]+ s on \d threads?, plimsoll \d+\.\d+\.\d+\. $/,
    );
    expect(stdout).not.toContain("\x1b");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("fails a broken limit with exit code 1, and puts the finding on the value that causes it", async () => {
    const { code, stdout } = await cli.run("simulate", "failing.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failing\.risk\.yaml:15:63 error limit-broken: .*bad debt/m);
    expect(stdout).toMatch(/^ {2}FAIL {7}bad debt in crash/m);
  });

  it("warns of an undecided limit and passes", async () => {
    const { code, stdout } = await cli.run("simulate", "undecided.risk.yaml", "--format", "json");
    expect(code).toBe(0);
    const document = documentOf({ code, stdout, stderr: "" });
    expect(document.verdict).toBe("undecided");
    expect(document.limits[0]).toMatchObject({ verdict: "undecided", estimate: null, morePaths: 800 });
    const { diagnostics } = document;
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ rule: "limit-undecided", severity: "warning" }),
    );
  });

  it("checks first, and simulates nothing when the file has errors", async () => {
    await cli.write("typo.risk.yaml", smallFile.replace("price: 2000", "price: abc"));
    const { code, stdout } = await cli.run("simulate", "typo.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^typo\.risk\.yaml:3:17 error /);
    expect(stdout).toMatch(/1 error; nothing was simulated\.\n$/);
  });
});

describe("plimsoll simulate --format json", () => {
  it("names its inputs by hash and its paths by seed", async () => {
    const document = documentOf(await cli.run("simulate", "small.risk.yaml", "--format", "json"));
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    expect(document.inputs).toEqual([
      { path: "small.risk.yaml", bytes: smallFile.length, sha256: sha256(smallFile) },
      { path: "book.csv", bytes: smallBook.length, sha256: sha256(smallBook) },
    ]);
    const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    expect(document).toMatchObject({ version: 1, engine: { name: "plimsoll", version }, verdict: "pass" });
    expect(
      document.scenarios.map(({ name, paths, seed }: Record<string, unknown>) => [name, paths, seed]),
    ).toEqual([
      ["crash", 1, null],
      ["tail", 200, 7],
    ]);
  });

  it("gives no figure where the paths are too few, and an interval elsewhere", async () => {
    const document = documentOf(await cli.run("simulate", "small.risk.yaml", "--format", "json"));
    const figure = (statistic: string) =>
      document.scenarios[1].metrics.find(
        (each: Record<string, unknown>) => each.metric === "liquidated-value" && each.statistic === statistic,
      );
    expect(figure("es")).toMatchObject({ level: 0.95, estimate: null, lower: null, upper: null, paths: 200 });
    const { estimate, lower, upper } = figure("mean");
    expect(lower).toBeLessThan(estimate);
    expect(upper).toBeGreaterThan(estimate);
  });

  it("is the same document for any number of threads, but for the run", async () => {
    const results = await Promise.all(
      ["1", "2", "3"].map((threads) =>
        cli.run("simulate", "small.risk.yaml", "--format", "json", "--threads", threads),
      ),
    );
    const [one, two, three] = results.map((each) => {
      const { run, ...rest } = documentOf(each);
      return { threads: run.threads, rest };
    });
    expect([one.threads, two.threads, three.threads]).toEqual([1, 2, 3]);
    expect(two.rest).toEqual(one.rest);
    expect(three.rest).toEqual(one.rest);
  });

  it("describes a file that cannot be simulated, too", async () => {
    await cli.write("list.risk.yaml", "- 1\n");
    await cli.write("wrong.risk.yaml", smallFile.replace("rules: aave-v3.3", "rules: aave-v9"));
    const list = await cli.run("simulate", "list.risk.yaml", "--format", "json");
    expect(list.code).toBe(2);
    expect(documentOf(list)).toMatchObject({
      verdict: "unusable",
      numeraire: null,
      scenarios: [],
      limits: [],
    });
    const wrong = await cli.run("simulate", "wrong.risk.yaml", "--format", "json");
    expect(wrong.code).toBe(1);
    expect(documentOf(wrong)).toMatchObject({ verdict: "fail", scenarios: [] });
  });
});

describe("the Compound DAI event", () => {
  const example = path.join(root, "examples/compound-dai-2020.risk.yaml");

  it("finds nobody at 1.05, and five accounts that lack 561,171.82 USD at 1.10", async () => {
    const ended = await cli.run("simulate", example, "--format", "json");
    const { scenarios } = documentOf(ended);
    const figure = (scenario: string, metric: string) =>
      scenarios
        .find(({ name }: { name: string }) => name === scenario)
        .metrics.find((each: { metric: string }) => each.metric === metric).estimate;
    expect(figure("dai-105", "liquidatable-accounts")).toBe(0);
    expect(figure("dai-110", "liquidatable-accounts")).toBe(5);
    expect(Math.abs(figure("dai-110", "shortfall") - 561_171.82)).toBeLessThan(0.02);
    expect(ended.code).toBe(1);
  });
});

describe("the Aave example", () => {
  const example = path.join(root, "examples/aave-v3-core.risk.yaml");

  it("breaks a limit by itself, decided, and keeps the others", async () => {
    const ended = await cli.run("simulate", example, "--format", "json");
    expect(ended.code).toBe(1);
    const { limits, scenarios, diagnostics, fallCurve } = documentOf(ended);
    const verdicts = limits.map(({ verdict }: { verdict: string }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(["pass", "fail"]));
    expect(diagnostics.filter(({ severity }: { severity: string }) => severity === "error")).toHaveLength(
      verdicts.filter((verdict: string) => verdict === "fail").length,
    );
    expect(scenarios.find(({ name }: { name: string }) => name === "tail").paths).toBe(2000);
    expect(fallCurve.withFeedback.badDebt).toHaveLength(fallCurve.falls.length);
    expect(fallCurve.falls.length).toBeGreaterThan(10);
  }, 120_000);
});

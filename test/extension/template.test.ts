import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { simulate } from "../../src/engine/simulate";
import { pathCount } from "../../src/engine/timeline";
import { decideLimit } from "../../src/insight/limits";
import { buildModel } from "../../src/model/build";
import { staticFindings } from "../../src/model/static-rules";

const template = readFileSync(new URL("../../templates/first.risk.yaml", import.meta.url), "utf8");

function verdicts(text: string): string[] {
  const { file, problems } = parse(text);
  expect(problems).toEqual([]);
  expect(staticFindings(file!)).toEqual([]);
  const { model, scenarios } = buildModel(file!, { positions: {}, quotes: {} });
  return file!.limits!.map((limit, index) => {
    const scenario = scenarios.find(({ name }) => name === limit.in)!;
    const samples = simulate(model!, scenario, { first: 0, count: pathCount(scenario) });
    return decideLimit(limit, index, model!, scenario, samples).verdict;
  });
}

describe("the first risk file", () => {
  it("is valid, and breaks the limit that its comment speaks of", () => {
    expect(verdicts(template)).toEqual(["fail", "pass"]);
  });

  it.each([
    ["a venue of twice the depth", "[100k, 320M]", "[200k, 640M]"],
    ["a smaller shock", "WETH: -25%", "WETH: -15%"],
  ])("keeps its limits with %s, as the comment says", (_what, written, advised) => {
    expect(template).toContain(written);
    expect(verdicts(template.replace(written, advised))).toEqual(["pass", "pass"]);
  });
});

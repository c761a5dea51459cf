import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeWorkspace } from "../../src/data/node-workspace";
import { parse } from "../../src/dsl/parse";
import { simulate } from "../../src/engine/simulate";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";

it("the Aave example breaks its limit on bad debt in the crash by the liquidators' own sales", async () => {
  const { file } = parse(readFileSync("examples/aave-v3-core.risk.yaml", "utf8"));
  const { model, scenarios } = buildModel(file!, await loadTables(file!, nodeWorkspace("examples")));
  const crash = scenarios.find(({ name }) => name === "crash")!;
  const badDebt = (feedback: boolean) =>
    simulate(model!, { ...crash, feedback }, { first: 0, count: 1 }).markets[0].badDebt[0];
  expect(badDebt(true)).toBeGreaterThan(10e6);
  expect(badDebt(false)).toBeLessThan(1e6);
}, 120_000);

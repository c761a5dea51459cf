import { describe, expect, it } from "vitest";
import { outline } from "../../src/language/outline";
import { cascade } from "../lsp/files";
import { openText } from "./fixtures";

function outlineOf(text: string) {
  const { source, document } = openText(text);
  const at = ({ range }: { range: Parameters<typeof document.getText>[0] }) => document.getText(range);
  const { scenarios, limits } = outline(source, document);
  return {
    scenarios: scenarios.map((scenario) => [scenario.name, at(scenario)]),
    limits: limits.map((limit) => [limit.index, limit.title, limit.bound, limit.scenario]),
    places: limits.map(at),
  };
}

describe("the outline of a risk file", () => {
  it("has its scenarios at their names, and its limits with what they bound, as it is written", () => {
    const { scenarios, limits, places } = outlineOf(cascade());
    expect(scenarios).toEqual([
      ["crash", "crash"],
      ["tail", "tail"],
    ]);
    expect(limits).toEqual([
      [0, "bad debt", "at most 0 USD", "crash"],
      [1, "mean bad debt", "at most 100M USD", "tail"],
    ]);
    expect(places[0]).toBe("{ metric: bad-debt, in: crash, max: 0 USD }");
  });

  it("names a limit's statistic, level and scope, and a lower bound", () => {
    const text = cascade().replace("in: crash, max: 0 USD", "in: crash, market: core, min: 1");
    expect(outlineOf(text).limits[0]).toEqual([0, "bad debt (core)", "at least 1", "crash"]);
  });

  it("has what can be read of a file with errors", () => {
    const text = cascade().replace("metric: bad-debt, in: crash, max: 0 USD", "in: crsh, max: 0 USDD");
    expect(outlineOf(text).limits.map(([index, title]) => [index, title])).toEqual([
      [0, "limit 1"],
      [1, "mean bad debt"],
    ]);
  });

  it.each(["", "- a\n", "a: [", "limits: 1", "limits:\n  -\n  - in\nscenarios: [a]"])(
    "is of nothing where %j has nothing",
    (text) => {
      expect(() => outlineOf(text)).not.toThrow();
      expect(outlineOf(text).scenarios).toEqual([]);
    },
  );
});

import { describe, expect, it } from "vitest";
import { fileText, limitText, scenarioText } from "../../src/extension/tree-text";
import type { LimitItem } from "../../src/protocol/outline";
import { done, limit, picture } from "./pictures";

const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } };

function item(index: number): LimitItem {
  return { index, title: "bad debt", bound: "at most 1 USD", scenario: "crash", range };
}

const judged = picture(done, {
  limits: [limit("pass", "a", 0), limit("fail", "b", 1), limit("undecided", "c", 2)],
});

describe("a file in the tree", () => {
  it.each([
    ["before its first run", undefined, "file", ""],
    ["while it runs", picture({ state: "running", done: 1, total: 3 }), "sync~spin", "33%"],
    ["with errors", picture({ state: "invalid", message: "" }), "error", "errors"],
    ["after a failure", picture({ state: "failed", message: "" }), "error", "failed"],
    ["after a cancellation", picture({ state: "cancelled" }), "circle-slash", "cancelled"],
    ["without limits", picture(done), "file", ""],
    ["with its limits judged", judged, "error", "1 of 3 kept"],
    ["after an edit", { ...judged, stale: true }, "history", "1 of 3 kept"],
  ])("%s", (_when, seen, icon, description) => {
    expect(fileText(seen)).toMatchObject({ icon, description });
  });
});

describe("a scenario in the tree", () => {
  it("is as its worst limit, and counts its own alone", () => {
    expect(scenarioText([item(0)], judged)).toMatchObject({
      icon: "pass",
      description: "1 of 1 kept",
    });
    expect(scenarioText([item(0), item(2)], judged)).toMatchObject({
      icon: "question",
      description: "1 of 2 kept",
      tooltip: "Kept: a, 2 USD (at most 1 USD)\nUndecided: c, 2 USD (at most 1 USD)",
    });
  });

  it("says nothing before a run, and without limits", () => {
    expect(scenarioText([item(0)], undefined)).toEqual({ icon: "beaker", description: "" });
    expect(scenarioText([], judged)).toEqual({ icon: "beaker", description: "" });
  });
});

describe("a limit in the tree", () => {
  it("has its last figure, or its bound where there is none", () => {
    expect(limitText(item(1), judged)).toMatchObject({ icon: "error", description: "2 USD" });
    expect(limitText(item(7), judged)).toEqual({ icon: "circle-outline", description: "at most 1 USD" });
  });
});

import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/dsl/problem";
import { readSettings } from "../../src/server/settings";
import { graded, gradedButErrors } from "../../src/server/severity";

describe("the settings a client sends", () => {
  it("are the number of threads, the rules' severities and what is shown in the text", () => {
    const sent = { threads: 3, rules: { "limit-undecided": "off" }, inlayHints: false };
    expect(readSettings(sent)).toEqual(sent);
  });

  it.each([
    undefined,
    null,
    "loud",
    { threads: null, rules: null },
    { threads: 1.5, rules: { "limit-broken": "loud" }, inlayHints: "no" },
  ])("are none where %o says nothing valid", (sent) => {
    expect(readSettings(sent)).toEqual({ rules: {}, inlayHints: true });
  });
});

describe("a rule's severity", () => {
  const problem = (severity: Problem["severity"]): Problem => {
    return { rule: "some-rule", severity, message: "", span: { start: 0, end: 1 } };
  };
  const seen = (severity: Problem["severity"], setting?: ReturnType<typeof readSettings>["rules"][string]) =>
    graded([problem(severity)], setting ? { "some-rule": setting } : {}).map((each) => each.severity);

  it("is its own where no setting names it, but a hint is silent", () => {
    expect(["error", "warning", "information"].map((each) => seen(each as "error"))).toEqual([
      ["error"],
      ["warning"],
      ["information"],
    ]);
    expect(seen("hint")).toEqual([]);
  });

  it("is the setting's where one names it", () => {
    expect(seen("hint", "hint")).toEqual(["hint"]);
    expect(seen("error", "information")).toEqual(["information"]);
    expect(seen("warning", "off")).toEqual([]);
  });

  it("stays an error where nothing could be simulated", () => {
    const rules = { "some-rule": "off" } as const;
    expect(gradedButErrors([problem("error"), problem("warning")], rules)).toEqual([problem("error")]);
  });
});

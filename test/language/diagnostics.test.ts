import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/dsl/problem";
import { RULES } from "../../src/generated/rules";
import { diagnosticOf, diagnosticsOf } from "../../src/language/diagnostics";
import { rulePage } from "../../src/language/rule-page";
import { openText } from "./fixtures";

const { document } = openText("plimsoll: 1\nname: 12\n");

function problem(extra: Partial<Problem> = {}): Problem {
  return {
    rule: "wrong-type",
    severity: "error",
    message: "A name.",
    span: { start: 18, end: 20 },
    ...extra,
  };
}

describe("a diagnostic", () => {
  it("has the rule as its code, a link to the rule's page, and the exact range", () => {
    expect(diagnosticOf(problem(), document)).toEqual({
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 8 } },
      severity: 1,
      code: "wrong-type",
      codeDescription: {
        href: "https://github.com/plimsoll-risk/plimsoll/blob/main/docs/rules/wrong-type.md",
      },
      source: "plimsoll",
      message: "A name.",
    });
  });

  it.each([
    ["error", 1],
    ["warning", 2],
    ["information", 3],
    ["hint", 4],
  ] as const)("of severity %s is an editor's severity %i", (severity, number) => {
    expect(diagnosticOf(problem({ severity }), document).severity).toBe(number);
  });

  it("leads to what it is related to", () => {
    const related = [{ message: "The first one.", span: { start: 0, end: 8 } }];
    expect(diagnosticOf(problem({ related }), document).relatedInformation).toEqual([
      {
        message: "The first one.",
        location: {
          uri: document.uri,
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 8 } },
        },
      },
    ]);
  });

  it("fades what is unnecessary", () => {
    expect(diagnosticOf(problem({ unnecessary: true }), document).tags).toEqual([1]);
  });
});

describe("very many diagnostics", () => {
  it("are cut, and the next one says how many follow", () => {
    const all = diagnosticsOf(
      Array.from({ length: 20_500 }, () => problem()),
      document,
    );
    expect(all).toHaveLength(501);
    expect(all.at(-1)).toMatchObject({
      code: "more-problems",
      message: "20,000 more problems are not shown. Correct those before this place first.",
    });
  });

  it("are all shown as long as they are not too many", () => {
    expect(
      diagnosticsOf(
        Array.from({ length: 500 }, () => problem()),
        document,
      ),
    ).toHaveLength(500);
  });
});

describe("rule pages", () => {
  it.each(["worker-lost", "simulation-failed", "more-problems"])("exist for %s", (rule) => {
    expect(RULES).toContain(rule);
    expect(existsSync(new URL(`../../docs/rules/${rule}.md`, import.meta.url))).toBe(true);
    expect(rulePage(rule)).toMatch(/\/docs\/rules\/[a-z-]+\.md$/);
  });
});

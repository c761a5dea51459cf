import { describe, expect, it } from "vitest";
import { countText, diagnosticsText } from "../../src/cli/diagnostics-text";
import { styleOf } from "../../src/cli/style";
import type { Problem } from "../../src/dsl/problem";

const plain = styleOf(false);

function problemAt(text: string, part: string, more: Partial<Problem> = {}): Problem {
  const start = text.indexOf(part);
  const span = { start, end: start + part.length };
  return { rule: "some-rule", severity: "error", message: "It is wrong.", span, ...more };
}

function shown(text: string, problem: Problem): string[] {
  return diagnosticsText("a.yaml", text, [problem], plain).split("\n").slice(0, -1);
}

describe("a diagnostic in a terminal", () => {
  it("has file, line and column, severity, rule and message, then the line with what is meant", () => {
    const text = "first: 1\r\nsecond: { price: 80.5 }\r\n";
    expect(shown(text, problemAt(text, "80.5"))).toEqual([
      "a.yaml:2:18 error some-rule: It is wrong.",
      "  2 | second: { price: 80.5 }",
      "    |                  ^^^^",
    ]);
  });

  it("keeps tabs, so that the underline stands below what it underlines", () => {
    const text = "\tkey: 1\n";
    expect(shown(text, problemAt(text, "key")).slice(1)).toEqual(["  1 | \tkey: 1", "    | \t^^^"]);
  });

  it("shows the part of a long line that is meant, within 80 columns", () => {
    const text = `${"x".repeat(300)}HERE${"y".repeat(300)}`;
    const [, line, underline] = shown(text, problemAt(text, "HERE"));
    expect(line).toHaveLength(80);
    expect(line).toMatch(/^ {2}1 \| …x+HEREy+…$/);
    expect(underline.indexOf("^^^^")).toBe(line.indexOf("HERE"));
    expect(underline).toMatch(/[^^]\^{4}$/);
  });

  it("underlines the rest of the line when it goes on below", () => {
    const text = "a: [1,\n 2]\n";
    expect(shown(text, problemAt(text, "[1,\n 2]")).at(-1)).toBe("    |    ^^^");
  });

  it("shows no line of an empty file", () => {
    expect(shown("", { ...problemAt("", ""), span: { start: 0, end: 0 } })).toEqual([
      "a.yaml:1:1 error some-rule: It is wrong.",
    ]);
  });

  it("indents the further lines of a message, and tells the related places", () => {
    const text = "a: 1\nb: 2\n";
    const problem = problemAt(text, "2", {
      message: "2 rows:\n  line 7",
      related: [{ message: "Here, too.", span: { start: 0, end: 1 } }],
    });
    const lines = shown(text, problem);
    expect(lines[1]).toBe("    line 7");
    expect(lines.at(-1)).toBe("  a.yaml:1:1 note: Here, too.");
  });

  it("never lets text from a file steer the terminal", () => {
    const text = "a: \x1b[31mred\n";
    const written = diagnosticsText(
      "a.yaml",
      text,
      [problemAt(text, "red", { message: "found \x1b]0;x\x07" })],
      plain,
    );
    expect(written).not.toContain("\x1b");
    expect(written).not.toContain("\x07");
  });

  it("is coloured only when asked to", () => {
    const text = "a: 1\n";
    const problem = problemAt(text, "1");
    expect(diagnosticsText("a.yaml", text, [problem], styleOf(true))).toContain("\x1b[31m");
    expect(diagnosticsText("a.yaml", text, [problem], plain)).not.toContain("\x1b");
  });
});

describe("the count of problems", () => {
  it("tells each severity that occurs, in one number or many", () => {
    const of = (severity: Problem["severity"]) => problemAt("a", "a", { severity });
    expect(countText([])).toBe("no problems");
    expect(countText([of("warning"), of("error"), of("error")])).toBe("2 errors, 1 warning");
  });
});

import { describe, expect, test } from "vitest";
import { locate } from "../../src/dsl/locate";
import { parse } from "../../src/dsl/parse";
import type { Finding } from "../../src/dsl/problem";
import { heard } from "../../src/dsl/suppress";
import { edited, seen } from "./reading";

const ltv: Finding = {
  rule: "out-of-range",
  severity: "warning",
  message: "High.",
  path: ["markets", "core", "reserves", "WETH", "ltv"],
  fix: { title: "Lower it", value: "75%" },
};

function isSilenced(comment: string, finding: Finding = ltv): boolean {
  const source = parse(edited("        ltv: 80.5%", `${comment}\n        ltv: 80.5%`));
  return heard(source, [locate(source, finding)], false).length === 0;
}

describe("a comment with a rule and a reason silences the next line", () => {
  test("that rule only", () => {
    expect(isSilenced("        # plimsoll-disable-next-line out-of-range -- agreed in March")).toBe(true);
    expect(
      isSilenced("        # plimsoll-disable-next-line out-of-range -- agreed", {
        ...ltv,
        rule: "unknown-name",
      }),
    ).toBe(false);
  });

  test("that line only", () => {
    const comment = "        # plimsoll-disable-next-line out-of-range -- agreed";
    expect(isSilenced(comment, { ...ltv, path: ["markets", "core", "reserves", "WETH", "oracle"] })).toBe(
      false,
    );
  });

  test("several in a row speak of the same line", () => {
    const comment =
      "        # plimsoll-disable-next-line unknown-name -- a\n        # plimsoll-disable-next-line out-of-range -- b";
    expect(isSilenced(comment)).toBe(true);
  });

  test("without a reason it silences nothing", () => {
    expect(isSilenced("        # plimsoll-disable-next-line out-of-range")).toBe(false);
  });

  test("it cannot hide why a file is not read", () => {
    const source = parse(
      edited(
        "        ltv: 80.5%",
        "        # plimsoll-disable-next-line out-of-range -- no\n        ltv: 80.5",
      ),
    );
    expect(heard(source, source.problems, true).map(({ rule }) => rule)).toEqual([
      "out-of-range",
      "invalid-suppression",
    ]);
  });
});

describe("an error that stops the file from being run", () => {
  const comment = "# plimsoll-disable-next-line out-of-range -- agreed";
  const source = parse(edited("        ltv: 80.5%", `        ${comment}\n        ltv: 80.5%`));
  const error = locate(source, { ...ltv, severity: "error" });

  test("is told in spite of a comment, which is told why", () => {
    const [told, comments, ...more] = heard(source, [error], true);
    expect([told, more]).toEqual([error, []]);
    expect(comments).toMatchObject({ rule: "invalid-suppression", severity: "warning" });
    expect(source.text.slice(0, comments.span.start).split("\n").at(-1)).toBe(
      "        # plimsoll-disable-next-line ",
    );
  });

  test("tells a comment once, however many errors it meant", () => {
    expect(heard(source, [error, error, error], true)).toHaveLength(4);
  });

  test("is silenced where it does not", () => {
    expect(heard(source, [error], false)).toEqual([]);
    expect(heard(source, [{ ...error, severity: "warning" }], true)).toEqual([]);
  });
});

describe("a comment that silences nothing is a warning", () => {
  test.each([
    [
      "# plimsoll-disable-next-line out-of-rnge -- x",
      "out-of-rnge",
      "There is no rule `out-of-rnge`. Did you mean `out-of-range`?",
    ],
    [
      "# plimsoll-disable-next-line out-of-range",
      "out-of-range",
      "Say why: `# plimsoll-disable-next-line out-of-range -- reason`. Without a reason it silences nothing.",
    ],
    [
      "# plimsoll-disable-next-line",
      "# plimsoll-disable-next-line",
      "Name the rule and the reason: `# plimsoll-disable-next-line rule-id -- reason`.",
    ],
  ])("%s", (comment, at, message) => {
    const text = edited("name: Test", `${comment}\nname: Test`);
    expect(seen(text)).toEqual([{ rule: "invalid-suppression", at, message }]);
    expect(parse(text).file).toBeDefined();
  });
});

describe("a finding is put on the current text", () => {
  test("with its fix when the value is written there", () => {
    const text = edited("name: Test", "name: A longer name");
    const problem = locate(parse(text), ltv);
    expect(text.slice(problem.span.start, problem.span.end)).toBe("80.5%");
    expect(problem.fixes).toEqual([{ title: "Lower it", edits: [{ span: problem.span, text: "75%" }] }]);
  });

  test("on the nearest ancestor, and without a fix, when the value is gone", () => {
    const text = edited("        ltv: 80.5%\n", "");
    const problem = locate(parse(text), ltv);
    expect(text.slice(problem.span.start, problem.span.end)).toBe("WETH");
    expect(problem.fixes).toBeUndefined();
  });
});

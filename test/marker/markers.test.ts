import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isExpected, markersOf } from "./markers";
import { answers, openCase } from "./questions";

const folder = new URL("./cases/", import.meta.url);

describe.each(readdirSync(folder))("%s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const opened = openCase(name, text);

  it.each(markersOf(text).map((marker) => [marker.line, marker] as const))(
    "line %i",
    (_, { feature, span, expected }) => {
      const answer = answers[feature]({ ...opened, span });
      if (!isExpected(answer, expected)) expect(answer).toBe(expected);
    },
  );

  it("asks something", () => {
    expect(markersOf(text)).not.toEqual([]);
  });
});

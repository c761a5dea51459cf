import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { examine } from "../../src/cli/examine";
import type { Problem } from "../../src/dsl/problem";
import { check } from "../../src/server/check";
import { dataBeside } from "./made/data";
import { dice } from "./made/dice";
import { madeFile } from "./made/file";
import { partsOfFile, partsOfSchema } from "./made/parts";
import { written } from "./made/written";

/** These files stand alone; those that extend another are in test/dsl/proposals.test.ts. */
const missing = new Set(partsOfSchema().filter((part) => part !== "/extends"));

const files = Array.from({ length: 50 }, (_, i) => {
  const random = dice(i + 1);
  const file = madeFile(random, missing);
  for (const part of partsOfFile(file)) missing.delete(part);
  return { seed: i + 1, file, text: written(file, random), data: dataBeside(file, random) };
});

function told(problems: readonly Problem[], text: string): string[] {
  return problems.map(
    ({ rule, message, span }) => `${rule}: ${message} (${text.slice(span.start, span.end)})`,
  );
}

describe("a valid file that is made from the schema", () => {
  it.each(files)(
    "has no diagnostics while it is typed, and says what is meant (seed $seed)",
    ({ file, text }) => {
      const { source, findings } = check(TextDocument.create("file:///made.risk.yaml", "risk", 1, text));
      expect(told([...source.problems, ...findings], text)).toEqual([]);
      const { "x-shared": _, ...read } = source.file as typeof file & { "x-shared"?: unknown };
      expect(read).toEqual(file);
    },
  );

  it.each(files)(
    "has none when it is opened with its data, before anything happens (seed $seed)",
    async ({ text, data }) => {
      const { problems, runnable } = await examine(text, data);
      expect(told(problems, text)).toEqual([]);
      expect(runnable).toBeDefined();
    },
  );
});

describe("the files together", () => {
  it("use every key of the schema, and every choice", () => {
    expect([...missing]).toEqual([]);
  });

  it.each([
    ["comments", /^ *#/m],
    ["comments behind a value", /\S +#/],
    ["anchors and aliases of maps", /&a\d+[\s\S]*: \*a\d/],
    ["anchors and aliases of scalars", /&s\d+ [\s\S]*\*s\d/],
    ["merge keys", /<<: \*a/],
    ["merge keys of several maps", /<<:(?: \[ ?|\s+- )\*a/],
    ["flow style over several lines", /[{[]\n/],
    ["lists in lists", /^ *- - /m],
    ["lists that are not indented", /^limits:\n- /m],
    ["folded scalars", /: >-/],
    ["single quotes", /: '/],
    ["double quotes", /: "/],
    ["escapes", /\\u00/],
    ["quoted keys", /^ *["'].*["']:/m],
    ["quantities without a unit", /threshold: 0?\.\d/i],
    ["percents", /\d%/],
    ["basis points", /\d bp/],
    ["scales and units", /\dk \w/],
    ["a document's start", /^---/],
    ["carriage returns", /\r\n/],
  ])("are written with %s", (_what, form) => {
    expect(files.filter(({ text }) => form.test(text))).not.toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose, composeWhole, layOut } from "../../src/dsl/compose";
import { finished } from "../../src/dsl/steps";
import type { Node } from "../../src/dsl/tree";
import { complete, long } from "./reading";

/** Spans of maps and lists over several lines may differ in the blank space around them. */
function comparable(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === "scalar") return node;
  const span = node.block ? undefined : node.span;
  if (node.kind === "list") return { span, items: node.items.map(comparable) };
  return {
    span,
    entries: [...node.entries].map(([key, entry]) => [key, entry.keySpan, comparable(entry.value)]),
  };
}

function sameEitherWay(text: string): void {
  const pieces = finished(compose(text, finished(layOut(text))));
  const whole = composeWhole(text);
  const isUnfinished = whole.broken || whole.problems.some(({ rule }) => rule === "incomplete-key");
  if (isUnfinished) {
    expect(pieces.problems.length).toBeGreaterThan(0);
    return;
  }
  expect(pieces.broken).toBe(false);
  expect(comparable(pieces.root)).toEqual(comparable(whole.root));
  expect(pieces.problems).toEqual(whole.problems);
}

describe("a file taken apart reads as it does whole", { timeout: 60_000 }, () => {
  test("when it is valid", () => {
    sameEitherWay(complete);
    sameEitherWay(long);
    sameEitherWay(long.replaceAll("\n", "\r\n"));
  });

  test.each([
    ["anchors in other sections", "x-a: &a { of: WETH }\n", "feed-5: *a"],
    ["merges from other sections", "x-a: &a { of: WETH, delay: 12s }\n", "feed-5: { <<: *a, delay: 1s }"],
    ["a merge key between entries", "x-a: &a { z: { of: WETH } }\n", "<<: *a"],
    ["duplicate keys", "", "feed-6: { of: WETH }"],
    ["a block scalar", "x-a: |\n  text: {\n  - more\n", "feed-5: { of: USDC }"],
    ["comments at any column", "# a\n", "feed-5: { of: USDC }\n# b\n      # c\n  # d"],
    ["a nested map", "", "feed-5:\n    of: USDC\n    delay: 1s"],
  ])("with %s", (_, head, entry) => {
    sameEitherWay(head + long.replace("feed-5: { of: WETH, heartbeat: 6h }", entry));
  });

  test("with a quoted key below a list that is not indented", () => {
    const flush = long.replace(/^ {2}- /gm, "- ");
    sameEitherWay(`${flush}"x-end":\n  a: 1\n`);
  });

  test("whatever is cut out and put in", () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        "\n",
        "  ",
        "# x\n",
        "a: 1\n",
        "  a: 1\n",
        "- b\n",
        "&a ",
        "*a",
        "{",
        "}",
        '"',
        "ven\n",
        "\n\n",
      ),
      fc.string({ maxLength: 3 }),
    );
    const cut = fc.record({ at: fc.nat(long.length), remove: fc.nat(30), insert: pieces });
    fc.assert(
      fc.property(cut, ({ at, remove, insert }) =>
        sameEitherWay(long.slice(0, at) + insert + long.slice(at + remove)),
      ),
      { numRuns: 150 },
    );
  });
});

test("an edit of a long file is read anew in one block", () => {
  const { cut } = finished(layOut(long));
  const edited = finished(layOut(long.replace("heartbeat: 30h", "heartbeat: 30d"), cut));
  const known = new Set(cut!.pieces.map(({ block }) => block));
  expect(edited.cut!.pieces.filter(({ block }) => !known.has(block)).map(({ block }) => block.text)).toEqual([
    "  feed-29: { of: WETH, heartbeat: 30d }\n",
  ]);
});

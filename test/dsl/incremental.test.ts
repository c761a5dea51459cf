import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose, composeWhole, layOut } from "../../src/dsl/compose";
import { parse, type Source } from "../../src/dsl/parse";
import { checkInPlace } from "../../src/dsl/shallow";
import { finished } from "../../src/dsl/steps";
import type { Entry, MapNode, Node } from "../../src/dsl/tree";
import { long } from "./reading";

/** A file with every way in which blocks can depend on each other. */
const start = long
  .replace("plimsoll: 1\n", "plimsoll: 1\nx-feed: &feed { of: WETH, heartbeat: 2h, deviation: 1% }\n")
  .replace("feed-7: { of: WETH, heartbeat: 8h }", "feed-7: { <<: *feed, heartbeat: 8h }")
  .replace("feed-20: { of: WETH, heartbeat: 21h }", "feed-20: *feed")
  .replace("  inline:\n", () => `  many:\n    market: core\n    positions:\n${positions(30)}  inline:\n`);

function positions(count: number): string {
  const sides = ["collateral", "debt"];
  return Array.from(
    { length: count },
    (_, i) => `      - { account: a${i >> 1}, asset: WETH, side: ${sides[i % 2]}, amount: ${i} }\n`,
  ).join("");
}

/** A tree with nothing kept in it, so that all of it is checked. */
function plain(node: Node): Node {
  if (node.kind === "scalar") return node;
  const { span, origin, block } = node;
  if (node.kind === "list") return { kind: "list", span, origin, block, items: node.items.map(plain) };
  const entry = ({ value, ...rest }: Entry): Entry => ({ ...rest, value: plain(value) });
  const entries = new Map(Array.from(node.entries.values(), (each) => [each.key, entry(each)]));
  return { kind: "map", span, origin, block, entries };
}

const found = ({ root, problems, draft, file }: Source) => ({
  root: root && plain(root),
  problems,
  draft,
  file,
});

/** Everything that is said of a text after an older version of it is what is said of it alone. */
function sameAsFresh(source: Source): void {
  const fresh = parse(source.text);
  expect(found(source)).toEqual(found(fresh));
}

/** What was found block by block is what is found in the same tree as a whole. */
function sameAsWhole({ text, root, draft, problems }: Source): void {
  if (root?.kind !== "map") return;
  const { root: written, problems: syntax, broken } = finished(compose(text, finished(layOut(text))));
  const whole = finished(checkInPlace(text, plain(written!) as MapNode));
  expect(plain(root)).toEqual(plain(whole.root));
  expect(draft).toEqual(whole.data);
  const isTyping = syntax.some(({ rule }) => rule === "incomplete-key");
  if (broken || isTyping) return;
  expect(new Set(problems)).toEqual(new Set([...syntax, ...whole.problems]));
  const read = composeWhole(text);
  if (!read.broken && read.problems.length === syntax.length && read.root?.kind === "map")
    expect(finished(checkInPlace(text, read.root)).data).toEqual(draft);
}

const passages = [
  "\n",
  "  ",
  "# x\n",
  "  feed-a: { of: USDC }\n",
  "      - { account: z, asset: DAI, side: debt, amount: 3 }\n",
  "      - { account: z, asset: WETH, side: debt, amount: 3x }\n",
  "  feed-b:\n    of: WETH\n    delay: 3h\n",
  "&feed ",
  "*feed",
  "<<: *feed\n",
  "{",
  "}",
  '"',
  "\t",
  "- ",
  "ven\n",
  "80.5",
  "%",
  "---\n",
  "oracles:\n",
];

const edit = fc.record({
  at: fc.nat(start.length),
  remove: fc.oneof({ weight: 3, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(400) }),
  insert: fc.oneof(fc.constantFrom(...passages), fc.string({ maxLength: 3 })),
  undo: fc.integer({ min: 0, max: 3 }),
});

describe("a text that was edited is found as if it had been opened", { timeout: 120_000 }, () => {
  test("in whatever steps it came to be", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const versions = [start];
        let source = parse(start);
        for (const { at, remove, insert, undo } of edits) {
          const last = versions.at(-1)!;
          const text =
            undo === 0
              ? versions[versions.length >> 1]
              : last.slice(0, at) + insert + last.slice(at + remove);
          versions.push(text);
          source = parse(text, source);
          sameAsFresh(source);
          sameAsWhole(source);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("when two places far apart change at once", () => {
    const first = parse(start);
    const source = parse(start.replaceAll("core", "main"), first);
    sameAsFresh(source);
    sameAsWhole(source);
    expect(source.file?.markets).toHaveProperty("main");
  });

  test("when what others refer to is renamed, removed and put back", () => {
    let source = parse(start);
    for (const text of [
      start.replace("  WETH: {", "  WETX: {"),
      start.replace(/^assets:\n/m, "asets:\n"),
      start.replace("rules: aave-v3.3", "rules: compound-v2"),
      start.replace("numeraire: USD", "numeraire: EUR"),
      start,
    ]) {
      source = parse(text, source);
      sameAsFresh(source);
      sameAsWhole(source);
    }
  });

  test("when sections and names stand in the wrong column, and are put back", () => {
    let source = parse(start);
    for (const text of [
      start.replace("\noracles:", "\n  oracles:"),
      start.replace("\noracles:", "\n  oracles:").replace("feed-9: {", "feed-99: {"),
      start.replace("  feed-59: {", "feed-59: {"),
      start.replace(/^limits:\n/m, "  limits:\n"),
      start
        .replace("        ltv: 80.5%\n", "")
        .replace("      wstETH: { o", "      ltv: 80.5%\n      wstETH: { o"),
      start.replace("  feed-9: { of: WETH", "  delay: 12s\n  feed-9: { of: WETH"),
      start,
    ]) {
      source = parse(text, source);
      sameAsFresh(source);
      sameAsWhole(source);
    }
    expect(source.problems).toEqual([]);
  });

  test("when the name of what did not change is no name", () => {
    const named = start.replace("  feed-30: {", "  feed%30: {");
    const first = parse(named);
    const source = parse(named.replace("heartbeat: 6h", "heartbeat: 7h"), first);
    sameAsFresh(source);
    expect(source.problems.map(({ rule }) => rule)).toEqual(["invalid-name"]);
  });
});

import { expect, it } from "vitest";
import { sideBySide } from "../../bench/language.mjs";
import { root } from "../package/vsix";

/** Of a goal, so that a busy machine does not fail what an idle one passes. */
const MARGIN = 0.7;

const START_AHEAD = 2;
const ANSWERS_AHEAD = 4;

it("is ahead of yaml-language-server on the same document, side by side", { timeout: 600_000 }, async () => {
  const rows = await sideBySide(root, [1_000, 10_000]);
  const ratios = rows
    .filter(({ unit }) => unit === "ms")
    .map(({ what, ours, theirs }) => ({ what, ratio: theirs / ours }));
  expect(ratios).toHaveLength(1 + 2 * 2 * 3);
  const goal = (what: string) => (what.startsWith("start") ? START_AHEAD : ANSWERS_AHEAD);
  expect(ratios.filter(({ what, ratio }) => ratio < MARGIN * goal(what))).toEqual([]);
});

import { expect, it } from "vitest";
import { makeRandomEdits } from "./edit-stream";

it("a stream of random edits never throws, and is always published as a fresh open would be", {
  timeout: 120_000,
}, async () => {
  await expect(makeRandomEdits(1, 1_000)).resolves.toBeUndefined();
});

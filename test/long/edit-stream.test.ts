import { expect, it } from "vitest";
import { makeRandomEdits } from "../server/edit-stream";

it.each([2, 3, 4, 5])("25,000 random edits, seed %i", async (seed) => {
  await expect(makeRandomEdits(seed, 25_000)).resolves.toBeUndefined();
});

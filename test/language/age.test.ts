import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageOf, untilOlder } from "../../src/language/age";

describe("an age", () => {
  it.each([
    [0, "just now"],
    [59.9, "just now"],
    [60, "1 min ago"],
    [200, "3 min ago"],
    [3599, "59 min ago"],
    [3600, "1 h ago"],
    [7200, "2 h ago"],
    [86_400, "1 day ago"],
    [432_000, "5 days ago"],
  ])("of %d s is %s", (seconds, words) => {
    expect(ageOf(seconds)).toBe(words);
  });

  it("reads otherwise exactly when it is said to", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        const next = seconds + untilOlder(seconds);
        expect(ageOf(next - 0.5)).toBe(ageOf(seconds));
        expect(ageOf(next)).not.toBe(ageOf(seconds));
      }),
    );
  });
});

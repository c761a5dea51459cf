import { describe, expect, it } from "vitest";
import { failureOf, outcomeOf } from "../../src/extension/test-outcome";
import { done, limit, picture } from "./pictures";

describe("a limit's test", () => {
  it("passes when the limit is kept", () => {
    expect(outcomeOf(limit("pass"))).toEqual({ state: "passed" });
  });

  it("fails with the bound as what was expected and the figure as what there is", () => {
    expect(outcomeOf(limit("fail"))).toEqual({
      state: "failed",
      message: "Broken: bad debt in crash, 2 USD (at most 1 USD)",
      expected: "at most 1 USD",
      actual: "2 USD",
    });
  });

  it("is skipped when the paths do not decide it, and says what it came to", () => {
    expect(outcomeOf(limit("undecided"))).toEqual({
      state: "skipped",
      reason: "undecided: 2 USD (at most 1 USD)",
    });
  });
});

describe("a file's test", () => {
  it("has verdicts when its run is done", () => {
    expect(failureOf(picture(done))).toBeUndefined();
  });

  it.each([
    [picture({ state: "invalid", message: "The file has 1 error." }), /1 error/],
    [picture({ state: "failed", message: "A thread was lost." }), /thread/],
    [picture({ state: "empty", message: "The file has nothing to simulate." }), /nothing to simulate/],
    [picture({ state: "cancelled" }), /cancelled/],
    [undefined, /not end/],
  ])("says why there are none: %#", (seen, reason) => {
    expect(failureOf(seen)).toMatch(reason);
  });
});

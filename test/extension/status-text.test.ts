import { describe, expect, it } from "vitest";
import { statusOf } from "../../src/extension/status-text";
import type { Picture } from "../../src/protocol/messages";
import { done, limit, picture } from "./pictures";

describe("the status bar", () => {
  it.each<[string, Picture | undefined, string]>([
    ["before the first run", undefined, "$(pulse) Plimsoll"],
    ["while it runs", picture({ state: "running", done: 499, total: 2000 }), "$(sync~spin) Plimsoll 24%"],
    [
      "while the last charts are on their way",
      picture({ state: "running", done: 2000, total: 2000 }),
      "$(sync~spin) Plimsoll: last charts",
    ],
    ["before a run's first paths", picture({ state: "running", done: 0, total: 0 }), "$(sync~spin) Plimsoll"],
    ["without limits", picture(done), "$(pass) Plimsoll: simulated"],
    ["with limits that hold", picture(done, { limits: [limit("pass")] }), "$(pass) Plimsoll: limits hold"],
    [
      "with a broken limit",
      picture(done, { limits: [limit("undecided"), limit("fail", "shortfall in crash")] }),
      "$(error) Plimsoll: limit broken: shortfall in crash",
    ],
    [
      "with several broken limits",
      picture(done, { limits: [limit("fail"), limit("fail"), limit("fail")] }),
      "$(error) Plimsoll: limit broken: bad debt in crash and 2 more",
    ],
    [
      "with an undecided limit",
      picture(done, { limits: [limit("pass"), limit("undecided")] }),
      "$(question) Plimsoll: undecided: bad debt in crash",
    ],
    [
      "after an edit",
      picture(done, { stale: true, limits: [limit("pass")] }),
      "$(history) Plimsoll: limits hold",
    ],
    [
      "with errors",
      picture({ state: "invalid", message: "1 error." }),
      "$(error) Plimsoll: errors in the file",
    ],
    ["when cancelled", picture({ state: "cancelled" }), "$(circle-slash) Plimsoll: cancelled"],
    [
      "when broken off",
      picture({ state: "failed", message: "Lost." }),
      "$(error) Plimsoll: simulation failed",
    ],
  ])("%s", (_when, shown, text) => {
    expect(statusOf(shown).text).toBe(text);
  });

  it("explains every limit when it is pointed at", () => {
    expect(statusOf(picture(done, { limits: [limit("fail"), limit("pass")] })).tooltip).toBe(
      "Broken: bad debt in crash, 2 USD (at most 1 USD)\nKept: bad debt in crash, 2 USD (at most 1 USD)\nSimulated in 1.2 s.",
    );
  });

  it("cancels a run by a click, and else opens the panel", () => {
    expect(statusOf(picture({ state: "running", done: 1, total: 2 })).command).toBe("plimsoll.cancel");
    expect(statusOf(picture(done)).command).toBe("plimsoll.openPanel");
  });
});

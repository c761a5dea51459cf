import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { coalesce } from "../../src/server/coalesce";

function counted() {
  let count = 0;
  const work = coalesce(() => {
    count++;
  });
  return { work, count: () => count };
}

describe("coalesced work", () => {
  it("is done once for requests of the same turn, after they were made", async () => {
    const { work, count } = counted();
    work.request();
    work.request();
    expect(count()).toBe(0);
    await turn();
    await turn();
    expect(count()).toBe(1);
  });

  it("waits while there is a request in every turn", async () => {
    const { work, count } = counted();
    for (let i = 0; i < 20; i++) {
      work.request();
      await turn();
    }
    expect(count()).toBe(0);
    await turn();
    expect(count()).toBe(1);
  });

  it("is done again when it is requested again", async () => {
    const { work, count } = counted();
    for (let i = 0; i < 3; i++) {
      work.request();
      await turn();
      await turn();
    }
    expect(count()).toBe(3);
  });

  it("is not done once cancelled", async () => {
    const { work, count } = counted();
    work.request();
    await turn();
    work.cancel();
    await turn();
    await turn();
    expect(count()).toBe(0);
  });
});

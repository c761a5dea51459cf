import { mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../scripts/lock.mjs";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-lock-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("the lock of the cache", () => {
  it("lets one run at a time do its work", async () => {
    const events: string[] = [];
    const work = (name: string) =>
      withLock(folder, async () => {
        events.push(`${name} begins`);
        await sleep(100);
        events.push(`${name} ends`);
      });
    await Promise.all([work("first"), work("second")]);
    expect(events.map((event) => event.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends"]);
  });

  it("is released when the work fails", async () => {
    await expect(withLock(folder, () => Promise.reject(new Error("no network")))).rejects.toThrow(
      "no network",
    );
    await expect(stat(join(folder, "lock"))).rejects.toThrow("ENOENT");
  });

  it("is taken over from a run that was killed", async () => {
    const file = join(folder, "lock");
    const longAgo = new Date(Date.now() - 60_000);
    await writeFile(file, "");
    await utimes(file, longAgo, longAgo);
    expect(await withLock(folder, async () => "done")).toBe("done");
  });
});

import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "../../scripts/cache.mjs";
import { browserOptions } from "../../scripts/chromium.mjs";

describe("the cache folder", () => {
  it("is in the person's cache, where npm ci does not wipe it", () => {
    expect(cacheFolder({})).toBe(join(homedir(), ".cache/plimsoll"));
    expect(cacheFolder({ XDG_CACHE_HOME: "/var/cache" })).toBe("/var/cache/plimsoll");
  });

  it("can be chosen", () => {
    expect(cacheFolder({ PLIMSOLL_CACHE: "here", XDG_CACHE_HOME: "/var/cache" })).toBe(resolve("here"));
  });
});

describe("the browser of the tests", () => {
  it("is the one that CHROME names", async () => {
    const { executablePath } = await browserOptions({ CHROME: process.execPath });
    expect(executablePath).toBe(process.execPath);
  });

  it("is not guessed when CHROME names nothing", async () => {
    await expect(browserOptions({ CHROME: "/no/such/browser" })).rejects.toThrow(
      "CHROME is set to /no/such/browser",
    );
  });
});

import { describe, expect, it } from "vitest";
import { publicUrl, redactor } from "../../src/import/redact";

describe("an RPC URL is shown without what may be a key", () => {
  it.each([
    ["https://eth-mainnet.g.alchemy.com/v2/AbCdEf0123456789", "https://….alchemy.com"],
    ["https://little-silent-owl.quiknode.pro/0123456789abcdef/", "https://….quiknode.pro"],
    ["https://user:secret@node.example.org/rpc?apikey=12345678", "https://….example.org"],
    ["http://localhost:8545", "http://localhost:8545"],
    ["http://127.0.0.1:8545/0123456789abcdef", "http://127.0.0.1:8545"],
    ["http://[::1]:8545", "http://[::1]:8545"],
  ])("%s", (url, shown) => {
    expect(publicUrl(url)).toBe(shown);
  });
});

describe("a text is rid of a URL and its parts", () => {
  it.each([
    [
      "as it was written",
      "Cannot reach https://eth.rpc.io/v3/0123456789abcdef?x=1",
      "Cannot reach https://….rpc.io",
    ],
    ["its path alone", "POST /v3/0123456789abcdef?x=1 failed", "POST … failed"],
    ["its key alone", "The key 0123456789abcdef is used up", "The key … is used up"],
    ["words of its path stay", "There is no v3 here", "There is no v3 here"],
  ])("%s", (_, text, shown) => {
    expect(redactor("https://eth.rpc.io/v3/0123456789abcdef?x=1")(text)).toBe(shown);
  });

  it("credentials, also decoded, and keys in hosts", () => {
    const rid = redactor("https://me:p%40ss@0123456789abcdef.nodes.io/");
    expect(rid("me p%40ss p@ss 0123456789abcdef.nodes.io")).not.toMatch(/p%40ss|p@ss|0123456789abcdef/);
  });
});

import { describe, expect, it } from "vitest";
import { updated } from "../../src/import/update";

const OLD = `# Aave v3 on chain 1 at block 100 (2025-01-01T00:00:00.000Z), read from its contracts.
plimsoll: 1
name: My market
snapshot: { chain: 1, block: 100 }

assets:
  # The one that matters.
  WETH: { price: 3000, volatility: 70%, decimals: 18 } # mine
  USDC: { price: 1, stable: {}, decimals: 6 }

oracles:
  weth-feed: { of: WETH, heartbeat: 1h }
  usdc-feed:   { of: USDC }

markets:
  core:
    kind: lending
    rules: aave-v3.0
    reserves:
      WETH: { oracle: weth-feed, liquidationThreshold: 0.83, liquidationBonus: 5% } # supply cap 100
      USDC: { oracle: usdc-feed } # we lend it, frozen or not

liquidators: { searchers: { capital: flash } } # assumed
`;

const FRESH = `# Aave v3 on chain 1 at block 200 (2025-02-01T00:00:00.000Z), read from its contracts.
plimsoll: 1
name: Aave v3, chain 1
snapshot: { chain: 1, block: 200 }

assets:
  WETH: { price: 2900.5, decimals: 18 }
  USDC: { price: 1, decimals: 6 }
  DAI: { price: 1, decimals: 18 }

oracles:
  weth-feed: { of: WETH }
  usdc-feed: { of: USDC }
  dai-feed: { of: DAI }

markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: weth-feed, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 6% } # supply cap 200
      USDC: { oracle: usdc-feed } # frozen
      DAI: { oracle: dai-feed } # paused
    siloed: [DAI]
`;

describe("a file that is updated", () => {
  const { text, drift } = updated(OLD, FRESH);

  it("has the chain's values, and keeps its layout, its comments and what is a person's", () => {
    expect(text).toBe(`# Aave v3 on chain 1 at block 200 (2025-02-01T00:00:00.000Z), read from its contracts.
plimsoll: 1
name: My market
snapshot: { chain: 1, block: 200 }

assets:
  # The one that matters.
  WETH: { price: 2900.5, volatility: 70%, decimals: 18 } # mine
  USDC: { price: 1, stable: {}, decimals: 6 }
  DAI: { price: 1, decimals: 18 }

oracles:
  weth-feed: { of: WETH, heartbeat: 1h }
  usdc-feed:   { of: USDC }
  dai-feed: { of: DAI }

markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: weth-feed, liquidationThreshold: 0.83, liquidationBonus: 6%, ltv: 80% } # supply cap 200
      USDC: { oracle: usdc-feed } # we lend it, frozen or not
      DAI: { oracle: dai-feed } # paused
    siloed: [DAI]

liquidators: { searchers: { capital: flash } } # assumed
`);
  });

  it("tells what has changed, as it is written; a value written in another way has not", () => {
    const lines = drift.map(({ path, was, is }) => `${path.join(".")}: ${was} > ${is}`);
    expect(lines).toEqual([
      "snapshot.block: 100 > 200",
      "assets.WETH.price: 3000 > 2900.5",
      "assets.DAI: undefined > new",
      "oracles.dai-feed: undefined > new",
      "markets.core.rules: aave-v3.0 > aave-v3.3",
      "markets.core.reserves.WETH.ltv: undefined > 80%",
      "markets.core.reserves.WETH.liquidationBonus: 5% > 6%",
      "markets.core.reserves.DAI: undefined > new",
      "markets.core.siloed: undefined > [DAI]",
    ]);
  });

  it("stays as it is when it is updated again", () => {
    expect(updated(text, FRESH)).toEqual({ text, drift: [] });
  });

  it("keeps what the chain has no more, and tells it", () => {
    const { text: kept, drift: gone } = updated(text, OLD);
    expect(kept).toContain("DAI: { oracle: dai-feed }");
    expect(gone).toContainEqual({ path: ["markets", "core", "reserves", "DAI"], was: "in the file" });
  });

  it("gets a section that it does not have", () => {
    const { text: whole } = updated(OLD, `${FRESH}\nbooks:\n  borrowers: { market: core, file: a.csv }\n`);
    expect(whole.endsWith("\nbooks:\n  borrowers: { market: core, file: a.csv }\n")).toBe(true);
  });

  it("is refused when it has an error of its own", () => {
    expect(() => updated(OLD.replace("price: 3000", "price: -1"), FRESH)).toThrow(
      /^The file cannot be updated: /,
    );
  });
});

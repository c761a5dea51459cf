import { describe, expect, it } from "vitest";
import { mentionAt, namesOf } from "../../src/dsl/names";
import { parse } from "../../src/dsl/parse";
import { assess } from "../../src/insight/assess";
import { tailFigure } from "../../src/insight/tail-figure";
import { simulateInline } from "../../src/run/inline";
import { findingsOf } from "../model/findings-of";
import { fileOf } from "./small-file";

/** Nobody liquidates: in the crash A's account lacks 3,000 dollars and B's 1,000. */
const clean = `plimsoll: 1
assets:
  A: { price: 1000, volatility: 80% }
  B: { price: 1000, volatility: 80% }
  USDC: { stable: {} }
venues:
  a-usdc: { pair: [A, USDC], model: constant-product, reserves: [100k, 100M] }
  b-usdc: { pair: [B, USDC], model: constant-product, reserves: [100k, 100M] }
oracles:
  a: { of: A, in: USDC }
  b: { of: B, in: USDC }
markets:
  first: { kind: lending, rules: morpho-blue, collateral: A, loan: USDC, lltv: 86%, oracle: a, supplied: 10k, borrowed: 8k, rateAtTarget: 0.1%/yr }
  second: { kind: lending, rules: morpho-blue, collateral: B, loan: USDC, lltv: 86%, oracle: b, supplied: 20k, borrowed: 7k, rateAtTarget: 0.1%/yr }
books:
  a: { market: first, positions: [{ account: a, asset: A, side: collateral, amount: 10 }, { account: a, asset: USDC, side: debt, amount: 8k }] }
  b: { market: second, positions: [{ account: b, asset: B, side: collateral, amount: 10 }, { account: b, asset: USDC, side: debt, amount: 7k }] }
liquidators:
  nobody: { capital: flash, minProfit: 1B USD }
scenarios:
  crash: { shock: { A: -50%, B: -40% }, hold: 1h }
  tail: { monte-carlo: { paths: 40, horizon: 30d, step: 1d, seed: 7 } }
vaults:
  prime: { asset: USDC, allocations: { first: { supplied: 4k, cap: 9k }, second: { supplied: 5k } }, idle: 1k }
  small: { asset: USDC, allocations: { second: { supplied: 1k } } }
limits:
`;

async function assessed(...limits: readonly string[]) {
  const small = await fileOf(clean + limits.map((limit) => `  - { ${limit} }\n`).join(""));
  return assess({ ...small, scenarios: [small.scenario("crash")] }, simulateInline);
}

const changed = (from: string, to: string) => {
  expect(clean).toContain(from);
  return clean.replace(from, to).replace("limits:\n", "");
};

describe("a limit on a vault", () => {
  it("lands on the allocation that bears most, with the vault's share of it", async () => {
    const { limits, findings } = await assessed("metric: vault-loss, vault: prime, in: crash, max: 0 USD");
    // 40% of 3,000 and 25% of 1,000, of 10,000 in all.
    expect(limits[0]).toMatchObject({
      verdict: "fail",
      title: "vault loss (prime) in crash",
      measured: "1,450 USD, 14.5% of what the vaults have",
    });
    expect(findings.find(({ rule }) => rule === "limit-broken")).toMatchObject({
      path: ["vaults", "prime", "allocations", "first", "supplied"],
      message:
        "crash: vault loss (prime) 1,450 USD, above the limit of 0 USD. That is 14.5% of what the vaults have. 82.8% of it comes through what is supplied to first. 82.8% of the bad debt comes through A in first (threshold 86%).",
      related: [{ path: ["limits", 0, "max"] }, { path: ["markets", "first", "lltv"] }],
    });
  });

  it("is on one vault or on all", async () => {
    const { limits } = await assessed(
      "metric: vault-loss, vault: small, in: crash, max: 1k USD",
      "metric: vault-loss, in: crash, max: 5k USD",
      "metric: withdrawable, vault: prime, in: crash, min: 1k USD",
      "metric: withdrawable, in: crash, min: 1k USD",
    );
    expect(limits.map(({ estimate }) => Math.round(estimate!.value))).toEqual([50, 1500, 8000, 9000]);
    expect(limits.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass", "pass"]);
  });

  it("lands on the allocation of which least can be withdrawn", async () => {
    const { findings } = await assessed("metric: withdrawable, vault: prime, in: crash, min: 9k USD");
    expect(findings.find(({ rule }) => rule === "limit-broken")).toMatchObject({
      path: ["vaults", "prime", "allocations", "first", "supplied"],
      message:
        "crash: withdrawable (prime) 8,000 USD, below the limit of 9,000 USD. Of 4,000 USD supplied to first, 2,000 USD can be withdrawn.",
    });
  });

  it("of quantiles looks at the low end of what can be withdrawn", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
    const { value, lower, upper } = tailFigure("withdrawable", "var", values, 0.95);
    expect(value).toBe(51);
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
    expect(tailFigure("withdrawable", "es", values, 0.95).value).toBeCloseTo(25.5, 6);
    expect(tailFigure("vault-loss", "var", values, 0.95).value).toBe(950);
  });

  it("is told in a scenario's figures, of all vaults", async () => {
    const { scenarios } = await assessed("metric: vault-loss, in: crash, max: 5k USD");
    const figures = Object.fromEntries(scenarios[0].metrics.map(({ metric, value }) => [metric, value]));
    expect(figures["vault-loss"]).toBeCloseTo(1500, 0);
    expect(figures.withdrawable).toBeCloseTo(9000, 0);
  });
});

describe("a vault", () => {
  it("is one name wherever it is written, as are its markets", () => {
    const text = `${clean}  - { metric: vault-loss, vault: prime, in: crash, max: 0 USD }\n`;
    const names = namesOf(parse(text));
    const mentions = (at: string) => {
      const found = mentionAt(names, text.indexOf(at) + at.length);
      return found?.name.mentions.map(({ span }) => text.slice(span.start, span.end));
    };
    expect(mentions("vault: prime")).toEqual(["prime", "prime"]);
    expect(mentions("allocations: { first")).toEqual(["first", "first", "first"]);
    expect(parse(text.replace("vault: prime", "vault: prim")).problems).toMatchObject([
      { rule: "unknown-name", message: "There is no vault `prim` under `vaults`. Did you mean `prime`?" },
    ]);
  });

  it("lends its asset in Morpho Blue markets that say what is supplied", () => {
    expect(findingsOf(changed("volatility: 80%", "volatility: 81%"))).toEqual([]);
    expect(findingsOf(changed("prime: { asset: USDC", "prime: { asset: B"))).toMatchObject([
      {
        rule: "vault-market",
        text: "first",
        message: "Vault prime takes B, but market first lends USDC. Name a market that lends B.",
      },
      { rule: "vault-market", text: "second" },
    ]);
    expect(findingsOf(changed(", supplied: 10k, borrowed: 8k, rateAtTarget: 0.1%/yr", ""))).toMatchObject([
      { rule: "vault-market", text: "first" },
    ]);
    const core =
      "kind: lending, rules: compound-v2, closeFactor: 50%, liquidationIncentive: 8%, reserves: { USDC: { oracle: b } }";
    expect(
      findingsOf(
        changed("books:", `  core: { ${core} }\nbooks:`).replace(
          "allocations: { second:",
          "allocations: { core:",
        ),
      ),
    ).toContainEqual(
      expect.objectContaining({
        rule: "vault-market",
        message:
          "Vault small cannot supply market core: a vault lends to Morpho Blue markets, and this one is by the rules compound-v2.",
      }),
    );
  });

  it("has no more in a market than there is, with the other vaults, and than its cap", () => {
    expect(findingsOf(changed("second: { supplied: 1k }", "second: { supplied: 16k }"))).toMatchObject([
      { rule: "vaults-above-supply", text: "16k" },
    ]);
    expect(findingsOf(changed("cap: 9k", "cap: 3k"))).toEqual([
      {
        rule: "supplied-above-cap",
        text: "4k",
        message:
          "Vault prime has 4,000 in market first, more than its cap of 3,000: it could not put it there. Lower what is supplied, or raise the cap.",
      },
    ]);
  });
});

describe("the scope of a limit", () => {
  it.each([
    ["metric: bad-debt, vault: prime", "needless-scope", "prime"],
    ["metric: vault-loss, market: first", "needless-scope", "first"],
    ["metric: withdrawable, asset: A", "needless-scope", "A"],
  ])("is what the metric is of: %s", (limit, rule, text) => {
    expect(findingsOf(`${clean}  - { ${limit}, in: crash, max: 1 USD }\n`)).toMatchObject([{ rule, text }]);
  });

  it("is nothing without vaults", () => {
    const none = clean.replace(/vaults:\n( .*\n)*/, "");
    expect(findingsOf(`${none}  - { metric: vault-loss, in: crash, max: 1 USD }\n`)).toMatchObject([
      { rule: "measures-nothing", text: "vault-loss" },
    ]);
  });
});

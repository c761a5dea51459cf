import { describe, expect, it } from "vitest";
import { FileProblem, type Workspace } from "../../src/data/workspace";
import { parse } from "../../src/dsl/parse";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";
import { staticFindings } from "../../src/model/static-rules";

const text = `plimsoll: 1
snapshot: { blockTime: 2s }
assets:
  WETH: { price: 3000, volatility: 70% }
  wstETH: { pegged: { to: WETH, ratio: 1.2, volatility: 3%, reversion: 2d } }
  USDC: { stable: {}, decimals: 6 }
venues:
  weth-usdc: { pair: [WETH, USDC], model: quotes, file: quotes.csv, recovery: 30min, permanent: 30% }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [10k, 12k], fee: 1bp }
oracles:
  eth: { of: WETH, heartbeat: 1h, deviation: 0.5%, delay: 12s }
  lst: { base: eth, rate: 1.2 }
  usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth, liquidationThreshold: 83%, liquidationBonus: 5%, liquidationProtocolFee: 10% }
      wstETH: { oracle: lst, liquidationThreshold: 81%, liquidationBonus: 6% }
      USDC: { oracle: usd }
    emodes:
      eth: { collateral: [wstETH], borrowable: [WETH], liquidationThreshold: 95%, liquidationBonus: 1% }
books:
  core: { market: core, file: positions.csv }
liquidators:
  b: { capital: flash, gas: { units: 500k, price: 10 gwei, asset: WETH }, minProfit: 10 USD, reaction: 12s }
  a: { capital: flash }
scenarios:
  crash: { shock: { WETH: -40% }, over: 1h }
  tail: { monte-carlo: { paths: 10, horizon: 1d, step: 1h, seed: 5 } }
`;

const quotes = `src,dst,in_amount,out_amount,timestamp
WETH,USDC,1e18,2997e6,1
WETH,USDC,1e20,290e9,1
USDC,WETH,3000e6,0.999e18,1
USDC,WETH,300e9,97e18,1
`;

const positions = `account,asset,side,amount,emode
bob,USDC,debt,2000,
bob,WETH,collateral,1,
alice,wstETH,collateral,10,eth
alice,WETH,debt,11,
`;

function workspace(files: Record<string, string>): Workspace {
  return {
    async read(path) {
      if (files[path] === undefined) throw new FileProblem("missing-file", "does not exist.");
      return new TextEncoder().encode(files[path]);
    },
  };
}

async function build(
  changes: { text?: string; positions?: string; quotes?: string; missing?: boolean } = {},
) {
  const source = parse(changes.text ?? text);
  if (!source.file) throw new Error(JSON.stringify(source.problems));
  const files: Record<string, string> = {
    "positions.csv": changes.positions ?? positions,
    "quotes.csv": changes.quotes ?? quotes,
  };
  return buildModel(source.file, await loadTables(source.file, workspace(changes.missing ? {} : files)));
}

describe("the model", () => {
  it("has the file's parts in base units, by index", async () => {
    const { model, scenarios, findings } = await build();
    expect(findings).toEqual([]);
    expect(model).toMatchObject({
      numeraire: "USD",
      blockTime: 2,
      assets: [
        { name: "WETH", kind: "free", price: 3000, volatility: 0.7, decimals: 18 },
        {
          name: "wstETH",
          kind: "pegged",
          price: 3600,
          base: 0,
          ratio: 1.2,
          volatility: 0.03,
          reversion: 172800,
        },
        {
          name: "USDC",
          kind: "stable",
          price: 1,
          volatility: 0,
          reversion: Number.POSITIVE_INFINITY,
          decimals: 6,
        },
      ],
      correlationFactor: Float64Array.of(1),
      oracles: [
        { name: "eth", kind: "feed", asset: 0, heartbeat: 3600, deviation: 0.005, delay: 12 },
        { name: "lst", kind: "rate", base: 0, rate: 1.2 },
        {
          name: "usd",
          kind: "feed",
          asset: 2,
          heartbeat: Number.POSITIVE_INFINITY,
          deviation: Number.POSITIVE_INFINITY,
          delay: 0,
        },
      ],
      liquidators: [
        { name: "a", gasUnits: 0, gasPrice: 0, gasAsset: -1, minProfit: 0, reaction: 0 },
        { name: "b", gasUnits: 500_000, gasPrice: 1e-8, gasAsset: 0, minProfit: 10, reaction: 12 },
      ],
    });
    expect(scenarios).toEqual([
      {
        kind: "shock",
        name: "crash",
        moves: Float64Array.of(-0.4, 0, 0),
        over: 3600,
        hold: 3600,
        feedback: true,
      },
      { kind: "monte-carlo", name: "tail", paths: 10, horizon: 86400, step: 3600, seed: 5, feedback: true },
    ]);
  });

  it("has a market's reserves, E-modes and its book in canonical order", async () => {
    const { model } = await build();
    expect(model?.markets).toMatchObject([
      {
        name: "core",
        rules: "aave-v3.3",
        lending: {
          reserves: [
            { asset: 0, oracle: 0, threshold: 0.83, bonus: 0.05, protocolFee: 0.1 },
            { asset: 1, oracle: 1, threshold: 0.81, bonus: 0.06, protocolFee: 0 },
            { asset: 2, oracle: 2, threshold: 0 },
          ],
          emodes: [{ name: "eth", collateral: [1], threshold: 0.95, bonus: 0.01 }],
        },
        book: {
          accounts: ["alice", "bob"],
          emode: Int16Array.of(0, -1),
          first: Int32Array.of(0, 2, 4),
          reserve: Int16Array.of(1, 0, 0, 2),
          side: Uint8Array.of(0, 1, 0, 1),
          amount: Float64Array.of(10, 11, 1, 2000),
        },
      },
    ]);
  });

  it("has venues with their invariant, or with fees from the spread of the quotes", async () => {
    const { model } = await build();
    const [quoted, pool] = model!.venues;
    expect(pool).toMatchObject({
      traded: 1,
      quote: 0,
      sellFee: 1e-4,
      buyFee: 1e-4,
      curve: { invariant: 1.2e8 },
      recovery: Number.POSITIVE_INFINITY,
      permanent: 0,
    });
    expect(quoted).toMatchObject({ traded: 0, quote: 2, recovery: 1800, permanent: 0.3 });
    expect(quoted.sellFee).toBeGreaterThan(0.0003);
    expect(quoted.sellFee).toBeLessThan(0.002);
    expect(quoted.buyFee).toBe(quoted.sellFee);
  });

  it("of a file that has only assets has nothing in it", async () => {
    const { model, scenarios, findings } = await build({
      text: "plimsoll: 1\nassets: { WETH: { price: 3000 } }\n",
    });
    expect(model).toMatchObject({
      blockTime: 12,
      assets: [{ volatility: 0 }],
      venues: [],
      oracles: [],
      markets: [],
      liquidators: [],
    });
    expect([scenarios, findings]).toEqual([[], []]);
  });

  it("of thousands of assets factors no correlations unless paths are drawn by them", async () => {
    const assets = Array.from({ length: 20_000 }, (_, i) => `  A${i}: { price: 1, volatility: 50% }`);
    const { model } = await build({ text: `plimsoll: 1\nassets:\n${assets.join("\n")}\n` });
    expect(model?.assets).toHaveLength(20_000);
    expect(model?.correlationFactor).toHaveLength(0);
    const shocked = await build({ text: text.replace(/ {2}tail: .*\n/, "") });
    expect(shocked.model?.correlationFactor).toHaveLength(0);
  });

  it("is not built from a file that breaks a static rule", async () => {
    const { model, scenarios } = await build({ text: text.replace("step: 1h", "step: 2d") });
    expect([model, scenarios]).toEqual([undefined, []]);
  });

  it("has books and venues of any name, also of what every object has", async () => {
    const listed =
      "constructor: { market: core, positions: [{ account: a, asset: WETH, side: collateral, amount: 1 }] }";
    const named = text
      .replace("wsteth-weth:", "toString:")
      .replace("core: { market: core, file: positions.csv }", listed);
    const { model } = await build({ text: named });
    expect(model?.venues.map(({ name }) => name)).toEqual(["weth-usdc", "toString"]);
    expect(model?.markets[0].book.accounts).toEqual(["a"]);
  });

  it("joins all books of a market, whoever comes first in the file", async () => {
    const { model } = await build({
      text: text.replace(
        "liquidators:",
        "  extra: { market: core, positions: [{ account: aaron, asset: WETH, side: collateral, amount: 3 }] }\nliquidators:",
      ),
    });
    expect(model?.markets[0].book.accounts).toEqual(["aaron", "alice", "bob"]);
  });
});

const atFile = { path: ["books", "core", "file"] };

describe("bad data files", () => {
  it.each([
    [
      "an empty file",
      "",
      "unusable-file",
      "positions.csv is empty. Its first line must name the columns account,asset,side,amount.",
    ],
    [
      "a header only",
      "account,asset,side,amount\n",
      "unusable-file",
      "positions.csv has a header line and no rows below it.",
    ],
    [
      "wrong columns",
      "owner,token,balance\na,WETH,1\n",
      "unusable-file",
      'positions.csv lacks the columns account, asset, side, amount. Its first line must name account,asset,side,amount; it is "owner,token,balance".',
    ],
    [
      "NaN",
      "account,asset,side,amount\na,WETH,debt,NaN\n",
      "rejected-rows",
      'positions.csv: 1 of 1 rows cannot be used: 1 where the amount is not a decimal number.\n  line 2: the amount is not a decimal number: "NaN"',
    ],
    [
      "a negative amount",
      "account,asset,side,amount\na,WETH,debt,-1\n",
      "rejected-rows",
      'positions.csv: 1 of 1 rows cannot be used: 1 where the amount is negative.\n  line 2: the amount is negative: "-1"',
    ],
    [
      "an unknown symbol",
      "account,asset,side,amount\na,LINK,debt,1\n",
      "rejected-rows",
      "positions.csv: 1 of 1 rows cannot be used: 1 where the asset is not one of this file's assets.\n  line 2: the asset is not one of this file's assets: \"LINK\"",
    ],
  ])("%s is one error at the file's name, and there is no model", async (_, content, rule, message) => {
    const { model, findings } = await build({ positions: content });
    expect(model).toBeUndefined();
    expect(findings).toMatchObject([{ rule, severity: "error", message, ...atFile }]);
  });

  it("are each missed where they are named", async () => {
    const { model, findings } = await build({ missing: true });
    expect(model).toBeUndefined();
    expect(findings).toMatchObject([
      {
        rule: "missing-file",
        severity: "error",
        path: ["books", "core", "file"],
        message: "positions.csv does not exist.",
      },
      {
        rule: "missing-file",
        severity: "error",
        path: ["venues", "weth-usdc", "file"],
        message: "quotes.csv does not exist.",
      },
    ]);
  });

  it("list the same holding twice: summed, and said in one warning", async () => {
    const { model, findings } = await build({
      positions: `${positions}bob,USDC,debt,100,\nbob,USDC,debt,50,\n`,
    });
    expect(model?.markets[0].book.amount[3]).toBe(2150);
    expect(findings).toEqual([
      {
        rule: "duplicate-position",
        severity: "warning",
        ...atFile,
        message:
          "1 holding of book core is listed more than once and summed: bob USDC debt (3 times). Join the rows of the same account, asset and side if they are one holding.",
        witness: { holdings: 1 },
      },
    ]);
  });

  it("list one holding twice in the file itself: said at the later position", async () => {
    const holding = "{ account: zoe, asset: WETH, side: collateral, amount: 3 }";
    const listed = `  extra: { market: core, positions: [${holding}, ${holding}] }\nliquidators:`;
    const { findings } = await build({ text: text.replace("liquidators:", listed) });
    expect(findings).toMatchObject([
      { rule: "duplicate-position", path: ["books", "extra", "positions", 1] },
    ]);
  });

  it("have positions of amount 0: left out, and said", async () => {
    const { model, findings } = await build({ positions: `${positions}carol,USDC,debt,0,\n` });
    expect(model?.markets[0].book.accounts).toEqual(["alice", "bob"]);
    expect(findings).toMatchObject([{ rule: "zero-amount", severity: "information", ...atFile }]);
  });

  it("put an account into two E-modes, or let it owe what its E-mode forbids: errors", async () => {
    const two = text.replace(
      "    emodes:\n",
      "    emodes:\n      btc: { collateral: [wstETH], borrowable: [USDC], liquidationThreshold: 90%, liquidationBonus: 2% }\n",
    );
    const conflict = await build({ text: two, positions: `${positions}alice,USDC,collateral,1,btc\n` });
    expect(conflict.findings).toMatchObject([{ rule: "emode-conflict", severity: "error", ...atFile }]);
    const debt = await build({ positions: `${positions}alice,USDC,debt,1,\n` });
    expect(debt.model).toBeUndefined();
    expect(debt.findings).toMatchObject([
      { rule: "emode-debt", severity: "error", message: expect.stringContaining("alice owes USDC") },
    ]);
  });

  it("hold collateral that no venue leads away from", async () => {
    const { model, findings } = await build({ text: text.replace(/ {2}wsteth-weth.*\n/, "") });
    expect(model).toBeDefined();
    expect(findings).toMatchObject([
      {
        rule: "no-route",
        severity: "warning",
        ...atFile,
        message: expect.stringContaining("wstETH for WETH"),
      },
    ]);
  });

  it("have quotes in one direction only", async () => {
    const { model, findings } = await build({ quotes: quotes.replace(/USDC,WETH.*\n/g, "") });
    expect(model).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: "missing-direction", severity: "error", path: ["venues", "weth-usdc", "file"] },
    ]);
  });

  it("have quotes without a price impact: their depth would have no end", async () => {
    const oneSize = quotes
      .split("\n")
      .filter(
        (row, i, rows) => i === 0 || rows.findIndex((each) => each.slice(0, 9) === row.slice(0, 9)) === i,
      );
    const { model, findings } = await build({ quotes: oneSize.join("\n") });
    expect(model).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: "flat-quotes", severity: "error", path: ["venues", "weth-usdc", "file"] },
    ]);
    expect(findings[0].message).toContain("selling WETH and for buying WETH");
  });

  it("have quotes off the market, or crossed, or with cheaper larger trades: warnings", async () => {
    const off = await build({ text: text.replace("price: 3000", "price: 3100") });
    expect(off.findings.map(({ rule, path }) => [rule, path[2]])).toEqual([["venue-off-market", "file"]]);
    const crossed = await build({
      quotes: quotes.replace("2997e6", "3010e6").replace("0.999e18", "1.001e18"),
    });
    expect(crossed.findings).toMatchObject([{ rule: "crossed-quotes", severity: "warning" }]);
    expect(crossed.model?.venues[0].sellFee).toBe(0);
    const rising = await build({ quotes: `${quotes}WETH,USDC,50e18,100e9,1\n` });
    expect(rising.findings).toMatchObject([
      { rule: "adjusted-quotes", severity: "warning", witness: { adjusted: 1 } },
    ]);
    expect(rising.model?.venues).toMatchObject([{ sellFee: (await build()).model?.venues[0].sellFee }, {}]);
  });
});

describe("a pool", () => {
  it("at another price than the assets' keeps its depth and is said to be off the market", async () => {
    const { model, findings } = await build({ text: text.replace("[10k, 12k]", "[10k, 13k]") });
    expect(model?.venues[1].curve).toEqual({ model: "constant-product", invariant: 1.3e8 });
    expect(findings).toEqual([
      {
        rule: "venue-off-market",
        severity: "warning",
        path: ["venues", "wsteth-weth", "reserves"],
        message:
          "This venue trades wstETH at 1.3 WETH, but the prices of the assets make it 1.2 WETH (8.33333% apart). The simulation starts at the assets' prices and keeps the depth. Check the prices and the date of the depth.",
        witness: { venue: 1.3, market: expect.closeTo(1.2, 12) },
      },
    ]);
  });
});

describe("accounts that can be liquidated before anything happens", () => {
  const under = `${positions}carol,WETH,collateral,1,\ncarol,USDC,debt,2600,\n`;
  const withMode = (mode: string) =>
    text.replace("file: positions.csv }", `file: positions.csv, atOpen: ${mode} }`);

  it("are an error at the book's name, and the run goes on without them", async () => {
    const { model, findings } = await build({ positions: under });
    expect(model?.markets[0].book.accounts).toEqual(["alice", "bob"]);
    expect(findings).toMatchObject([
      {
        rule: "underwater-at-open",
        severity: "error",
        path: ["books", "core"],
        at: "key",
        message: expect.stringMatching(/^1 account of book core can be .*: carol\./),
        witness: { accounts: 1 },
      },
    ]);
  });

  it("are an error at atOpen where that is written", async () => {
    const { findings } = await build({ text: withMode("error"), positions: under });
    expect(findings).toMatchObject([{ rule: "underwater-at-open", path: ["books", "core", "atOpen"] }]);
  });

  it("can be excluded, which is said, or kept to be liquidated", async () => {
    const excluded = await build({ text: withMode("exclude"), positions: under });
    expect(excluded.model?.markets[0].book.accounts).toEqual(["alice", "bob"]);
    expect(excluded.findings).toMatchObject([{ rule: "excluded-at-open", severity: "information" }]);
    const kept = await build({ text: withMode("liquidate"), positions: under });
    expect([kept.model?.markets[0].book.accounts, kept.findings]).toEqual([["alice", "bob", "carol"], []]);
  });
});

describe("what is supplied and owed of a reserve in all", () => {
  const lent = (supplied: string, borrowed: string) =>
    text.replace(
      "WETH: { oracle: eth,",
      `WETH: { supplied: ${supplied}, borrowed: ${borrowed}, reserveFactor: 15%, rate: { optimal: 90%, slope1: 2.7%/yr, slope2: 80%/yr }, oracle: eth,`,
    );

  it("sets what accrues, in base units", async () => {
    const { model, findings } = await build({ text: lent("1k WETH", "800") });
    expect(findings).toEqual([]);
    expect(model?.markets[0].lending.reserves[0].interest).toEqual({
      supplied: 1000,
      borrowed: 800,
      reserveFactor: 0.15,
      curve: { kind: "kinked", kink: 0.9, base: 0, below: 0.027 / 0.9, above: 0.8 / (1 - 0.9) },
      growth: "compounded",
      lendsReserves: true,
      socialises: false,
    });
  });

  it("is not less than what the books have", async () => {
    const { model, findings } = await build({ text: lent("100", "10.5") });
    expect(model).toBeUndefined();
    expect(findings).toEqual([
      {
        rule: "book-above-total",
        severity: "error",
        path: ["markets", "core", "reserves", "WETH", "borrowed"],
        message:
          "The books of market core owe 11 WETH, more than the 10.5 borrowed in all. Raise the total, or check the books' amounts.",
        witness: { books: 11, total: 10.5 },
      },
    ]);
  });

  it("is of the asset that its reserve is of", () => {
    const [problem] = parse(lent("1k USDC", "800")).problems;
    expect(problem).toMatchObject({ rule: "wrong-unit" });
    expect(problem.message).toMatch(/an amount of WETH/);
  });

  it("cannot be owed above what is supplied", () => {
    const text = lent("1k", "1.2k").replace("step: 1h", "step: 20min");
    const findings = staticFindings(parse(text).draft ?? {});
    expect(findings).toMatchObject([
      { rule: "borrowed-above-supplied", path: ["markets", "core", "reserves", "WETH", "borrowed"] },
    ]);
    expect(findings[0].message).toBe(
      "More is borrowed than the 1000 supplied: the utilisation would be 120%. Lower what is borrowed, or raise what is supplied: all that suppliers can claim, lent or not.",
    );
  });
});

describe("a positions file with more than holdings", () => {
  it("leaves out what is not collateral, and says so", async () => {
    const rows = positions
      .replace("emode\n", "emode,as_collateral\n")
      .replace("bob,WETH,collateral,1,", "bob,WETH,collateral,1,,true\nbob,wstETH,collateral,3,,false")
      .replaceAll(/(debt,2000,|eth|debt,11,)$/gm, "$1,");
    const { model, findings } = await build({ positions: rows });
    expect(model?.markets[0].book.amount).toEqual(Float64Array.of(10, 11, 1, 2000));
    expect(findings).toMatchObject([
      {
        rule: "not-collateral",
        severity: "information",
        path: ["books", "core", "file"],
        message:
          "1 holding of book core is supplied but not turned on as collateral, and is left out: it carries no debt and cannot be seized.",
      },
    ]);
  });

  it("gives each market its rows", async () => {
    const both = text
      .replace(
        "books:\n",
        "  prime: { kind: lending, rules: aave-v3.3, reserves: { DAI: { oracle: usd } } }\nbooks:\n",
      )
      .replace("  USDC: { stable", "  DAI: { stable: {} }\n  USDC: { stable");
    const rows = "account,asset,side,amount,market\na,WETH,collateral,1,core\na,DAI,collateral,1,prime\n";
    const { model, findings } = await build({ text: both, positions: rows });
    expect(model?.markets[0].book.accounts).toEqual(["a"]);
    expect(findings).toMatchObject([
      { rule: "other-markets", path: ["books", "core", "file"], witness: { rows: 1 } },
    ]);
  });
});

describe("loans that the protocol would not have made", () => {
  const isolated = (more: string) => text.replace("    emodes:\n", `    ${more}\n    emodes:\n`);
  const book = (...rows: string[]) => ({ positions: `account,asset,side,amount\n${rows.join("\n")}\n` });

  it("break isolation mode by other collateral, or by what is owed", async () => {
    const more = "isolation: { debtCeilings: { wstETH: 5M }, borrowable: [USDC] }";
    const rows = [
      "a,wstETH,collateral,10",
      "a,USDC,debt,5000",
      "b,wstETH,collateral,10",
      "b,WETH,collateral,10",
      "b,USDC,debt,5000",
      "c,wstETH,collateral,10",
      "c,WETH,debt,2",
      "a,USDC,collateral,7", // no collateral: it has no threshold
      "d,wstETH,collateral,10",
      "d,WETH,collateral,1",
    ];
    const { findings } = await build({ text: isolated(more), ...book(...rows) });
    expect(findings).toMatchObject([
      {
        rule: "isolation-mode",
        severity: "error",
        path: ["books", "core", "file"],
        witness: { accounts: 2 },
      },
    ]);
    expect(findings[0].message).toBe(
      "2 accounts of book core break isolation mode: b has WETH and wstETH; c owes WETH against wstETH. Isolated collateral stands alone, and USDC may be owed against it. Check the book, or the market's isolation.",
    );
  });

  it("are above a debt ceiling together", async () => {
    const more = "isolation: { debtCeilings: { wstETH: 9k USD }, borrowable: [USDC] }";
    const rows = ["a", "b"].flatMap((id) => [`${id},wstETH,collateral,10`, `${id},USDC,debt,5000`]);
    const { model, findings } = await build({ text: isolated(more), ...book(...rows) });
    expect(model).toBeDefined();
    expect(findings).toMatchObject([
      {
        rule: "debt-ceiling",
        severity: "warning",
        path: ["markets", "core", "isolation", "debtCeilings", "wstETH"],
        witness: { debt: 10_000, ceiling: 9000 },
      },
    ]);
  });

  it("owe a siloed asset beside another", async () => {
    const rows = [
      "a,wstETH,collateral,10",
      "a,USDC,debt,5000",
      "a,WETH,debt,1",
      "b,WETH,collateral,10",
      "b,USDC,debt,1",
    ];
    const { findings } = await build({ text: isolated("siloed: [USDC]"), ...book(...rows) });
    expect(findings).toMatchObject([
      { rule: "siloed-debt", path: ["books", "core", "file"], witness: { accounts: 1 } },
    ]);
  });
});

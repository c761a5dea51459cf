import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { unitsOf } from "../../src/engine/book/units";
import { pricesAtOpen } from "../../src/engine/markets/opening";
import type { Model } from "../../src/engine/model";
import { hover } from "../../src/language/hover/hover";
import { buildModel } from "../../src/model/build";
import { staticFindings } from "../../src/model/static-rules";
import { run } from "../engine/kit";
import { labelsAt } from "../language/completion/asking";
import { findingsOf } from "./findings-of";

interface Parts {
  readonly wsteth: string;
  readonly weth: string;
  readonly usdc: string;
  readonly emodes: string;
  readonly others: string;
  readonly book: string;
}

const aave: Parts = {
  wsteth: "ltv: 78.5%, liquidationThreshold: 81%, liquidationBonus: 6%, supplied: 610k, supplyCap: 650k",
  weth: "ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5%, supplied: 1.6M, borrowed: 1.3M, borrowCap: 1.4M",
  usdc: "ltv: 75%, liquidationThreshold: 78%, liquidationBonus: 4.5%",
  emodes:
    "{ eth: { collateral: [wstETH], borrowable: [WETH], ltv: 93%, liquidationThreshold: 95%, liquidationBonus: 1% } }",
  others: "",
  book: "{ market: core, fill: { wstETH: supplyCap }, newPositions: { loanToValue: max, debt: WETH } }",
};

/** Wrapped ether is priced at its rate, which is above what the market pays for it. */
function text(parts: Partial<Parts> = {}): string {
  const { wsteth, weth, usdc, emodes, others, book } = { ...aave, ...parts };
  return `plimsoll: 1
assets: { WETH: { price: 3000, volatility: 70% }, wstETH: { pegged: { to: WETH, ratio: 1.18 } }, USDC: { stable: {} } }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [40k, 120M] }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [100k, 118k] }
oracles: { eth: { of: WETH }, lst: { base: eth, rate: 1.2 }, usd: { of: USDC } }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      wstETH: { oracle: lst, ${wsteth} }
      WETH: { oracle: eth, ${weth} }
      USDC: { oracle: usd, ${usdc} }
    emodes: ${emodes}
books:${others}
  at-cap: ${book}
liquidators: { searchers: { capital: flash } }
scenarios: { crash: { shock: { WETH: -12% }, over: 1h, hold: 1h } }
`;
}

function built(parts: Partial<Parts> = {}) {
  const { file, problems } = parse(text(parts));
  expect(problems).toEqual([]);
  const { model, scenarios, findings } = buildModel(file!, { positions: {}, quotes: {} });
  return { model: model!, scenarios, findings };
}

const [WSTETH, WETH] = [0, 1];

function totals({ markets: [market] }: Model) {
  const { collateral, debt } = unitsOf(market, market.book.amount);
  return { collateral, debt };
}

/** Of each account, what it owes over what it holds, at the oracles' start prices. */
function loanToValues(model: Model): number[] {
  const { reserve: price } = pricesAtOpen(model, 0);
  const { book } = model.markets[0];
  return book.accounts.map((_, i) => {
    let [held, owed] = [0, 0];
    for (let leg = book.first[i]; leg < book.first[i + 1]; leg++) {
      const value = book.amount[leg] * price[book.reserve[leg]];
      if (book.side[leg] === 1) owed += value;
      else held += value;
    }
    return owed / held;
  });
}

const fill = (target: string, newPositions: string) =>
  `{ market: core, fill: { wstETH: ${target} }, newPositions: { ${newPositions} } }`;

describe("a book that fills a reserve", () => {
  it("supplies from what is supplied now up to the cap, in 100 equal accounts at the market's loan-to-value", () => {
    const { model, findings } = built();
    expect(findings).toEqual([]);
    const { collateral, debt } = totals(model);
    expect(collateral[WSTETH]).toBeCloseTo(40_000, 6);
    expect(debt[WETH]).toBeCloseTo(40_000 * 1.2 * 0.785, 3);
    expect(model.markets[0].book.accounts).toHaveLength(100);
    expect(new Set(model.markets[0].book.amount.filter((_, i) => i % 2 === 0)).size).toBe(1);
  });

  it("starts from what the books have where no total is written", () => {
    const others =
      "\n  old: { market: core, positions: [{ account: a, asset: wstETH, side: collateral, amount: 600k }] }";
    const { model } = built({ others, wsteth: aave.wsteth.replace("supplied: 610k, ", "") });
    expect(totals(model).collateral[WSTETH]).toBeCloseTo(650_000, 6);
  });

  it("lends by the E-mode's loan-to-value where it is in one", () => {
    const { model } = built({ book: fill("supplyCap", "loanToValue: max, debt: WETH, emode: eth") });
    expect(loanToValues(model)[0]).toBeCloseTo(0.93, 8);
    expect([...model.markets[0].book.emode]).toEqual(Array(100).fill(0));
  });

  it("takes an amount as its target, and a ratio as its loan-to-value", () => {
    const { model } = built({ book: fill("620k wstETH", "loanToValue: 50%, debt: USDC, count: 3") });
    expect(totals(model).collateral[WSTETH]).toBeCloseTo(10_000, 6);
    expect(loanToValues(model)).toEqual([0.5, 0.5, 0.5].map((ratio) => expect.closeTo(ratio, 8)));
  });

  it("divides its accounts among several debts by their shares", () => {
    const { model } = built({
      book: fill("supplyCap", "loanToValue: max, debts: { WETH: 25%, USDC: 75% }, count: 8"),
    });
    const { book } = model.markets[0];
    const owed = [...book.reserve].filter((_, leg) => book.side[leg] === 1);
    expect(owed.filter((reserve) => reserve === WETH)).toHaveLength(2);
  });

  it("spreads sizes and draws loan-to-values by its seed, without another sum", () => {
    const drawn = (seed: number) =>
      built({
        book: fill("supplyCap", `loanToValue: max, beta: [6, 3], debt: WETH, spread: 1.5, seed: ${seed}`),
      }).model;
    expect(totals(drawn(1)).collateral[WSTETH]).toBeCloseTo(40_000, 6);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2).markets[0].book.amount).not.toEqual(drawn(1).markets[0].book.amount);
    expect(new Set(loanToValues(drawn(1))).size).toBe(100);
    expect(Math.max(...loanToValues(drawn(1)))).toBeLessThan(0.785);
  });

  it("is empty above its target, and says so", () => {
    const [finding] = findingsOf(text({ wsteth: aave.wsteth.replace("650k", "600k") })).filter(
      ({ rule }) => rule === "nothing-to-fill",
    );
    expect(finding).toEqual({
      rule: "nothing-to-fill",
      text: "supplyCap",
      message:
        "610,000 wstETH is supplied already, and the target is 600,000: book at-cap adds nothing to it. Raise the target, or what it is taken from.",
    });
  });
});

/** A rule, the parts that break it, and the words it is found at. */
const mistakes: readonly [string, Partial<Parts>, string][] = [
  ["missing-bound", { wsteth: aave.wsteth.replace(", supplyCap: 650k", "") }, "supplyCap"],
  ["missing-bound", { wsteth: aave.wsteth.replace("ltv: 78.5%, ", "") }, "max"],
  ["missing-bound", { wsteth: aave.wsteth.replace("78.5%", "0%") }, "max"],
  ["loan-above-ltv", { book: fill("supplyCap", "loanToValue: 79%, debt: WETH") }, "79%"],
  ["loan-above-ltv", { book: fill("supplyCap", "loanToValue: 94%, debt: WETH, emode: eth") }, "94%"],
  [
    "filled-twice",
    {
      others:
        "\n  first: { market: core, fill: { wstETH: 1M }, newPositions: { loanToValue: max, debt: USDC } }",
    },
    "wstETH",
  ],
  ["emode-debt", { book: fill("supplyCap", "loanToValue: max, debt: USDC, emode: eth") }, "USDC"],
  [
    "emode-collateral",
    {
      book: "{ market: core, fill: { USDC: 1M }, newPositions: { loanToValue: max, debt: WETH, emode: eth } }",
    },
    "USDC",
  ],
  [
    "generated-underwater",
    {
      wsteth: aave.wsteth.replace("ltv: 78.5%, ", ""),
      book: fill("supplyCap", "loanToValue: 85%, debt: WETH"),
    },
    "85%",
  ],
  ["total-above-cap", { weth: aave.weth.replace("1.4M", "1.2M") }, "1.2M"],
];

describe("what the market does not allow", () => {
  it.each(mistakes)("is told: %s", (rule, parts, words) => {
    const source = parse(text(parts));
    expect(source.problems).toEqual([]);
    const found = staticFindings(source.file!).map((finding) => {
      const { start, end } = source.spanOf(finding);
      return { rule: finding.rule, words: source.text.slice(start, end) };
    });
    expect(found).toEqual([{ rule, words }]);
  });

  it("is told where the rules know no cap", () => {
    const isolated = text()
      .replace(
        / {4}rules: aave-v3.3\n[\s\S]*?\nbooks/,
        "    rules: morpho-blue\n    collateral: wstETH\n    loan: USDC\n    oracle: pair\n    lltv: 86%\nbooks",
      )
      .replace("usd: { of: USDC }", "pair: { of: wstETH, in: USDC }")
      .replace("debt: WETH", "debt: USDC");
    expect(findingsOf(isolated).map(({ message }) => message)).toEqual([
      "wstETH has no supply cap in market core: the rules morpho-blue know none. Write an amount here.",
    ]);
  });
});

describe("a word in place of a quantity", () => {
  const problemOf = (parts: Partial<Parts>) => parse(text(parts)).problems.map(({ message }) => message);

  it("is offered where another is written, and mended where it is misspelt", () => {
    expect(problemOf({ book: fill("supplycap", "loanToValue: maxx, debt: WETH") })).toEqual([
      "`supplycap` is not a quantity. Expected an amount of wstETH such as 250 or 1.8M, or `supplyCap`. Did you mean `supplyCap`?",
      "`maxx` is not a quantity. Expected a ratio such as 80.5%, 50bp or 0.805, or `max`. Did you mean `max`?",
    ]);
  });

  it("has its meaning in a hover", () => {
    const source = parse(text());
    const at = hover(source, source.text.indexOf("supplyCap }") + 2, [])!;
    expect(at.markdown).toContain("Or: \n  - `supplyCap`: As much as the reserve's supply cap allows.");
  });

  it("is completed", () => {
    expect(labelsAt(text().replace("loanToValue: max", "loanToValue: |"))).toEqual(["max"]);
    expect(labelsAt(text().replace("wstETH: supplyCap }", "wstETH: | }"))).toEqual(["supplyCap"]);
  });
});

describe("new debts", () => {
  it("stop at the borrow cap, at the same loan-to-value", () => {
    const parts = { weth: aave.weth.replace("1.4M", "1.31M") };
    const { model } = built(parts);
    expect(totals(model).debt[WETH]).toBeCloseTo(10_000, 6);
    expect(loanToValues(model)[0]).toBeCloseTo(0.785, 8);
    expect(findingsOf(text(parts))).toEqual([
      {
        rule: "borrowing-stops",
        text: "WETH",
        message:
          "The new positions of book at-cap would owe 37,680 WETH. The borrow cap of 1,310,000 stops them at 10,000, with 1,300,000 owed already. The rest of the fill is supplied without a loan.",
      },
    ]);
  });

  it("stop at what can be lent", () => {
    const parts = { weth: aave.weth.replace("1.6M", "1.32M") };
    expect(totals(built(parts).model).debt[WETH]).toBeCloseTo(20_000, 6);
    expect(findingsOf(text(parts)).map(({ message }) => message)).toEqual([
      "The new positions of book at-cap would owe 37,680 WETH. What can be lent stops them at 20,000: 1,320,000 is there to lend, and 1,300,000 owed already. The rest of the fill is supplied without a loan.",
    ]);
  });

  it("are nobody's where nothing can be lent", () => {
    const { model, findings } = built({ weth: aave.weth.replace("borrowCap: 1.4M", "borrowCap: 1.3M") });
    expect(model.markets[0].book.accounts).toEqual([]);
    expect(findings).toMatchObject([{ rule: "borrowing-stops" }]);
  });

  it("share what there is with other books, whichever stands first", () => {
    const [one, other] = [
      "\n  wrapped: { market: core, fill: { wstETH: supplyCap }, newPositions: { loanToValue: max, debt: WETH } }",
      "\n  dollars: { market: core, fill: { USDC: 100M }, newPositions: { loanToValue: max, debt: WETH } }",
    ];
    const parts = {
      weth: aave.weth.replace("1.4M", "1.31M"),
      book: fill("supplyCap", "loanToValue: max, debt: WETH"),
    };
    const of = (others: string) =>
      buildModel(parse(text({ ...parts, others }).replace(/ {2}at-cap: .*\n/, "")).file!, {
        positions: {},
        quotes: {},
      }).model!;
    const model = of(one + other);
    expect(model).toEqual(of(other + one));
    expect(totals(model).debt[WETH]).toBeCloseTo(10_000, 6);
  });

  it("and new supply are part of the totals that interest follows", () => {
    const rate = ", rate: { optimal: 90%, slope1: 2.7%, slope2: 80% }";
    const { model } = built({
      weth: aave.weth + rate,
      wsteth: `${aave.wsteth.replace("supplied: 610k", "supplied: 610k, borrowed: 1k")}${rate}`,
    });
    const [wsteth, weth] = model.markets[0].lending.reserves.map(({ interest }) => interest!);
    expect(wsteth.supplied).toBe(650_000);
    expect(weth.borrowed).toBeCloseTo(1_300_000 + 37_680, 2);
    expect(weth.supplied).toBe(1_600_000);
  });
});

describe("caps and loan-to-values", () => {
  const crash = (parts: Partial<Parts>) => {
    const { model, scenarios } = built(parts);
    return run(model, scenarios[0]).markets[0];
  };
  const other: readonly [string, Partial<Parts>][] = [
    ["the supply cap", { wsteth: aave.wsteth.replace("650k", "640k") }],
    ["what is supplied", { wsteth: aave.wsteth.replace("610k", "620k") }],
    ["the loan-to-value", { wsteth: aave.wsteth.replace("78.5%", "78%") }],
    ["the borrow cap", { weth: aave.weth.replace("1.4M", "1.32M") }],
    ["what is borrowed", { weth: aave.weth.replace("1.3M", "1.39M") }],
    ["the target", { book: fill("640k", "loanToValue: max, debt: USDC") }],
    ["the accounts' loan-to-value", { book: fill("supplyCap", "loanToValue: 75%, debt: USDC") }],
    ["their number", { book: fill("supplyCap", "loanToValue: max, debt: USDC, count: 7") }],
    ["the spread of their sizes", { book: fill("supplyCap", "loanToValue: max, debt: USDC, spread: 2") }],
    [
      "the shape of their loan-to-values",
      { book: fill("supplyCap", "loanToValue: max, debt: USDC, beta: [9, 1]") },
    ],
  ];
  const book = fill("supplyCap", "loanToValue: max, debt: USDC");

  it.each(other)("%s changes what a scenario comes to", (_, parts) => {
    const isOfDebt = parts.weth !== undefined;
    const lost = "ltv: 78.5%, liquidationThreshold: 78.5%";
    const base = isOfDebt
      ? { wsteth: aave.wsteth.replace("ltv: 78.5%, liquidationThreshold: 81%", lost) }
      : { book };
    expect(crash({ ...base, ...parts })).not.toEqual(crash(base));
  });

  it.each([
    ["supply cap", { wsteth: aave.wsteth.replace("650k", "900k") }],
    ["borrow cap", { weth: aave.weth.replace("1.4M", "1.5M") }],
    ["loan-to-value", { wsteth: aave.wsteth.replace("78.5%", "70%") }],
  ])("change nothing for books that exist: the trap of a %s", (_, parts) => {
    const old =
      "{ market: core, positions: [{ account: a, asset: wstETH, side: collateral, amount: 10k }, { account: a, asset: USDC, side: debt, amount: 28M }] }";
    expect(crash({ book: old, ...parts })).toEqual(crash({ book: old }));
    expect(crash({ book: old }).liquidatedAccounts[0]).toBe(1);
  });
});

describe("for any caps", () => {
  const caps = fc.record({
    cap: fc.integer({ min: 600, max: 900 }),
    more: fc.integer({ min: 1, max: 300 }),
    lent: fc.integer({ min: 1300, max: 1600 }),
    ltv: fc.integer({ min: 10, max: 80 }),
    spread: fc.integer({ min: 0, max: 3 }),
    isDrawn: fc.boolean(),
  });
  type Drawn = typeof caps extends fc.Arbitrary<infer Values> ? Values : never;
  const withCap = ({ lent, ltv, spread, isDrawn }: Drawn, cap: number) =>
    built({
      wsteth: `ltv: ${ltv}%, liquidationThreshold: 81%, liquidationBonus: 6%, supplied: 610k, supplyCap: ${cap}k`,
      weth: `ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5%, supplied: 1.6M, borrowed: 1.3M, borrowCap: ${lent}k`,
      book: fill(
        "supplyCap",
        `loanToValue: max, debt: WETH, count: 9, spread: ${spread}${isDrawn ? ", beta: [3, 2]" : ""}`,
      ),
    }).model;

  it("a higher supply cap never lowers what the book supplies, and the borrow cap holds", () => {
    fc.assert(
      fc.property(caps, (drawn) => {
        const [lower, higher] = [
          totals(withCap(drawn, drawn.cap)),
          totals(withCap(drawn, drawn.cap + drawn.more)),
        ];
        expect(higher.collateral[WSTETH]).toBeGreaterThanOrEqual(lower.collateral[WSTETH] * (1 - 1e-12));
        expect(higher.debt[WETH]).toBeLessThanOrEqual((drawn.lent - 1300) * 1000 * (1 + 1e-12));
      }),
      { numRuns: 20 },
    );
  });

  it("no position is above what the market lends, and none is under water", () => {
    fc.assert(
      fc.property(caps, (drawn) => {
        const model = withCap(drawn, drawn.cap);
        for (const each of loanToValues(model)) expect(each).toBeLessThanOrEqual(drawn.ltv / 100);
      }),
      { numRuns: 20 },
    );
  });
});

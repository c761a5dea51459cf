import { readFileSync } from "node:fs";
import * as l10n from "@vscode/l10n";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { locate } from "../../src/dsl/locate";
import { parse } from "../../src/dsl/parse";
import { staticFindings } from "../../src/model/static-rules";

const clean = `plimsoll: 1
assets:
  WETH: { price: 3000, volatility: 70% }
  WBTC: { price: 90k, volatility: 50% }
  wstETH: { pegged: { to: WETH, ratio: 1.2 } }
  USDC: { stable: {} }
correlations: { pairs: [[WETH, WBTC, 80%]] }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [10k, 30M] }
  wbtc-usdc: { pair: [WBTC, USDC], model: constant-product, reserves: [1k, 90M] }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [10k, 12k] }
oracles:
  eth: { of: WETH }
  lst: { base: eth, rate: 1.2 }
  btc: { of: WBTC }
  usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
      wstETH: { oracle: lst, ltv: 78%, liquidationThreshold: 81%, liquidationBonus: 6% }
      USDC: { oracle: usd }
    emodes:
      eth: { collateral: [wstETH], borrowable: [WETH], liquidationThreshold: 95%, liquidationBonus: 1% }
books:
  few: { market: core, positions: [{ account: a, asset: WETH, side: collateral, amount: 1 }, { account: a, asset: USDC, side: debt, amount: 1k }] }
  many:
    market: core
    generate: { count: 10, seed: 1, emode: eth, collateral: { wstETH: 100% }, debt: { WETH: 100% }, loanToValue: { beta: [4, 3], max: 90% }, debtValue: { lognormal: [9, 2] } }
liquidators: { searchers: { capital: flash } }
scenarios:
  crash: { shock: { WETH: -40% } }
  tail: { monte-carlo: { paths: 10, horizon: 1d, step: 1h, seed: 1 } }
limits:
  - { metric: bad-debt, in: crash, max: 0 USD }
  - { metric: bad-debt, in: tail, statistic: es, level: 95%, asset: wstETH, max: 0 USD }
`;

/** What the rules say of the clean file with one thing changed, and the text it points at. */
function findingsWith(change: (text: string) => string) {
  const source = parse(change(clean));
  return staticFindings(source.draft ?? {}).map((finding) => {
    const span = source.spanOf(finding);
    return { ...finding, text: source.text.slice(span.start, span.end) };
  });
}

const replace = (from: string | RegExp, to: string) => (text: string) => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`The clean file has no ${from}.`);
  return changed;
};

/** A rule, how bad it is, the mistake it finds in the clean file, and the words it is found at. */
const mistakes: [rule: string, severity: string, change: (text: string) => string, text: string][] = [
  ["missing-price", "error", replace("price: 3000, ", ""), "WETH"],
  ["missing-volatility", "error", replace("{ price: 90k, volatility: 50% }", "{ price: 90k }"), "WBTC"],
  ["derived-price-differs", "error", replace("wstETH: { pegged", "wstETH: { price: 3700, pegged"), "3700"],
  ["correlation-of-peg", "error", replace("[[WETH, WBTC", "[[WETH, USDC"), "USDC"],
  ["correlation-with-itself", "error", replace("[[WETH, WBTC", "[[WETH, WETH"), "WETH"],
  ["correlation-listed-twice", "error", replace("80%]]", "80%], [WBTC, WETH, 70%]]"), "[WBTC, WETH, 70%]"],
  ["venue-of-one-asset", "error", replace("pair: [WBTC, USDC]", "pair: [WBTC, WBTC]"), "WBTC"],
  ["second-venue", "error", replace("wbtc-usdc: { pair: [WBTC", "wbtc-usdc: { pair: [WETH"), "WETH"],
  ["oracle-circle", "error", replace("eth: { of: WETH }", "eth: { base: eth, rate: 1 }"), "eth"],
  ["ltv-above-threshold", "error", replace("ltv: 80%", "ltv: 85%"), "85%"],
  [
    "threshold-leaves-no-bonus",
    "error",
    replace("liquidationThreshold: 83%", "liquidationThreshold: 97%"),
    "97%",
  ],
  ["emode-not-better", "warning", replace("liquidationThreshold: 95%", "liquidationThreshold: 81%"), "81%"],
  ["emode-debt", "error", replace("debt: { WETH: 100% }", "debt: { USDC: 100% }"), "USDC"],
  ["emode-debt", "error", replace("side: debt, amount: 1k", "side: debt, amount: 1k, emode: eth"), "USDC"],
  ["generated-underwater", "warning", replace("max: 90%", "max: 96%"), "96%"],
  ["no-route", "warning", replace("pair: [wstETH, WETH]", "pair: [WBTC, WETH]"), "wstETH"],
  [
    "no-route",
    "warning",
    replace("weth-usdc: { pair: [WETH, USDC]", "weth-usdc: { pair: [WETH, wstETH]"),
    "USDC",
  ],
  ["no-route", "warning", replace(/venues:\n( .*\n)*/, ""), "core"],
  ["step-longer-than-horizon", "error", replace("step: 1h", "step: 2d"), "2d"],
  [
    "step-misses-reports",
    "warning",
    replace("eth: { of: WETH }", "eth: { of: WETH, heartbeat: 30min }"),
    "1h",
  ],
  [
    "step-misses-reports",
    "warning",
    replace("eth: { of: WETH }", "eth: { of: WETH, deviation: 0.5% }"),
    "1h",
  ],
  ["too-many-steps", "error", replace("step: 1h", "step: 0.1s"), "0.1s"],
  ["missing-statistic", "error", replace("statistic: es, level: 95%, ", ""), "bad-debt"],
  ["statistic-of-shock", "error", replace("in: crash, max", "in: crash, statistic: mean, max"), "mean"],
  ["missing-level", "error", replace("level: 95%, ", ""), "es"],
  ["needless-level", "error", replace("statistic: es", "statistic: max"), "95%"],
  [
    "missing-asset",
    "error",
    replace("metric: bad-debt, in: crash, max: 0 USD", "metric: amplification, in: crash, max: 2x"),
    "amplification",
  ],
  ["needless-scope", "error", replace("metric: bad-debt, in: tail", "metric: shortfall, in: tail"), "wstETH"],
  ["asset-not-held", "warning", replace("asset: wstETH, max", "asset: WBTC, max"), "WBTC"],
  [
    "nothing-to-simulate",
    "information",
    replace("liquidators: { searchers: { capital: flash } }\n", ""),
    "1",
  ],
];

describe("the static rules", () => {
  it("have nothing to say about a clean file", () => {
    expect(parse(clean).problems).toEqual([]);
    expect(findingsWith((text) => text)).toEqual([]);
  });

  it.each(mistakes)("%s is one %s at the narrowest value", (rule, severity, change, text) => {
    const findings = findingsWith(change).filter((finding) => finding.rule === rule);
    expect(findings).toMatchObject([{ severity, text }]);
  });

  it("find a circle of pegs at each of its assets", () => {
    const findings = findingsWith(
      replace("WBTC: { price: 90k, volatility: 50% }", "WBTC: { pegged: { to: wstETH, ratio: 1 } }"),
    );
    expect(findings.filter(({ rule }) => rule === "peg-circle")).toEqual([]);
    const circle = findingsWith(
      replace("WETH: { price: 3000, volatility: 70% }", "WETH: { pegged: { to: wstETH, ratio: 1 } }"),
    );
    expect(circle.filter(({ rule }) => rule === "peg-circle").map(({ path }) => path[1])).toEqual([
      "WETH",
      "wstETH",
    ]);
  });

  it("name the three pairs that contradict each other, and the range that does not", () => {
    const [finding] = findingsWith((text) =>
      replace(
        "80%]]",
        "90%], [WETH, LINK, 90%], [WBTC, LINK, 0%]]",
      )(text).replace("  USDC: {", "  LINK: { price: 15, volatility: 90% }\n  USDC: {"),
    );
    expect(finding).toMatchObject({ rule: "correlations-contradict", severity: "error", text: "90%" });
    expect(finding.message).toBe(
      "The correlations of WETH-LINK and WBTC-LINK force that of WETH-WBTC to lie between -43.589% and 43.589%, and it is 90% (the matrix is not positive semidefinite). Change one of the three.",
    );
  });

  it("fix correlations that contradict each other where they are written, and nothing else", () => {
    const contradicting = replace(
      "{ pairs: [[WETH, WBTC, 80%]] }",
      "{ default: -60%, pairs: [[WETH, WBTC, 90%], [WETH, LINK, 90%]] }",
    )(clean).replace("  USDC: {", "  LINK: { price: 15, volatility: 90% }\n  USDC: {");
    const source = parse(contradicting);
    const [problem] = staticFindings(source.draft!).map((finding) => locate(source, finding));
    const [{ title, edits }] = problem.fixes!;
    expect(title).toBe("Write the nearest correlations that are possible");
    const fixed = [...edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce(
        (text, { span, text: to }) => text.slice(0, span.start) + to + text.slice(span.end),
        contradicting,
      );
    expect(fixed.match(/correlations: .*/)?.[0]).toBe(
      "correlations: { default: -32.525%, pairs: [[WETH, WBTC, 58.083%], [WETH, LINK, 58.083%]] }",
    );
    expect(staticFindings(parse(fixed).draft!)).toEqual([]);
  });

  it("say nothing of what is not written yet, and never throw", () => {
    for (let end = 0; end <= clean.length; end += 7) {
      const draft = parse(clean.slice(0, end)).draft;
      expect(() => staticFindings(draft ?? {})).not.toThrow();
    }
  });

  it("never throw, whichever value is an alias without an anchor", () => {
    const values = [...clean.matchAll(/(?<=: |\[|, )[\w.%-]+/g)];
    expect(values.length).toBeGreaterThan(40);
    for (const { 0: value, index } of values) {
      const text = `${clean.slice(0, index)}*nowhere${clean.slice(index + value.length)}`;
      expect(() => staticFindings(parse(text).draft ?? {})).not.toThrow();
    }
  });

  it("read like sentences that say what to do", () => {
    const [finding] = findingsWith(replace("max: 90%", "max: 96%"));
    expect(finding.message).toBe(
      'Accounts are drawn up to a loan-to-value of 96%, above the liquidation threshold 95% of wstETH: the highest of them can be liquidated before anything happens. Lower the maximum, or say with "atOpen" what to do with them.',
    );
  });
});

describe("the static rules in another language", () => {
  const bundle = JSON.parse(readFileSync(new URL("../../l10n/bundle.l10n.json", import.meta.url), "utf8"));
  const texts = Object.keys(bundle);

  beforeAll(() => l10n.config({ contents: Object.fromEntries(texts.map((text) => [text, `«${text}»`])) }));
  afterAll(() => l10n.config({ contents: {} }));

  it.each(mistakes)("say %s in it", (rule, _, change) => {
    const found = findingsWith(change).filter((finding) => finding.rule === rule);
    expect(found).not.toEqual([]);
    for (const { message, related = [] } of found)
      for (const said of [message, ...related.map((place) => place.message)]) expect(said).toMatch(/^«.*»$/);
  });

  it("have what varies in their texts, those of rule sets too", () => {
    const [finding] = findingsWith(replace("ltv: 80%", "ltv: 85%"));
    expect(finding.message).toBe(
      "«A loan-to-value of 85% is above the liquidation threshold of 83%: a new loan could be liquidated at once. Lower it to at most 83%.»",
    );
    expect(finding.fix).toEqual({ title: "«Lower to 83%»", value: "83%" });
  });
});

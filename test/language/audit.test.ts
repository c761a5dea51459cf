import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { diagnosticsOf } from "../../src/language/diagnostics";
import { check } from "../../src/server/check";

/** The file that mistakes are made in. */
const right = `plimsoll: 1
assets:
  WETH: { price: 3200, volatility: 72%, address: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2" }
  USDC: { stable: {}, decimals: 6 }
x-reserve: &reserve { oracle: eth-usd, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
oracles:
  eth-usd: { of: WETH, heartbeat: 1h }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH:
        oracle: eth-usd
        ltv: 80%
        liquidationThreshold: 83%
        liquidationBonus: 5%
      USDC: { oracle: usdc-usd }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [10k, 32M] }
books:
  all:
    market: core
    positions:
      - { account: alice, asset: WETH, side: collateral, amount: 10 }
      - { account: alice, asset: USDC, side: debt, amount: 20k }
liquidators:
  searchers: { capital: flash }
scenarios:
  crash: { shock: { WETH: -30% } }
`;

interface Mistake {
  readonly name: string;
  readonly found: string;
  readonly by: string;
  /** Of the one diagnostic; none when this is no mistake here. */
  readonly rule?: string;
  readonly at?: string;
  readonly fix?: string;
  /** The place it is related to. */
  readonly related?: string;
}

/** The mistakes on which YAML editors were compared, in the same order. */
const MISTAKES: readonly Mistake[] = [
  {
    name: "a misspelt key",
    found: "        liquidationThreshold",
    by: "        liquidationTreshold",
    rule: "unknown-key",
    at: "liquidationTreshold",
    fix: "liquidationThreshold",
  },
  {
    name: "a misspelt kind",
    found: "kind: lending",
    by: "kind: lendng",
    rule: "unknown-value",
    at: "lendng",
    fix: "lending",
  },
  {
    name: "80 for a ratio",
    found: "        ltv: 80%",
    by: "        ltv: 80",
    rule: "out-of-range",
    at: "80",
    fix: "80%",
  },
  { name: "80% for a ratio is right", found: "        ltv: 80%", by: "        ltv: 80%" },
  {
    name: "an unquoted address",
    found: '"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"',
    by: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    rule: "unquoted-address",
    at: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    fix: '"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"',
  },
  {
    name: "a name nobody declares",
    found: "        oracle: eth-usd",
    by: "        oracle: o9",
    rule: "unknown-name",
    at: "o9",
  },
  {
    name: "a loan-to-value above the threshold",
    found: "        ltv: 80%",
    by: "        ltv: 85%",
    rule: "ltv-above-threshold",
    at: "85%",
    fix: "83%",
    related: "83%",
  },
  { name: "a tab", found: "        ltv: 80%", by: "\tltv: 80%", rule: "yaml-tab", at: "\t" },
  {
    name: "one column off",
    found: "        ltv: 80%",
    by: "         ltv: 80%",
    rule: "bad-indentation",
    at: "ltv",
  },
  {
    name: "a half-typed key",
    found: "        ltv: 80%",
    by: "        lt",
    rule: "incomplete-key",
    at: "lt",
  },
  {
    name: "a quote that is not closed",
    found: 'Cc2" }',
    by: "Cc2 }",
    rule: "yaml-syntax",
    at: '"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2 }',
  },
  {
    name: "a key twice",
    found: "        ltv: 80%",
    by: "        ltv: 80%\n        oracle: eth-usd",
    rule: "duplicate-key",
    at: "oracle",
    related: "oracle",
  },
  {
    name: "an alias nobody defines",
    found: "{ oracle: usdc-usd }",
    by: "*reserv",
    rule: "unusable-alias",
    at: "*reserv",
  },
  {
    name: "a value out of range that replaces a merged one",
    found: "{ oracle: usdc-usd }",
    by: "{ <<: *reserve, liquidationThreshold: 830% }",
    rule: "out-of-range",
    at: "830%",
    related: "83%",
  },
  {
    name: "a key of another kind",
    found: "oracles:\n  eth-usd: { of: WETH,",
    by: "oracles:\n  eth-usd: { of: WETH, pair: [WETH, USDC],",
    rule: "unknown-key",
    at: "pair",
  },
  {
    name: "a key that is missing",
    found: "        oracle: eth-usd\n",
    by: "",
    rule: "missing-key",
    at: "WETH",
  },
  {
    name: "an address that is too short",
    found: '756Cc2"',
    by: '756Cc"',
    rule: "invalid-address",
    at: '"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc"',
  },
  {
    name: "two documents",
    found: "markets:\n",
    by: "---\nmarkets:\n",
    rule: "several-documents",
    at: "---",
  },
  { name: "an empty file", found: right, by: "", rule: "empty-file", at: "" },
  {
    name: "80.5 for a ratio",
    found: "        ltv: 80%",
    by: "        ltv: 80.5",
    rule: "out-of-range",
    at: "80.5",
    fix: "80.5%",
  },
];

function diagnosed(text: string) {
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
  const { source, findings } = check(document);
  const problems = [...source.problems, ...findings];
  return diagnosticsOf(problems, document).map((diagnostic, i) => ({
    diagnostic,
    at: document.getText(diagnostic.range),
    fix: problems[i].fixes?.map(({ edits }) => edits[0].text),
    related: diagnostic.relatedInformation?.map(({ location }) => document.getText(location.range)),
  }));
}

describe("each of the twenty mistakes is one diagnostic", () => {
  test("and the file without them is right", () => {
    expect(diagnosed(right)).toEqual([]);
  });

  test.each(MISTAKES)("$name", ({ found, by, rule, at, fix, related }) => {
    expect(right).toContain(found);
    const all = diagnosed(right.replace(found, () => by));
    if (rule === undefined) return expect(all).toEqual([]);
    expect(all.map((each) => [each.diagnostic.code, each.at])).toEqual([[rule, at]]);
    const [only] = all;
    expect(only.diagnostic.severity).toBe(1);
    expect(only.diagnostic.codeDescription?.href).toContain(`docs/rules/${rule}.md`);
    if (fix !== undefined) expect(only.fix).toEqual([fix]);
    if (related !== undefined) expect(only.related).toEqual([related]);
  });
});

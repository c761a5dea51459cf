import { describe, expect, it } from "vitest";
import { rootSchema, tagValues } from "../../../src/dsl/schema";
import { completion } from "../../../src/language/completion/completion";
import { type CompletionData, documentation } from "../../../src/language/completion/documentation";
import { openText } from "../fixtures";
import { accepted, file, itemsAt, labelsAt } from "./asking";

/** The file with a reserve of its Aave market written otherwise. */
function withReserve(reserve: string): string {
  return file.replace("{ oracle: usdc-usd }\n", `${reserve}\n`);
}

/** The file with another market, in block style. */
function withMarket(...lines: string[]): string {
  return file.replace("scenarios:", `  new:\n${lines.map((line) => `    ${line}`).join("\n")}\nscenarios:`);
}

const rules = tagValues(rootSchema.$defs.market);

/** Keys of what is lent of a reserve. */
const TOTALS = ["supplied", "supplyCap", "borrowCap"];
const LENT = ["borrowed", "reserveFactor", "rate"];

describe("keys", () => {
  it("are the sections that are missing, required ones first", () => {
    expect(labelsAt("|").slice(0, 3)).toEqual(["plimsoll", "assets", "name"]);
    const missing = [
      "name",
      "extends",
      "numeraire",
      "snapshot",
      "correlations",
      "venues",
      "books",
      "vaults",
      "backstops",
      "liquidators",
      "limits",
    ];
    expect(labelsAt(`${file}|`)).toEqual(missing);
    expect(labelsAt(`${file}lim|\n`)).toEqual(missing);
  });

  it.each([
    [
      "of the branch that the tag names",
      ["kind: lending", "rules: compound-v2", "|"],
      ["closeFactor", "liquidationIncentive", "reserves"],
    ],
    [
      "also when the tag comes later",
      ["|", "rules: compound-v2"],
      ["kind", "closeFactor", "liquidationIncentive", "reserves"],
    ],
    [
      "without a tag, those of every branch that it still can be",
      ["closeFactor: 50%", "|"],
      ["rules", "kind", "liquidationIncentive", "reserves"],
    ],
    [
      "of the map at the indentation",
      ["kind: lending", "rules: aave-v3.3", "reserves:", "  USDC: { oracle: usdc-usd }", "|"],
      ["emodes", "isolation", "siloed"],
    ],
    [
      "of the map below",
      ["kind: lending", "rules: aave-v3.3", "reserves:", "  USDC:", "    oracle: usdc-usd", "    |"],
      ["ltv", ...TOTALS, "liquidationThreshold", "liquidationBonus", "liquidationProtocolFee", ...LENT],
    ],
  ])("are those %s", (_, lines, expected) => {
    expect(labelsAt(withMarket(...lines))).toEqual(expected);
  });

  it.each([
    [
      "{ oracle: usdc-usd, | }",
      ["ltv", "liquidationThreshold", "liquidationBonus", "liquidationProtocolFee", ...TOTALS, ...LENT],
    ],
    [
      "{ oracle: usdc-usd, |",
      ["ltv", "liquidationThreshold", "liquidationBonus", "liquidationProtocolFee", ...TOTALS, ...LENT],
    ],
    [
      "{ liq|, oracle: usdc-usd, ltv: 80% }",
      ["liquidationThreshold", "liquidationBonus", "liquidationProtocolFee", ...TOTALS, ...LENT],
    ],
    [
      "{ | }",
      [
        "oracle",
        "ltv",
        "liquidationThreshold",
        "liquidationBonus",
        "liquidationProtocolFee",
        ...TOTALS,
        ...LENT,
      ],
    ],
    [
      "{ oracle: usdc-usd, liquidationThreshold: 80%, | }",
      ["ltv", "liquidationBonus", "liquidationProtocolFee", ...TOTALS, ...LENT],
    ],
  ])("of a flow map leave out what is there: %s", (reserve, expected) => {
    expect(labelsAt(withReserve(reserve)).sort()).toEqual([...expected].sort());
  });

  it("that exclude each other are not offered side by side, nor what belongs to them", () => {
    expect(labelsAt(file.replace("{ of: USDC }", "{ | }")).slice(0, 2)).toEqual(["of", "base"]);
    expect(labelsAt(file.replace("{ of: USDC }", "{ base: eth-usd, | }"))).toEqual(["rate"]);
    expect(labelsAt(file.replace("{ of: USDC }", "{ of: USDC, | }"))).toEqual([
      "in",
      "heartbeat",
      "deviation",
      "delay",
    ]);
  });

  it("of a limit are those that its scenario, metric and statistic allow", () => {
    const limit = (entries: string) => labelsAt(`${file}limits:\n  - { ${entries} }\n`);
    expect(limit("metric: bad-debt, in: crash, max: 1, |")).toEqual(["market", "asset", "decide"]);
    expect(limit("metric: shortfall, in: tail, max: 1, |")).toEqual([
      "statistic",
      "market",
      "decide",
      "level",
    ]);
    expect(limit("metric: amplification, in: tail, statistic: es, max: 2x, |")).toEqual([
      "level",
      "asset",
      "decide",
    ]);
    expect(limit("metric: shortfall, in: tail, statistic: mean, max: 1, |")).toEqual(["market", "decide"]);
  });

  it("that a merge brings come last", () => {
    const text = `${file}x-base: &base { oracle: eth-usd, ltv: 70% }\n`;
    const marked = `x-base: &base { oracle: eth-usd, ltv: 70% }\n${withReserve("{ <<: *base, | }")}`;
    expect(labelsAt(marked)).toEqual([
      ...TOTALS,
      "liquidationThreshold",
      "liquidationBonus",
      "liquidationProtocolFee",
      ...LENT,
      "oracle",
      "ltv",
    ]);
    expect(itemsAt(marked).find(({ label }) => label === "ltv")?.detail).toBe(
      "Loan-to-value · merged from &base",
    );
    const block = `x-base: &base\n  oracle: eth-usd\n${withReserve("\n        <<: *base\n        |")}`;
    expect(labelsAt(block).at(-1)).toBe("oracle");
    expect(labelsAt(`${text}|`)).not.toContain("assets");
  });

  it("of a map of names are the names that are not there yet, and its own", () => {
    expect(labelsAt(file.replace("WETH: -40%", "WETH: -40%, |"))).toEqual(["USDC", "1e5", "oracle"]);
    expect(accepted(file.replace("WETH: -40%", "WETH: -40%, |"), "1e5")).toContain(
      '{ WETH: -40%, "1e5": $0 }',
    );
  });

  it.each([
    ["| ", "plimsoll", "plimsoll: 1 "],
    ["|", "name", "name: $0"],
    ["|", "assets", "assets:\n  $0"],
    ["|", "limits", "limits:\n  - $0"],
    ["assets:\n  A:\n    |", "pegged", "assets:\n  A:\n    pegged:\n      $0"],
    ["assets:\n  A: { | }", "pegged", "assets:\n  A: { pegged: { $0 } }"],
    ["assets:\n  A: { | price: 1 }", "volatility", "assets:\n  A: { volatility: $0, price: 1 }"],
    ["assets:\n  A: { dec|: 6 }", "decimals", "assets:\n  A: { decimals: 6 }"],
    ["assets:\n  A: { de|cimals: 6 }", "price", "assets:\n  A: { price: 6 }"],
    ["limits:\n  -|", "metric", "limits:\n  - metric: $0"],
    ["limits:\n  - in: a\n  |", "metric", "limits:\n  - in: a\n  - metric: $0"],
    ["venues:\n  v: { | }", "pair", "venues:\n  v: { pair: [$0] }"],
  ])("are inserted with what belongs behind them: %j, %s", (text, label, expected) => {
    expect(accepted(text, label)).toBe(expected);
  });

  it("go on with their values where those can be completed", () => {
    const command = (label: string) =>
      itemsAt(withReserve("{ | }")).find((item) => item.label === label)?.command?.command;
    expect(command("oracle")).toBe("editor.action.triggerSuggest");
    expect(command("ltv")).toBeUndefined();
  });
});

describe("values", () => {
  it.each([
    [
      "metric: |, asset: WETH",
      ["bad-debt", "uncovered-loss", "backstop-used", "liquidated-value", "amplification"],
    ],
    ["in: |, statistic: es", ["tail"]],
    ["in: |", ["crash", "tail"]],
    ["in: cr|", ["crash", "tail"]],
    ["in:|", ["crash", "tail"]],
    ["statistic: |, level: 95%", ["var", "es"]],
    ["decide: |", ["point", "upper-95"]],
    ["asset: |", ["WETH", "USDC", "1e5"]],
    ["market: |", ["core", "dai"]],
  ])("of a limit: %s", (entries, expected) => {
    expect(labelsAt(`${file}limits:\n  - { ${entries} }\n`)).toEqual(expected);
  });

  it.each([
    ["rules: |", rules],
    ["closeFactor: 50%\n    rules: |", ["compound-v2"]],
    ["misspelt: 50%\n    rules: |", rules],
    ["rules: aave|", rules],
    ["kind: |", ["lending"]],
  ])("of a market: %s", (line, expected) => expect(labelsAt(withMarket(line))).toEqual(expected));

  it.each([
    ["    emode: |", ["eth"]],
    ["    positions:\n      - { asset: |, side: debt }", ["WETH", "USDC"]],
    ["    positions:\n      - account: a\n        side: |", ["collateral", "debt"]],
    ["    atOpen: |", ["error", "exclude", "liquidate"]],
  ])("of a book are by its market: %j", (lines, expected) => {
    const indented = lines.includes("emode") ? `    generate:\n  ${lines}` : lines;
    expect(labelsAt(`${file}books:\n  b:\n    market: core\n${indented}\n`)).toEqual(expected);
  });

  it("of a list leave out what is in it, and a name does not refer to itself", () => {
    expect(labelsAt(file.replace("borrowable: [WETH]", "borrowable: [WETH, |]"))).toEqual(["USDC"]);
    expect(labelsAt(file.replace("{ of: USDC }", "{ base: |, rate: 1 }"))).toEqual(["eth-usd"]);
  });

  it.each([
    ["{ oracle: | }", "eth-usd", "{ oracle: eth-usd }"],
    ["{ oracle:| }", "eth-usd", "{ oracle: eth-usd }"],
    ["{ oracle: us|dc-usd, ltv: 1 }", "eth-usd", "{ oracle: eth-usd, ltv: 1 }"],
    ['{ oracle: "us|" }', "eth-usd", '{ oracle: "eth-usd" }'],
    ["{ oracle: 'us|', ltv: 1 }", "eth-usd", "{ oracle: 'eth-usd', ltv: 1 }"],
    ["{ oracle: | ltv: 1 }", "eth-usd", "{ oracle: eth-usd, ltv: 1 }"],
  ])("replace the word at the cursor: %s", (reserve, label, expected) => {
    expect(accepted(withReserve(reserve), label)).toBe(withReserve(expected));
  });

  it("are quoted where YAML would read something else", () => {
    expect(accepted(`${file}limits:\n  - asset: |\n`, "1e5")).toContain('asset: "1e5"');
  });

  it("may be kept to the right of the cursor, where the client can", () => {
    const [{ textEdit }] = itemsAt(withReserve("{ oracle: us|dc-usd }"));
    const start = { line: 14, character: 22 };
    expect(textEdit).toMatchObject({
      insert: { start, end: { line: 14, character: 24 } },
      replace: { start, end: { line: 14, character: 30 } },
    });
    const { document, offset } = openText(withReserve("{ oracle: us|dc-usd }"));
    const [plain] = completion(document, offset, { snippets: false, insertReplace: false }).items;
    expect(plain.textEdit).toMatchObject({ range: { start, end: { line: 14, character: 30 } } });
  });

  it.each(["numeraire: |", "snapshot: { blockTime: | }", "assets: { A: { decimals: | } }"])(
    "%s has a default",
    (text) => {
      expect(itemsAt(text)).toMatchObject([{ detail: "default" }]);
    },
  );
});

describe("units", () => {
  it.each([
    ["ltv: 80|", ["80%", "80bp"]],
    ["ltv: 0.5|", ["0.5%", "0.5bp"]],
    ["ltv: 500|", ["500bp"]],
    ["ltv: |", []],
    ['ltv: "80|"', ["80%", "80bp"]],
  ])("of a ratio are those in its range: %s", (entry, expected) => {
    expect(labelsAt(withReserve(`{ oracle: usdc-usd, ${entry} }`))).toEqual(expected);
  });

  it.each([
    ["assets: { A: { price: 3200| } }", ["3200 USD"]],
    ["numeraire: EUR\nassets: { A: { price: 1.5k| } }", ["1.5k EUR"]],
    ["assets: { A: { volatility: 72| } }", ["72%", "72bp", "72%/yr", "72bp/yr"]],
    ["snapshot: { blockTime: 12| }", ["12s", "12min"]],
    ["venues: { v: { model: constant-product, pair: [A, B], reserves: [1, 30M|] } }", ["30M B"]],
    [
      "venues:\n  v:\n    model: constant-product\n    pair:\n      - A\n      - B\n    reserves: [1k|]",
      ["1k A"],
    ],
    ["liquidators: { l: { gas: { price: 15| } } }", ["15 gwei"]],
    ["liquidators: { l: { gas: { price: 15 | } } }", ["15 gwei"]],
    ["limits:\n  - metric: amplification\n    max: 2|", ["2x"]],
    ["limits:\n  - metric: bad-debt\n    max: 2M|", ["2M USD"]],
    ["limits:\n  - max: 2M|", []],
  ])("are those of the dimension, with the asset or numeraire: %j", (text, expected) => {
    expect(labelsAt(text)).toEqual(expected);
  });

  it.each([
    ["snapshot: { blockTime: 12| }", ["12s", "12min"]],
    ["assets: { A: { volatility: 0.7| } }", ["0.7", "0.7%", "0.7bp", "0.7%/yr", "0.7bp/yr", "0.7/yr"]],
    ["assets: { A: { volatility: 0.7|2 } }", []],
    ["assets: { A: { price: 3200| } }", []],
    ["scenarios: { s: { monte-carlo: { paths: 20| } } }", []],
    ["name: Aave v3|", []],
    ["assets: { A2| }", []],
    ["oracles: { o: { of: A2| } }", []],
    ["# 1|", []],
  ])("are all that a digit brings up, with the number itself where it says enough: %j", (marked, labels) => {
    const { document, offset } = openText(marked);
    const abilities = { snippets: true, insertReplace: true };
    const { items } = completion(document, offset, abilities, { digit: true });
    expect(items.map(({ label }) => label)).toEqual(labels);
  });

  it("match what is typed, spaces included", () => {
    const [item] = itemsAt("liquidators: { l: { gas: { price: 15  | } } }");
    expect(item).toMatchObject({ filterText: "15  gwei", textEdit: { newText: "15 gwei" } });
  });
});

describe("nothing", () => {
  it.each([
    "# ass|",
    "name: Free te|",
    "books:\n  b:\n    positions:\n      - account: al|\n",
    "unknown:\n  |",
    "x-free: { a| }",
    "assets:\n  A: { price: 1 } |",
  ])("is offered in %j", (text) => expect(labelsAt(text)).toEqual([]));
});

describe("documentation", () => {
  function about(marked: string, label: string): string | undefined {
    const { document } = openText(marked);
    const item = itemsAt(marked).find((each) => each.label === label);
    expect(item?.documentation).toBeUndefined();
    return documentation(item?.data as CompletionData, () => document.getText());
  }

  it("of a key is its description, dimension, range and default", () => {
    const text = about(withReserve("{ | }"), "liquidationProtocolFee");
    expect(text).toContain("Share of the bonus that goes to the protocol's treasury.");
    expect(text).toContain("Expected: a ratio such as 80.5%, 50bp or 0.805");
    expect(text).toContain("Allowed: between 0% and 100%");
    expect(text).toContain("Default: `0`");
  });

  it("of a value of an enumeration is what it means", () => {
    expect(about(`${file}limits:\n  - metric: |`, "liquidated-value")).toBe(
      "Collateral seized, at market prices when seized.",
    );
  });

  it("of a name is its declaration", () => {
    expect(about(`${file}limits:\n  - in: |`, "crash")).toBe(
      "```yaml\ncrash: { shock: { WETH: -40% } }\n```",
    );
    expect(about(`${file}limits:\n  - market: |`, "core")).toContain("  reserves:\n    WETH: { oracle");
  });
});

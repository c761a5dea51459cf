import { describe, expect, test } from "vitest";
import { parse } from "../../src/dsl/parse";
import { complete, edited, fixed, seen } from "./reading";

const address = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";

interface Mistake {
  readonly wrong: string;
  readonly text: string;
  readonly rule: string;
  readonly at: string;
  readonly message: string;
  readonly fix?: string;
}

function mistake(
  passage: string,
  by: string,
  rule: string,
  at: string,
  message: string,
  fix?: string,
): Mistake {
  const wrong = `${passage.trim()} -> ${by.trim() || "nothing"}`.replaceAll("\n", "⏎");
  return { wrong, text: edited(passage, by), rule, at, message, ...(fix === undefined ? {} : { fix }) };
}

/** Line and name of each key that starts a line. */
function keysOf(text: string): [number, string][] {
  return text.split("\n").flatMap((line, i): [number, string][] => {
    const key = /^ *([\w-]+):/.exec(line)?.[1];
    return key === undefined ? [] : [[i, key]];
  });
}

const TABLE: Mistake[] = [
  // Keys
  mistake(
    "liquidationThreshold: 83%",
    "liquidationTreshold: 83%",
    "unknown-key",
    "liquidationTreshold",
    "Unknown key `liquidationTreshold` in `WETH`. Did you mean `liquidationThreshold`?",
    "liquidationThreshold",
  ),
  mistake(
    "oracle: eth-usd\n",
    "orcale: eth-usd\n",
    "unknown-key",
    "orcale",
    "Unknown key `orcale` in `WETH`. Did you mean `oracle`?",
    "oracle",
  ),
  mistake(
    "model: constant-product",
    "modle: constant-product",
    "unknown-key",
    "modle",
    "Unknown key `modle` in `weth-usdc`. Did you mean `model`?",
    "model",
  ),
  mistake(
    "plimsoll: 1",
    'plimsoll: "1"',
    "unknown-value",
    '"1"',
    'Language version cannot be the text "1". It must be `1`.',
    "1",
  ),
  mistake(
    "assets:\n",
    "asets:\n",
    "unknown-key",
    "asets",
    "Unknown key `asets` in a risk file. Did you mean `assets`?",
    "assets",
  ),
  mistake(
    "fee: 30bp",
    "supplyCap: 30",
    "unknown-key",
    "supplyCap",
    "Unknown key `supplyCap` in `weth-usdc`. Known keys: `model`, `pair`, `reserves`, `fee`, `recovery` and `permanent`.",
  ),
  mistake(
    "        oracle: eth-usd\n",
    "",
    "missing-key",
    "WETH",
    "`WETH` needs `oracle`. The oracle this reserve is priced by.",
  ),
  mistake(
    "model: constant-product, ",
    "",
    "missing-key",
    "weth-usdc",
    "`weth-usdc` needs `model`. Allowed: `constant-product`, `concentrated` and `quotes`.",
  ),
  mistake(
    "plimsoll: 1\n",
    "",
    "missing-key",
    "name",
    "A risk file needs `plimsoll`. Version of the risk file language. This tool reads version 1.",
    "plimsoll: 1\n",
  ),
  mistake(
    "ltv: 80.5%",
    "ltv: 80.5%\n        oracle: eth-usd",
    "duplicate-key",
    "oracle",
    "`oracle` stands twice in this map; keep one.",
  ),
  mistake(
    "        ltv: 80.5%",
    "        lt",
    "incomplete-key",
    "lt",
    "`lt` is not finished: a key is followed by a colon, a space and its value.",
  ),
  mistake(
    "name: Test",
    "name: Test\nven",
    "incomplete-key",
    "ven",
    "`ven` is not finished: a key is followed by a colon, a space and its value.",
  ),
  mistake(
    "fee: 30bp, ",
    "fe, ",
    "incomplete-key",
    "fe",
    "`fe` is not finished: a key is followed by a colon, a space and its value.",
  ),
  mistake(
    "ltv: 80.5%",
    "ltv:",
    "missing-value",
    "ltv",
    "Loan-to-value has no value. Expected a ratio such as 80.5%, 50bp or 0.805.",
  ),
  mistake("of: USDC }", "}", "missing-key", "usdc-usd", "`usdc-usd` needs one of `of` and `base`."),
  mistake(
    ", rate: 1.184",
    "",
    "incomplete-group",
    "base",
    "`base` does nothing without `rate`; add it or remove `base`.",
  ),
  mistake(
    "{ of: USDC }",
    "{ rate: 1 }",
    "incomplete-group",
    "rate",
    "`rate` does nothing without `base`; add it or remove `rate`.",
  ),
  mistake(
    "shock: { WETH: -40% }, ",
    "",
    "incomplete-group",
    "over",
    "`over` does nothing without `shock`; add it or remove `over`.",
  ),
  mistake(
    "max: 0 USD",
    "max: 0 USD, min: 0",
    "exclusive-keys",
    "min",
    "This limit has both `max` and `min`; keep one of `max` and `min`.",
  ),

  // Values of an enumeration, and the tags of unions
  mistake(
    "model: constant-product",
    "model: constant-prodct",
    "unknown-value",
    "constant-prodct",
    "Model cannot be `constant-prodct`. Allowed: `constant-product`, `concentrated` and `quotes`. Did you mean `constant-product`?",
    "constant-product",
  ),
  mistake(
    "side: debt",
    "side: dept",
    "unknown-value",
    "dept",
    "Side cannot be `dept`. Allowed: `collateral` and `debt`. Did you mean `debt`?",
    "debt",
  ),
  mistake(
    "kind: lending",
    "kind: lendign",
    "unknown-value",
    "lendign",
    "Kind cannot be `lendign`. It must be `lending`.",
    "lending",
  ),
  mistake(
    "plimsoll: 1",
    "plimsoll: 2",
    "unknown-value",
    "2",
    "Language version cannot be `2`. It must be `1`.",
    "1",
  ),

  // Quantities
  mistake(
    "80.5%",
    "80.5",
    "out-of-range",
    "80.5",
    "Loan-to-value must be between 0% and 100%; found 80.5. Did you mean 80.5%?",
    "80.5%",
  ),
  mistake(
    "80.5%",
    "80",
    "out-of-range",
    "80",
    "Loan-to-value must be between 0% and 100%; found 80. Did you mean 80%?",
    "80%",
  ),
  mistake(
    "80.5%",
    "abc",
    "invalid-quantity",
    "abc",
    "`abc` is not a quantity. Expected a ratio such as 80.5%, 50bp or 0.805.",
  ),
  mistake(
    "80.5%",
    "12s",
    "wrong-dimension",
    "12s",
    "12s is a duration. Expected a ratio such as 80.5%, 50bp or 0.805.",
  ),
  mistake(
    "80.5%",
    "true",
    "wrong-type",
    "true",
    "Loan-to-value must be a ratio such as 80.5%, 50bp or 0.805; found `true`.",
  ),
  mistake(
    "80.5%",
    "[1]",
    "wrong-type",
    "[1]",
    "Loan-to-value must be a ratio such as 80.5%, 50bp or 0.805; found a list.",
  ),
  mistake(
    "liquidationBonus: 5%",
    "liquidationBonus: 105%",
    "out-of-range",
    "105%",
    "Liquidation bonus must be at least 0% and below 100%; found 105%. It is the part above 100%. Did you mean 5%?",
    "5%",
  ),
  mistake(
    "liquidationBonus: 5%",
    "liquidationBonus: 1.05",
    "out-of-range",
    "1.05",
    "Liquidation bonus must be at least 0% and below 100%; found 1.05. It is the part above 100%. Did you mean 5%?",
    "5%",
  ),
  mistake(
    "delay: 12s",
    "delay: 12",
    "missing-unit",
    "12",
    "12 has no unit; a duration needs one. Write 12s, 12min, 12h, 12d or 12yr.",
  ),
  mistake("delay: 12s", "delay: 12sec", "wrong-unit", "12sec", "`sec` is not a unit; write 12s.", "12s"),
  mistake(
    "15 gwei",
    "15",
    "missing-unit",
    "15",
    "15 has no unit; a gas price needs one. Write 15 gwei.",
    "15 gwei",
  ),
  mistake(
    "42k WETH",
    "42k USDC",
    "wrong-unit",
    "42k USDC",
    "`USDC` is not a unit of an amount. Expected an amount of WETH such as 250 or 1.8M.",
  ),
  mistake(
    "10 USD",
    "10 EUR",
    "wrong-unit",
    "10 EUR",
    "`EUR` is not a unit of a value. Expected a value in USD such as 500 or 2M.",
  ),
  mistake("price: 3200", "price: -1", "out-of-range", "-1", "Price must be above 0 USD; found -1."),
  mistake("amount: 10 ", "amount: -10 ", "out-of-range", "-10", "Amount must be at least 0 WETH; found -10."),
  mistake(
    "price: 3200",
    "price: .nan",
    "invalid-quantity",
    ".nan",
    ".nan is not a finite number. Expected a price in USD such as 3200 or 96k.",
  ),
  mistake(
    "price: 3200",
    "price: 1e400",
    "invalid-quantity",
    "1e400",
    "1e400 is too large for a number (the largest is about 1.8e308).",
  ),
  mistake(
    "price: 3200",
    "price: 0x10",
    "invalid-quantity",
    "0x10",
    "0x10 is hexadecimal; write quantities in decimal. Expected a price in USD such as 3200 or 96k.",
  ),
  mistake(
    "price: 3200",
    "price: 3,200",
    "invalid-quantity",
    "3,200",
    "A comma separates entries here; write the number without thousands separators.",
    "3200",
  ),
  mistake("count: 500", "count: 1.5", "not-integer", "1.5", "Count is a whole number; 1.5 is not."),
  mistake(
    "WETH: -40%",
    "WETH: -40",
    "out-of-range",
    "-40",
    "Move must be above -100% and at most 1000%; found -40. Did you mean -40%?",
    "-40%",
  ),
  mistake(
    "debt: { WETH: 100% }",
    "debt: { WETH: 90% }",
    "shares-of-one",
    "debt",
    "The shares add up to 90%; they must add up to 100%.",
  ),

  // Names
  mistake(
    "oracle: eth-usd\n",
    "oracle: o9\n",
    "unknown-name",
    "o9",
    "There is no oracle `o9` under `oracles`. Declared: `eth-usd`, `wsteth-usd` and `usdc-usd`.",
  ),
  mistake(
    "emode: eth",
    "emode: btc",
    "unknown-name",
    "btc",
    "There is no E-mode `btc` in market `core`. Declared: `eth`.",
  ),
  mistake(
    "collateral: [wstETH]",
    "collateral: [stETH]",
    "unknown-name",
    "stETH",
    "There is no reserve `stETH` in market `core`. Did you mean `wstETH`?",
    "wstETH",
  ),
  mistake(
    "{ WETH: -40% }",
    "{ WETHH: -40% }",
    "unknown-name",
    "WETHH",
    "There is no asset `WETHH` under `assets`. Did you mean `WETH`?",
    "WETH",
  ),
  mistake(
    "in: crash",
    "in: crsh",
    "unknown-name",
    "crsh",
    "There is no scenario `crsh` under `scenarios`. Did you mean `crash`?",
    "crash",
  ),
  mistake(
    "debt: { WETH: 100% }",
    "debt: { WBTC: 100% }",
    "unknown-name",
    "WBTC",
    "There is no reserve `WBTC` in market `core`. Declared: `WETH`, `wstETH` and `USDC`.",
  ),
  mistake(
    "oracles:\n",
    "x-oracles:\n",
    "unknown-name",
    "eth-usd",
    "Oracle `eth-usd` is not declared: the file has no `oracles`.",
  ),
  mistake(
    "  weth-usdc:",
    "  __proto__:",
    "invalid-name",
    "__proto__",
    "`__proto__` cannot be a name. A name starts with a letter or digit and has letters, digits, spaces and . _ - + /.",
  ),

  // Addresses, text and lists
  mistake(
    `"${address}"`,
    address,
    "unquoted-address",
    address,
    "Quote this address: unquoted, YAML reads it as a number.",
    `"${address}"`,
  ),
  mistake(
    `"${address}"`,
    `"0xC02a"`,
    "invalid-address",
    `"0xC02a"`,
    "An address is 0x and 40 hexadecimal digits; it has 4.",
  ),
  mistake("name: Test", "name: 5", "wrong-type", "5", 'Name is text; quote it: "5".', '"5"'),
  mistake(
    "name: Test",
    'name: ""',
    "missing-value",
    '""',
    "Name is empty. What this file describes; shown in reports and in the panel.",
  ),
  mistake(
    "[WETH, USDC]",
    "[WETH]",
    "wrong-length",
    "[WETH]",
    "Pair has 1 item where 2 are needed: [traded asset, quote asset].",
  ),

  // YAML
  mistake(
    "        ltv: 80.5%",
    "\tltv: 80.5%",
    "yaml-tab",
    "\t",
    "YAML is indented with spaces, not tabs.",
    "  ",
  ),
  mistake(
    "        ltv:",
    "         ltv:",
    "bad-indentation",
    "ltv",
    "Indented by 9 spaces where the line above has 8. The keys of one map, and the items of one list, start in the same column.",
  ),
  mistake(
    "        ltv:",
    "       ltv:",
    "bad-indentation",
    "ltv",
    "Indented by 7 spaces where the line above has 8. The keys of one map, and the items of one list, start in the same column.",
  ),
  mistake(
    "\nlimits:\n",
    "\n\n limits:\n",
    "bad-indentation",
    "limits",
    "Indented by 1 space where the line above has 2. The keys of one map, and the items of one list, start in the same column.",
  ),
  mistake(
    "plimsoll: 1",
    " plimsoll: 1",
    "bad-indentation",
    "name",
    "Indented by 0 spaces where the line above has 1. The keys of one map, and the items of one list, start in the same column.",
  ),
  mistake(
    "  WETH: { price",
    "  WETH:{ price",
    "yaml-syntax",
    "WETH:",
    "A key stands on one line and is followed by a colon and a space.",
    " ",
  ),
  mistake(
    "  WETH: { price",
    "  WETH: a: { price",
    "yaml-syntax",
    "a",
    "Two keys stand on this line; begin a line with the second, or put it in braces.",
  ),
  mistake("limits:\n", "}limits:\n", "yaml-syntax", "}", "This bracket closes nothing."),
  mistake("{ WETH: -40% }", "{ , WETH: -40% }", "yaml-syntax", ",", "There is nothing before this comma."),
  mistake("limits:\n", "\n", "yaml-syntax", "-", "A list stands under a key; the key is missing above it."),
  mistake(
    "ltv: 80.5%",
    "ltv:80.5%",
    "yaml-syntax",
    "ltv:80.5%",
    "A key stands on one line and is followed by a colon and a space.",
    " ",
  ),
  mistake(
    `${address}" }`,
    `${address} }`,
    "yaml-syntax",
    `"${address} }`,
    "This quote is not closed on its line.",
  ),
  mistake("recovery: 30min }", "recovery: 30min", "yaml-syntax", "{", "This `{` has no `}`."),
  mistake("[WETH, USDC]", "[WETH, USDC", "yaml-syntax", "[", "This `[` has no `]`."),
  mistake(
    "name: Test",
    "name: @x",
    "yaml-syntax",
    "@",
    "A value cannot start with this character; quote the value.",
  ),
  mistake("name: Test", "name: *foo", "unusable-alias", "*foo", "There is no anchor &foo above this line."),
  mistake(
    "name: Test",
    "name: Test\nx-a: &a [*a]",
    "unusable-alias",
    "*a",
    "*a stands inside the value of &a, so it would contain itself.",
  ),
  mistake(
    "limits:\n",
    "---\nlimits:\n",
    "several-documents",
    "---",
    "A risk file is one YAML document; move what follows `---` to a file of its own.",
  ),
  mistake(
    "name: Test",
    "<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other",
    "merge-conflict",
    "<<<<<<< HEAD",
    "Unresolved merge conflict: keep one side and delete the marker lines.",
  ),
];

describe("one mistake is one problem, at the narrowest text that holds it", () => {
  test.each(TABLE)("$wrong", ({ text, wrong: _, ...problem }) => {
    expect(seen(text)).toEqual([problem]);
  });

  test("and the file is not simulated", () => {
    for (const { text } of TABLE) expect(parse(text).file).toBeUndefined();
  });
});

describe("a key that is not right yet is one problem, also while it has no value", () => {
  test.each([
    ["{ rec: }", "unknown-name", "rec"],
    ["{ rec }", "incomplete-key", "rec"],
    ["{ WETH }", "incomplete-key", "WETH"],
    ["{ WETH: -40%, rec: }", "unknown-name", "rec"],
    ["{ WETH: }", "missing-value", "WETH"],
    ["{ }", "missing-value", "{ }"],
  ])("shock: %s", (shock, rule, at) => {
    expect(seen(edited("shock: { WETH: -40% }", `shock: ${shock}`))).toMatchObject([{ rule, at }]);
  });
});

describe("a misspelt section is one problem, whatever refers to names in it", () => {
  test.each(["emodes", "reserves"])("also within a market: %s", (key) => {
    const written = key.slice(0, 2) + key.slice(3);
    const text = complete.replace(`    ${key}:\n`, `    ${written}:\n`);
    expect(seen(text)).toMatchObject([{ rule: "unknown-key", at: written, fix: key }]);
  });

  const sections = keysOf(complete).filter(([line, key]) => complete.split("\n")[line].startsWith(key));
  test.each(sections)("line %i, %s", (_, key) => {
    const written = key.slice(0, 2) + key.slice(3);
    const text = `\n${complete}`.replace(`\n${key}:`, `\n${written}:`);
    expect(seen(text)).toMatchObject([{ rule: "unknown-key", at: written, fix: key }]);
  });
});

describe("a section that is indented under the one above is one problem, at its key", () => {
  const sections = keysOf(complete).filter(([line, key]) => complete.split("\n")[line] === `${key}:`);
  const after = sections.slice(1);

  test.each(after)("line %i, %s alone", (line, key) => {
    const lines = complete.split("\n");
    lines[line] = `  ${lines[line]}`;
    checkSection(lines.join("\n"), key);
  });

  test.each(after)("line %i, %s with all that is below it", (line, key) => {
    const end = sections.find(([next]) => next > line)?.[0] ?? Number.POSITIVE_INFINITY;
    const isWithin = (at: number) => at >= line && at < end;
    const lines = complete.split("\n").map((text, i) => (isWithin(i) && text ? `  ${text}` : text));
    checkSection(lines.join("\n"), key);
  });

  test("two of them are two problems", () => {
    const text = complete.replace("\nvenues:", "\n  venues:").replace("\noracles:", "\n  oracles:");
    expect(seen(text).map(({ at }) => at)).toEqual(["venues", "oracles"]);
  });

  test("also while nothing is below it", () => {
    const text = complete.replace("\nbooks:", "\n  limits:\nbooks:").split("\nlimits:")[0];
    expect(seen(text)).toMatchObject([{ rule: "bad-indentation", at: "limits" }]);
  });

  test("it hides no other mistake", () => {
    const text = edited("fee: 30bp", "fee: 3000").replace("\nvenues:", "\n  venues:");
    expect(seen(text)).toMatchObject([{ rule: "bad-indentation" }, { rule: "out-of-range", at: "3000" }]);
  });

  test("but a name may be that of a section", () => {
    expect(seen(complete.replaceAll("eth-usd", "limits").replaceAll("tail", "correlations"))).toEqual([]);
  });

  function checkSection(text: string, key: string) {
    const message = `\`${key}\` is a section of the file: it starts at the first column.`;
    expect(seen(text)).toEqual([{ rule: "bad-indentation", at: key, message, fix: "" }]);
    expect(seen(fixed(text))).toEqual([]);
  }
});

describe("names that are not indented below their section are one problem, at the first", () => {
  test.each([
    ["assets", "WETH"],
    ["venues", "weth-usdc"],
    ["oracles", "eth-usd"],
    ["markets", "core"],
    ["books", "inline"],
    ["liquidators", "searchers"],
    ["scenarios", "crash"],
  ])("%s", (section, name) => {
    const lines = complete.split("\n");
    const start = lines.indexOf(`${section}:`) + 1;
    const end = lines.findIndex((line, i) => i >= start && /^\w/.test(line));
    for (let i = start; i < end; i++) lines[i] = lines[i].slice(2);
    const message = `\`${name}\` is no section of the file: indent it below \`${section}\`.`;
    expect(seen(lines.join("\n"))).toEqual([{ rule: "bad-indentation", at: name, message, fix: "  " }]);
    expect(fixed(lines.join("\n"))).toBe(complete);
  });

  test("also the last one alone", () => {
    const text = edited("  USDC:\n    price", "USDC:\n    price");
    expect(seen(text)).toMatchObject([{ rule: "bad-indentation", at: "USDC" }]);
  });

  test("also while it has no value", () => {
    expect(seen("plimsoll: 1\nassets:\nWETH:\n")).toMatchObject([{ rule: "bad-indentation", at: "WETH" }]);
  });

  test("but a key that is none of its section's names is unknown", () => {
    const text = edited("oracles:\n", "speed: { fast: 1 }\noracles:\n");
    expect(seen(text)).toMatchObject([{ rule: "unknown-key", at: "speed" }]);
  });
});

describe("what can only be meant in one way is written by a fix", () => {
  test.each([
    ["price: 3200", "price: 3K", "price: 3k"],
    ["price: 3200", "price: 3200 usd", "price: 3200 USD"],
    ["max: 2M USD", "max: 2M Usd", "max: 2M USD"],
    ["[42k WETH,", "[42k weth,", "[42k WETH,"],
    ["price: 15 gwei", "price: 15", "price: 15 gwei"],
    ["price: 15 gwei", "price: 15 GWEI", "price: 15 gwei"],
    ["kind: lending", "kind:\u00a0lending", "kind: lending"],
  ])("%s, written as %s", (passage, wrong, right) => {
    const text = edited(passage, wrong);
    expect(seen(text)).toHaveLength(1);
    expect(fixed(text)).toBe(edited(passage, right));
  });
});

describe("what a mistake causes elsewhere is no second problem", () => {
  const morpho = complete
    .replace(
      "markets:\n",
      "markets:\n  isolated: { kind: lending, rules: morpho-blue, collateral: wstETH, loan: WETH, lltv: 86%, oracle: eth-usd }\n",
    )
    .replace(
      "books:\n",
      "books:\n  isolated: { market: isolated, positions: [{ account: a, asset: wstETH, side: collateral, amount: 1 }] }\n",
    );

  test.each([
    ["of: WETH, heartbeat", "of: 5, heartbeat", "unknown-name", "5"],
    ["of: WETH, heartbeat", "of: true, heartbeat", "unknown-name", "true"],
    ["[WETH, USDC], model", "[WETH, 0x10], model", "unknown-name", "0x10"],
    ["beta: [20, 3]", "beta: [20 3]", "wrong-length", "[20 3]"],
    ["[WETH, USDC], model", "[WETH, *none], model", "unusable-alias", "*none"],
    ["[42k WETH, 130M]", "[42k WETH 130M]", "wrong-length", "[42k WETH 130M]"],
    ["[42k WETH, 130M]", "[42,000, 130M]", "wrong-length", "[42,000, 130M]"],
    ["fee: 30bp", "fee: 1,000", "invalid-quantity", "1,000"],
    ["minProfit: 10 USD", "minProfit: 1,000,000 USD", "invalid-quantity", "1,000,000 USD"],
    ["{ wstETH: 100% }", "{ wstETH: 100 }", "out-of-range", "100"],
    ["venues:\n", "venues:\nvenues:\n", "duplicate-key", "venues"],
    ["    rules: aave-v3.3\n", "---\n    rules: aave-v3.3\n", "several-documents", "---"],
    ["oracles:\n", "...\noracles:\n", "several-documents", "..."],
    ["  eth-usd: {", "  eth-usd:: {", "invalid-name", "eth-usd:"],
    ["  WETH: {", "  WE TH: {", "invalid-name", "WE TH"],
  ])("%s -> %s", (passage, by, rule, at) => {
    expect(seen(edited(passage, by))).toMatchObject([{ rule, at }]);
  });

  test.each([
    ["collateral: wstETH, loan", "collateral: wstTEH, loan", "unknown-name", "wstTEH"],
    ["collateral: wstETH, loan", "collateral: other, loan", "unknown-name", "other"],
    ["collateral: wstETH, loan", "collateral: , loan", "missing-value", "collateral"],
    ["collateral: wstETH, loan", "loan", "missing-key", "isolated"],
  ])("a market's own asset: %s -> %s", (passage, by, rule, at) => {
    expect(seen(morpho)).toEqual([]);
    expect(seen(morpho.replace(passage, by))).toMatchObject([{ rule, at }]);
  });

  test("and a reserve that the market does not have is one beside it", () => {
    const text = morpho
      .replace("collateral: wstETH, loan", "collateral: wstTEH, loan")
      .replace("asset: wstETH,", "asset: DAI,");
    expect(seen(text).map(({ at }) => at)).toEqual(["wstTEH", "DAI"]);
  });

  test("a number with separators is written without them", () => {
    const text = edited("minProfit: 10 USD", "minProfit: 1,000,000 USD");
    expect(fixed(text)).toBe(edited("minProfit: 10 USD", "minProfit: 1000000 USD"));
  });

  test.each([
    ["plimsoll: 1", "plimsoll:"],
    ['address: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"', "address: 0x10"],
    ["assets:\n", "assets:,\n"],
    ["assets:\n", "assets:;\n"],
  ])("and no fix is offered that leads to another one: %s -> %s", (passage, by) => {
    const [problem, ...others] = seen(edited(passage, by));
    expect(others).toEqual([]);
    expect(problem.fix).toBeUndefined();
  });
});

describe("a key one level too shallow is one problem, that says where it belongs", () => {
  const generated = {
    count: "500",
    seed: "2",
    emode: "eth",
    collateral: "{ wstETH: 100% }",
    debt: "{ WETH: 100% }",
    loanToValue: "{ beta: [20, 3], max: 93% }",
    debtValue: "{ lognormal: [12, 1.5] }",
  };

  /** The complete file with the generator as a block, and this of its keys beside it. */
  function beside(shallow: string): string {
    const column = (key: string) => (key === shallow ? "    " : "      ");
    const keys = Object.entries(generated).sort(([a], [b]) => Number(a === shallow) - Number(b === shallow));
    const lines = keys.map(([key, value]) => `${column(key)}${key}: ${value}\n`);
    return complete.replace(/(?<=generate:\n) {6}\{\n.*? {6}\}\n/s, () => lines.join(""));
  }

  test.each(Object.keys(generated))("%s beside `generate`", (key) =>
    checkShallow(beside(key), key, "generate"),
  );

  test.each(["oracle", "ltv", "liquidationThreshold", "liquidationBonus", "liquidationProtocolFee"])(
    "%s beside its reserve",
    (key) => {
      const [line] = new RegExp(` {8}${key}: .*\n`).exec(complete)!;
      const text = edited(line, "").replace("      wstETH: { o", (next) => line.slice(2) + next);
      checkShallow(text, key, "WETH");
    },
  );

  test("rules beside the market", () => {
    const text = edited("    rules: aave-v3.3\n", "").replace("\nbooks:", "\n  rules: aave-v3.3\nbooks:");
    checkShallow(text, "rules", "core");
  });

  test("a map beside the market", () => {
    const [block] = / {4}emodes:\n.*? {8}\}\n/s.exec(complete)!;
    checkShallow(edited(block, block.replace(/^ {2}/gm, "")), "emodes", "core");
  });

  test("several that slipped out of one value are one mistake", () => {
    const text = complete.replace(/^ {8}(?=(?:ltv|liq)\w*: \S+$)/gm, "      ");
    checkShallow(text, "ltv", "WETH");
    expect(parse(text).problems[0].related).toHaveLength(3);
  });

  test("it hides no other mistake", () => {
    const text = beside("loanToValue").replace("max: 93%", "max: 930%");
    expect(seen(text)).toMatchObject([
      { rule: "bad-indentation", at: "loanToValue" },
      { rule: "out-of-range", at: "930%" },
    ]);
  });

  test("in braces there is no column to start in", () => {
    const text = edited(
      "debtValue: { lognormal: [12, 1.5] },\n      }",
      "}\n    debtValue: { lognormal: [12, 1.5] }",
    );
    const message = "`debtValue` is a key of `generate`: move it there.";
    expect(seen(text)).toEqual([{ rule: "unknown-key", at: "debtValue", message }]);
  });

  test("but a misspelt key is misspelt", () => {
    const text = edited("  loops:\n", "  loops:\n    cout: 5\n    markt: core\n").replace(
      "    market: core\n    gen",
      "    gen",
    );
    expect(seen(text).map(({ at, fix }) => [at, fix])).toEqual([
      ["cout", undefined],
      ["markt", "market"],
    ]);
  });

  function checkShallow(text: string, key: string, holder: string) {
    const message = `\`${key}\` is a key of \`${holder}\`: indent it below.`;
    expect(seen(text)).toEqual([{ rule: "bad-indentation", at: key, message, fix: "  " }]);
    expect(seen(fixed(text))).toEqual([]);
  }
});

describe("a path where positions are wanted goes under the key that takes one", () => {
  const text = complete.replace(/positions:\n {8}\[.*?\],\n/s, "positions: ./data/all.csv,\n");

  test("which the fix writes", () => {
    const message =
      "Positions must be a list; found the text `./data/all.csv`. The path of a file goes under `file`.";
    expect(seen(text)).toEqual([{ rule: "wrong-type", at: "./data/all.csv", message, fix: "file" }]);
    expect(seen(fixed(text))).toEqual([]);
  });

  test("but any other text is only no list", () => {
    const other = text.replace("./data/all.csv", "all");
    expect(seen(other)).toMatchObject([{ message: "Positions must be a list; found the text `all`." }]);
  });
});

describe("a numeraire that no value is in is one problem, at the numeraire", () => {
  test.each(["UDS", "EUR"])("%s", (numeraire) => {
    const text = edited("numeraire: USD", `numeraire: ${numeraire}`);
    const message = `The numeraire is \`${numeraire}\`, but values are written in \`USD\`. Did you mean \`USD\`?`;
    expect(seen(text)).toEqual([{ rule: "wrong-unit", at: numeraire, message, fix: "USD" }]);
    expect(parse(text).problems[0].related).toHaveLength(3);
    expect(seen(fixed(text))).toEqual([]);
  });

  test("but one value in another unit than the others is itself the mistake", () => {
    expect(seen(edited("10 USD", "10 EUR"))).toMatchObject([{ rule: "wrong-unit", at: "10 EUR" }]);
  });

  test("and so are values in several others", () => {
    const text = edited("numeraire: USD", "numeraire: UDS").replace("10 USD", "10 EUR");
    expect(seen(text).map(({ at }) => at)).toEqual(["10 EUR", "0 USD", "2M USD"]);
  });
});

describe("a fix is certain: it leaves no problem of its kind at its place", () => {
  test.each(TABLE.filter(({ fix }) => fix !== undefined))("$wrong", ({ text, rule }) => {
    expect(seen(fixed(text)).filter((problem) => problem.rule === rule)).toEqual([]);
  });
});

describe("a text that is no risk file", () => {
  test.each([
    ["nothing", "", "empty-file", ""],
    ["a comment", "# later\n", "empty-file", ""],
    ["one word", "assets", "incomplete-key", "assets"],
    ["prose", "hello world\n", "wrong-type", "h"],
    ["a list", "- a\n- b\n", "wrong-type", "-"],
    ["empty documents", "---\n---\n", "several-documents", "---"],
    ["nested brackets", "[".repeat(100_000), "yaml-syntax", "["],
  ])("%s", (_, text, rule, at) => {
    expect(seen(text)).toMatchObject([{ rule, at }]);
  });

  test("five megabytes are refused unread", () => {
    const text = `${complete}\n`.repeat(1 + 5e6 / complete.length);
    expect(seen(text)).toMatchObject([{ rule: "file-too-large", at: "plimsoll: 1" }]);
    expect(parse(text).root).toBeUndefined();
  });

  test("aliases that unfold without end are refused", () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `x-${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]\n`,
    );
    expect(seen(`x-0: &a0 [1]\n${levels.join("")}${complete}`)).toMatchObject([{ rule: "unusable-alias" }]);
  });
});

describe("two mistakes are two problems, in the order of the text", () => {
  test("in different values", () => {
    const text = edited("80.5%", "80.5").replace("5%\n", "105%\n");
    expect(seen(text).map(({ at }) => at)).toEqual(["80.5", "105%"]);
  });

  test("a half-typed key does not hide what is wrong elsewhere", () => {
    expect(
      seen(edited("        ltv: 80.5%", "        lt").replace("delay: 12s", "delay: 12")).map(
        ({ rule }) => rule,
      ),
    ).toEqual(["missing-unit", "incomplete-key"]);
  });

  test.each(keysOf(complete))("but it hides what it may have caused: line %i, %s", (line, key) => {
    const lines = complete.split("\n");
    const indent = /^ */.exec(lines[line])![0];
    lines[line] = indent + key.slice(0, Math.ceil(key.length / 2));
    expect(seen(lines.join("\n"))).toHaveLength(1);
  });
});

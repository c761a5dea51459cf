import { describe, expect, it } from "vitest";
import { anchorsOf } from "../../src/dsl/anchors";
import { declarationOf, mentionAt, namesOf } from "../../src/dsl/names";
import { parse } from "../../src/dsl/parse";

/** Where a name is written, each place as `form:text` with the character before it. */
function written(text: string, kind: string, name: string, market?: string): string[] | undefined {
  const found = namesOf(parse(text)).find(kind, name, market);
  return found?.mentions.map(
    ({ form, span }) => `${form} ${text.slice(Math.max(0, span.start - 1), span.end)}`,
  );
}

const MARKETS = `
plimsoll: 1
assets: { WETH: { price: 3000 }, USDC: { price: 1 } }
oracles: { o: { of: WETH } }
markets:
  a:
    kind: lending
    rules: aave-v3.3
    reserves: { WETH: { oracle: o } }
    emodes: &modes
      eth: { collateral: [WETH], borrowable: [WETH], liquidationThreshold: 90%, liquidationBonus: 1% }
  b: { kind: lending, rules: aave-v3.3, reserves: { WETH: { oracle: o } }, emodes: EMODES }
books:
  a: { market: a, positions: [{ account: x, asset: WETH, side: debt, amount: 1, emode: eth }] }
  b: { market: b, positions: [{ account: x, asset: WETH, side: debt, amount: 1, emode: eth }] }
`;

describe("names", () => {
  it("are found as keys, values and units, and in quotes without the quotes", () => {
    const text = `
plimsoll: 1
assets: { "WETH": { price: 3000 } }
oracles: { o: { of: 'WETH' } }
venues: { v: { model: constant-product, pair: [WETH, USDC], reserves: ["40k  WETH", 2WETH] } }
scenarios: { s: { shock: { WETH: -1% } } }
`;
    expect(written(text, "asset", "WETH")).toEqual([
      'key "WETH',
      "value 'WETH",
      "value [WETH",
      "unit  WETH",
      "unit 2WETH",
      "key  WETH",
    ]);
  });

  it("are found where they are written, not at the aliases that lead there", () => {
    const text = `
x-eth: &eth WETH
x-falls: &falls { WETH: -1%, DAI: }
assets: { WETH: { price: 3000 } }
oracles: { o: { of: *eth }, p: { of: *eth } }
scenarios: { s: { shock: *falls }, t: { shock: { <<: *falls, USDC: 1% } } }
`;
    expect(written(text, "asset", "WETH")).toEqual(["value  WETH", "key  WETH", "key  WETH"]);
    expect(written(text, "asset", "USDC")).toEqual(["key  USDC"]);
  });

  it("of two markets are two names, unless an alias makes them one", () => {
    const own = "{ eth: { collateral: [WETH] } }";
    expect(written(MARKETS.replace("EMODES", own), "emode", "eth", "a")).toHaveLength(2);
    expect(written(MARKETS.replace("EMODES", own), "emode", "eth", "b")).toHaveLength(2);
    expect(written(MARKETS.replace("EMODES", "*modes"), "emode", "eth", "a")).toHaveLength(3);
    expect(written(MARKETS.replace("EMODES", "*modes"), "emode", "eth", "b")).toHaveLength(3);
  });

  it("of the numeraire are its units, and the asset's when it is one", () => {
    const text = (assets: string) => `
numeraire: ETH
assets: { ${assets}: { price: 1 } }
liquidators: { l: { capital: flash, minProfit: 1 ETH } }
`;
    expect(written(text("USDC"), "numeraire", "ETH")).toEqual(["value  ETH", "unit  ETH"]);
    expect(written(text("ETH"), "asset", "ETH")).toEqual(["value  ETH", "key  ETH", "unit  ETH"]);
  });

  it("of a reserve lead to the market's reserve, and to the asset where the market has none", () => {
    const text = MARKETS.replace("EMODES", "{}").replace("asset: WETH", "asset: USDC");
    const source = parse(text);
    const lineOf = (offset: number) => {
      const declaration = declarationOf(mentionAt(namesOf(source), offset)!)!;
      return text.slice(0, declaration.span.start).split("\n").length;
    };
    expect(lineOf(text.indexOf("asset: USDC") + 7)).toBe(3);
    expect(lineOf(text.indexOf("asset: WETH") + 7)).toBe(12);
  });

  it("that nobody declares are names all the same", () => {
    const source = parse("plimsoll: 1\nassets: {}\noracles: { o: { of: WETH } }\n");
    const mention = mentionAt(namesOf(source), source.text.indexOf("WETH"))!;
    expect(mention.name.text).toBe("WETH");
    expect(declarationOf(mention)).toBeUndefined();
  });

  it.each(["", "- a", "text", "assets: [", "assets: WETH", "assets: { a: *b }"])("are none in %j", (text) => {
    expect(namesOf(parse(text)).find("asset", "WETH")).toBeUndefined();
  });
});

describe("anchors", () => {
  it("are those of YAML alone, not what looks like them in scalars and comments", () => {
    const text = '# &no *no\na: &x "&no *no"\nb: Fish &chips *now\nc: [*x, { d: *x }]\ne: |\n  &no\n';
    expect(anchorsOf(text).map(({ name, aliases }) => [name, aliases.length])).toEqual([["x", 2]]);
  });

  it("that are given again take the aliases below them", () => {
    const anchors = anchorsOf("a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: *y\n");
    expect(
      anchors.map(({ name, declaration, aliases }) => [name, declaration?.start, aliases.length]),
    ).toEqual([
      ["x", 4, 1],
      ["x", 18, 1],
      ["y", undefined, 1],
    ]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Base } from "../../src/dsl/base";
import { parse, type Source } from "../../src/dsl/parse";
import type { Path } from "../../src/dsl/problem";
import type { Node } from "../../src/dsl/tree";
import { complete } from "./reading";

const folder = join(__dirname, "../../examples");
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".risk.yaml"))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  .filter(({ text }) => !/^extends:/m.test(text));

function baseOf(text: string, path = "base.risk.yaml"): Base {
  return { path, name: path, names: [path], source: parse(text) };
}

const bases = new Map<string, Base>();

/** The base of a text; the same one each time, as it is while the text stands. */
function knownBase(text: string): Base {
  const base = bases.get(text) ?? baseOf(text);
  bases.set(text, base);
  return base;
}

const over = (text: string, proposal: string, last?: Source): Source =>
  parse(`extends: base.risk.yaml\n${proposal}`, last, knownBase(text));

const withoutExtends = (data: object | undefined) => {
  const { extends: _, ...rest } = { extends: "", ...data };
  return rest;
};

/** Places of values with a digit that stand in maps, and so can be changed one by one. */
function numbers(node: Node, path: Path = []): { path: Path; text: string; start: number; end: number }[] {
  if (node.kind === "map")
    return [...node.entries.values()].flatMap(({ key, value }) => numbers(value, [...path, key]));
  const isTag = path.at(-1) === "rules" || path.at(-1) === "model";
  if (node.kind === "list" || node.origin || node.quoted || isTag || !/\d/.test(node.text)) return [];
  return [{ path, text: node.text, ...node.span }];
}

/** A proposal with one value, in flow style. */
function proposing(path: Path, text: string): string {
  const [section, ...rest] = path.map((key) => JSON.stringify(key));
  return `${section}: ${rest.map((key) => `{ ${key}: `).join("")}${text}${" }".repeat(rest.length)}\n`;
}

const told = ({ problems }: Source) => problems.map(({ rule, message }) => `${rule}: ${message}`).sort();

describe("a proposal", () => {
  it.each(examples)("that changes nothing is its base: $name", ({ text }) => {
    const whole = knownBase(text).source!;
    const proposal = over(text, "");
    expect(proposal.problems).toEqual([]);
    expect(withoutExtends(proposal.file)).toEqual(whole.file);
    expect(Object.keys(proposal.file!.assets)).toEqual(Object.keys(whole.file!.assets));
  });

  it("with one value is the base with that value edited in place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        ({ text }, pick, digit) => {
          const all = numbers(knownBase(text).source!.root!);
          const { path, text: old, start, end } = all[pick % all.length];
          const value = old.replace(/\d/, String(digit));
          const edited = parse(text.slice(0, start) + value + text.slice(end));
          const proposal = over(text, proposing(path, value));
          expect(withoutExtends(proposal.draft)).toEqual(withoutExtends(edited.draft));
          expect(told(proposal)).toEqual(told(edited));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("is found, edit by edit, as if it had been opened", () => {
    const steps = [
      "assets:\n  WETH: { price: 3000 }\n",
      "assets:\n  WETH: { price: 3000 }\n  NEW: { price: 2, volatility: 10% }\n",
      "assets:\n  WETH: { price: 3000x }\n  NEW: { price: 2, volatility: 10% }\n",
      "assets:\n  WETH:\n    price: 3000\nlimits: []\n",
      "numeraire: EUR\nassets:\n  WETH:\n",
    ];
    let last: Source | undefined;
    for (const step of steps) {
      last = over(complete, step, last);
      const fresh = over(complete, step);
      expect(last.problems).toEqual(fresh.problems);
      expect(last.draft).toEqual(fresh.draft);
    }
  });
});

const base = `plimsoll: 1
assets:
  WETH: { price: 3000, volatility: 70% }
  USDC: { stable: {} }
oracles:
  eth: { of: WETH }
  usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usd }
books:
  all: { market: core, file: positions.csv }
scenarios:
  crash: { shock: { WETH: -40% } }
limits:
  - { metric: bad-debt, in: crash, max: 100k }
`;

describe("the keys of a proposal", () => {
  it("merge with those of the base at any depth", () => {
    const { file } = over(base, "markets: { core: { reserves: { WETH: { ltv: 75% } } } }\n");
    const { reserves } = file!.markets!.core as { reserves: Record<string, object> };
    expect(reserves.WETH).toMatchObject({ ltv: 0.75, liquidationThreshold: 0.83 });
    expect(Object.keys(reserves)).toEqual(["WETH", "USDC"]);
  });

  it("replace lists", () => {
    const { file } = over(base, "limits: [{ metric: bad-debt, in: crash, max: 1M }]\n");
    expect(file!.limits).toEqual([{ metric: "bad-debt", in: "crash", max: 1e6 }]);
  });

  it("replace an entry whose kind they change", () => {
    const { problems, text } = over(base, "markets: { core: { kind: lending, rules: aave-v3.0 } }\n");
    expect(problems.map(({ rule, span }) => [rule, text.slice(span.start, span.end)])).toContainEqual([
      "missing-key",
      "core",
    ]);
  });

  it("oust what they exclude", () => {
    const { file, problems } = over(base, "assets: { WETH: { stable: {} } }\n");
    expect(problems).toEqual([]);
    expect(file!.assets.WETH).toEqual({ price: 3000, stable: {} });
  });

  it("delete nothing with an empty value", () => {
    const { problems } = over(base, "books: { all: { file: ~ } }\n");
    expect(problems.map(({ rule }) => rule)).toEqual(["missing-value"]);
  });

  it("of a base in another folder bring its data files with them", () => {
    const inside = "old/base.risk.yaml";
    const { file } = parse(`extends: ${inside}\n`, undefined, baseOf(base, inside));
    expect(file!.books!.all).toEqual({ market: "core", file: "old/positions.csv" });
  });
});

describe("what a proposal makes wrong", () => {
  const at = ({ problems, text }: Source) =>
    problems.map(({ rule, span, related = [] }) => ({
      rule,
      at: text.slice(span.start, span.end),
      base: related.flatMap((each) =>
        each.base ? [each.base.source!.text.slice(each.span.start, each.span.end)] : [],
      ),
    }));

  it("in its own value is told there, with the value it replaces", () => {
    expect(at(over(base, "markets: { core: { reserves: { WETH: { ltv: 805% } } } }\n"))).toEqual([
      { rule: "out-of-range", at: "805%", base: ["80%"] },
    ]);
  });

  it("in a value of the base is told at the nearest key that it writes", () => {
    const found = at(over(base, "oracles: { usd: { heartbeat: 1h, of: WETH }, eth: { of: NONE } }\n"));
    expect(found).toEqual([{ rule: "unknown-name", at: "NONE", base: ["WETH"] }]);
    const market = "markets: { core: { kind: lending, rules: morpho-blue, collateral: WETH } }\n";
    expect(at(over(base, market)).every((each) => each.rule === "missing-key")).toBe(true);
  });

  it("in a value that it does not touch is told at `extends`", () => {
    const priced = base.replace("price: 3000", "price: 3000 USD");
    expect(at(over(priced, "numeraire: EUR\n"))).toEqual([
      { rule: "wrong-unit", at: "base.risk.yaml", base: ["3000 USD"] },
    ]);
  });
});

describe("a base that is not there", () => {
  it("is waited for: nothing but syntax is told meanwhile", () => {
    const {
      problems,
      file,
      extends: path,
    } = parse("extends: base.risk.yaml\nassets: { WETH: { price: x } }\n");
    expect({ problems, file, path }).toEqual({ problems: [], file: undefined, path: "base.risk.yaml" });
  });

  it("is no other one that was read before", () => {
    expect(parse("extends: other.risk.yaml\n", undefined, baseOf(base)).base).toBeUndefined();
  });

  it("has to be named by a path", () => {
    expect(parse("extends: 3\nplimsoll: 1\nassets: { USDC: { stable: {} } }\n").problems).toMatchObject([
      { rule: "wrong-type" },
    ]);
  });
});

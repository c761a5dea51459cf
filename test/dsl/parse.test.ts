import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, type Source } from "../../src/dsl/parse";
import type { Path } from "../../src/dsl/problem";
import { complete, edited } from "./reading";

describe("the file in base units", () => {
  const { file, problems } = parse(complete);

  test("has no problems", () => expect(problems).toEqual([]));

  test.each([
    ["a ratio", file?.markets?.core, { reserves: { WETH: { ltv: 0.805, liquidationBonus: 0.05 } } }],
    ["a duration", file?.oracles?.["eth-usd"], { heartbeat: 3600, deviation: 0.005, delay: 12 }],
    ["amounts", file?.venues?.["weth-usdc"], { reserves: [42_000, 130e6], fee: 0.003 }],
    [
      "a gas price",
      file?.liquidators?.searchers,
      { gas: { units: 650_000, price: 15e-9, asset: "WETH" }, minProfit: 10 },
    ],
    [
      "a shock",
      file?.scenarios?.crash,
      { shock: { WETH: -0.4 }, over: 3600, hold: 21_600, depth: { to: 0.5, recover: 86_400 }, gas: 10 },
    ],
    ["a limit", file?.limits?.[1], { level: 0.95, max: 2e6 }],
  ])("%s", (_, actual, expected) => expect(actual).toMatchObject(expected));
});

describe("the examples", () => {
  const folder = new URL("../../examples/", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".risk.yaml"));

  test.each(names)("%s has no problems", (name) => {
    const source = parse(readFileSync(new URL(name, folder), "utf8"));
    expect(source.problems).toEqual([]);
    expect(source.file).toBeDefined();
  });

  test("are there", () => expect(names.length).toBeGreaterThanOrEqual(2));
});

describe("a draft is what is valid of a broken file", () => {
  test("without the invalid value", () => {
    const { draft, file } = parse(edited("80.5%", "80.5"));
    expect(file).toBeUndefined();
    expect(draft?.markets?.core).toHaveProperty("reserves.WETH", {
      oracle: "eth-usd",
      liquidationThreshold: 0.83,
      liquidationBonus: 0.05,
      liquidationProtocolFee: 0.1,
    });
  });

  test("without the value of an alias that is not there", () => {
    expect(parse(edited("rules: aave-v3.3", "rules: *a")).draft?.markets?.core).not.toHaveProperty("rules");
  });

  test("with a hole where a list item is invalid", () => {
    const { draft } = parse(edited("42k WETH", "42k USDC"));
    const venue = draft?.venues?.["weth-usdc"] as { reserves?: readonly (number | undefined)[] };
    expect(venue.reserves?.[0]).toBeUndefined();
    expect(venue.reserves?.[1]).toBe(130e6);
  });

  test("as far as broken YAML can be read", () => {
    expect(parse(edited("limits:", "limits: [")).draft?.name).toBe("Test");
  });

  test("nothing when the text is no map", () => {
    expect(parse("- a").draft).toBeUndefined();
    expect(parse("").draft).toBeUndefined();
  });
});

function at(source: Source, path: Path, where?: "key" | "value"): string {
  const { start, end } = source.spanOf({ path, at: where });
  return source.text.slice(start, end);
}

describe("places in the text", () => {
  const source = parse(complete);

  test("a value and a key", () => {
    expect(at(source, ["markets", "core", "reserves", "WETH", "ltv"])).toBe("80.5%");
    expect(at(source, ["markets", "core", "reserves", "WETH", "ltv"], "key")).toBe("ltv");
    expect(at(source, ["venues", "weth-usdc", "reserves", 1])).toBe("130M");
  });

  test("the key of a value that fills several lines", () => {
    expect(at(source, ["markets", "core"])).toBe("core");
  });

  test("the nearest ancestor of what is not written", () => {
    expect(at(source, ["markets", "core", "reserves", "USDC", "ltv"])).toBe("USDC");
    expect(at(source, ["oracles", "none", "delay"])).toBe("oracles");
    expect(at(source, ["limits", 7, "max"])).toBe("limits");
  });

  test("what was written", () => {
    expect(source.written(["markets", "core", "reserves", "WETH", "ltv"])).toBe("80.5%");
    expect(source.written(["assets", "WETH", "address"])).toBe(
      '"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"',
    );
    expect(source.written(["markets", "core"])).toBeUndefined();
  });

  test("the parameter at an offset is the one whose span holds it", () => {
    for (const path of [
      ["name"],
      ["assets", "USDC", "price"],
      ["limits", 1, "level"],
      ["books", "loops", "generate", "seed"],
    ]) {
      for (const where of ["key", "value"] as const) {
        const { start, end } = source.spanOf({ path, at: where });
        for (const offset of [start, end]) expect(source.pathAt(offset)).toEqual({ path, at: where });
      }
    }
    expect(source.pathAt(complete.length + 5)).toBeUndefined();
  });
});

describe("anchors and merge keys", () => {
  const base =
    "plimsoll: 1\nx-base: &base { oracle: eth-usd, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }";
  const merged = edited("plimsoll: 1", base);
  const usdc = "USDC: { oracle: usdc-usd }";

  function problemsOf(text: string) {
    return parse(text).problems.map(({ rule, span, related }) => ({
      rule,
      at: text.slice(span.start, span.end),
      related: related?.map((place) => text.slice(place.span.start, place.span.end)),
    }));
  }

  test("are resolved, own keys win", () => {
    const { file, problems } = parse(merged.replace(usdc, "USDC: { ltv: 70%, <<: *base }"));
    expect(problems).toEqual([]);
    expect(file?.markets?.core).toMatchObject({
      reserves: {
        USDC: {
          oracle: "eth-usd",
          ltv: 0.7,
          liquidationThreshold: 0.83,
        },
      },
    });
  });

  test("a wrong merged value is reported at the alias, with the place where it is written", () => {
    const text = merged.replace("ltv: 80%", "ltv: 180%").replace(usdc, "USDC: { <<: *base }");
    expect(problemsOf(text)).toEqual([{ rule: "out-of-range", at: "*base", related: ["180%"] }]);
  });

  test("once, however often it is used", () => {
    const text = merged
      .replace("ltv: 80%", "ltv: 180%")
      .replace(usdc, "USDC: { <<: *base }")
      .replace(
        "      wstETH: { oracle: wsteth-usd",
        "      wstETH: { <<: *base, oracle: wsteth-usd, ltv: 1%, x: 1",
      )
      .replace(", ltv: 1%, x: 1, ltv: 78.5%, liquidationThreshold: 81%, liquidationBonus: 6%", "");
    expect(problemsOf(text)).toEqual([{ rule: "out-of-range", at: "*base", related: ["180%", "*base"] }]);
  });

  test("a wrong override is reported at the override, with the value it replaces", () => {
    const text = merged.replace(usdc, "USDC: { <<: *base, ltv: 180% }");
    expect(problemsOf(text)).toEqual([{ rule: "out-of-range", at: "180%", related: ["80%"] }]);
  });

  test("an unknown alias names the nearest anchor", () => {
    const { problems } = parse(merged.replace(usdc, "USDC: { <<: *bse }"));
    expect(problems.map(({ message }) => message)).toContain(
      "There is no anchor &bse above this line; did you mean *base?",
    );
  });
});

describe("any text", { timeout: 60_000 }, () => {
  const fragments = [
    "\t",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    ":",
    "- ",
    "&a ",
    "*a",
    "<<: *a\n",
    "|",
    ">",
    "#",
    "---\n",
    "\r\n",
    "!!x ",
    "? ",
    "%",
    ",",
    "\u0000",
    "é",
    "0x",
    "\n  ",
  ];

  function hasSpans(text: string): void {
    const source = parse(text);
    for (const { span, message, related = [], fixes = [] } of source.problems) {
      expect(message).not.toBe("");
      const spans = [
        span,
        ...related.map((place) => place.span),
        ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.span)),
      ];
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
    expect(source.file !== undefined).toBe(!source.problems.some(({ severity }) => severity === "error"));
    source.pathAt(text.length >> 1);
  }

  test("is read without failing, and every problem lies within it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), hasSpans), { numRuns: 300 });
  });

  test("so is a valid file with pieces cut out and put in", () => {
    const mutation = fc.record({
      at: fc.nat(complete.length),
      remove: fc.oneof(fc.constant(0), fc.nat(40)),
      insert: fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 5 })),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const text = mutations.reduce(
          (t, { at: i, remove, insert }) => t.slice(0, i) + insert + t.slice(i + remove),
          complete,
        );
        hasSpans(text);
      }),
      { numRuns: 200 },
    );
  });

  test("and any prefix, as it is typed", () => {
    fc.assert(
      fc.property(fc.nat(complete.length), (end) => hasSpans(complete.slice(0, end))),
      { numRuns: 200 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatQuantity } from "../../src/dsl/format-quantity";
import { type Dimension, type Expected, parseQuantity } from "../../src/dsl/quantity";

function read(text: string, dimension: Dimension, unit?: string): number {
  const reading = parseQuantity(text, { dimension, unit });
  if ("message" in reading) throw new Error(reading.message);
  return reading.value;
}

function flaw(text: string, dimension: Dimension, unit?: string) {
  const reading = parseQuantity(text, { dimension, unit });
  if (!("message" in reading)) throw new Error(`${text} was read as ${reading.value}`);
  return reading;
}

describe("a quantity is read in base units", () => {
  test.each([
    ["80.5%", "ratio", 0.805],
    ["80.5 %", "ratio", 0.805],
    ["0.805", "ratio", 0.805],
    ["50bp", "ratio", 0.005],
    ["-40%", "ratio", -0.4],
    ["+.5", "ratio", 0.5],
    ["4.35%", "ratio", 0.0435],
    ["1.8M", "amount", 1_800_000],
    ["96k", "price", 96_000],
    ["1.5e3", "price", 1500],
    ["2B", "count", 2e9],
    ["12s", "duration", 12],
    ["30min", "duration", 1800],
    ["1.5 h", "duration", 5400],
    ["1d", "duration", 86_400],
    ["1yr", "duration", 31_536_000],
    ["0", "duration", 0],
    ["10x", "multiple", 10],
    ["1.5", "multiple", 1.5],
    ["72%", "volatility", 0.72],
    ["72%/yr", "volatility", 0.72],
    ["0.72/yr", "volatility", 0.72],
    ["2.7%/yr", "rate", 0.027],
    ["2.7%", "rate", 0.027],
    ["50bp/yr", "rate", 0.005],
    ["15 gwei", "gas-price", 15e-9],
    ["-0", "price", 0],
  ] as const)("%s as %s is %d", (text, dimension, value) => {
    expect(Object.is(read(text, dimension), value)).toBe(true);
  });

  test("amounts name their asset, values the numeraire", () => {
    expect(read("250 WETH", "amount", "WETH")).toBe(250);
    expect(read("30M USD", "value", "USD")).toBe(30e6);
    expect(flaw("250 WETH", "amount", "USDC").rule).toBe("wrong-unit");
    expect(flaw("250 EUR", "value", "USD").rule).toBe("wrong-unit");
  });
});

describe("assets with the names of scales and units", () => {
  test("a scale touches its number, an asset named M may stand apart", () => {
    expect(read("12M", "amount", "M")).toBe(12e6);
    expect(read("12 M", "amount", "M")).toBe(12);
    expect(read("12M M", "amount", "M")).toBe(12e6);
    expect(flaw("12 M", "amount", "WETH")).toMatchObject({ rule: "wrong-unit", fix: "12M" });
  });

  test("an asset named s is an asset where an amount is expected", () => {
    expect(read("12 s", "amount", "s")).toBe(12);
    expect(read("12s", "amount", "s")).toBe(12);
    expect(read("12 s", "duration")).toBe(12);
  });
});

describe("what is no quantity of the dimension says so", () => {
  test.each([
    ["1e400", "price", "invalid-quantity", undefined],
    ["1e-400", "price", "invalid-quantity", undefined],
    [".nan", "price", "invalid-quantity", undefined],
    ["-.inf", "price", "invalid-quantity", undefined],
    ["0x10", "price", "invalid-quantity", undefined],
    ["1_000", "price", "invalid-quantity", "1000"],
    ["3,200", "price", "invalid-quantity", undefined],
    ["", "price", "invalid-quantity", undefined],
    ["1.2.3", "price", "invalid-quantity", undefined],
    ["eth", "price", "invalid-quantity", undefined],
    ["12", "duration", "missing-unit", undefined],
    ["15", "gas-price", "missing-unit", "15 gwei"],
    ["5%", "price", "wrong-dimension", undefined],
    ["12s", "ratio", "wrong-dimension", undefined],
    ["10x", "ratio", "wrong-dimension", undefined],
    ["50bps", "ratio", "wrong-unit", "50bp"],
    ["2 hours", "duration", "wrong-unit", "2h"],
    ["12m", "duration", "wrong-unit", undefined],
    ["5kUSD", "value", "wrong-unit", "5k USD"],
    ["15Gwei", "gas-price", "wrong-unit", "15 gwei"],
  ] as const)("%s as %s: %s", (text, dimension, rule, fix) => {
    const found = flaw(text, dimension, dimension === "value" ? "USD" : undefined);
    expect([found.rule, found.fix]).toEqual([rule, fix]);
  });

  test("a fix is itself a quantity of the dimension", () => {
    expect(read(flaw("2 hours", "duration").fix!, "duration")).toBe(7200);
    expect(read(flaw("5kUSD", "value", "USD").fix!, "value", "USD")).toBe(5000);
  });

  test("an object's own property names are no units", () => {
    for (const unit of ["constructor", "toString", "__proto__"]) {
      expect(flaw(`5 ${unit}`, "duration").rule).toBe("wrong-unit");
    }
  });
});

describe("a quantity is written as a person would", () => {
  test.each([
    [0.805, { dimension: "ratio" }, "80.5%"],
    [0.0001, { dimension: "ratio" }, "0.01%"],
    [96_000, { dimension: "price", unit: "USD" }, "96k USD"],
    [3200, { dimension: "price", unit: "USD" }, "3200 USD"],
    [1_234_567, { dimension: "value", unit: "USD" }, "1.234567M USD"],
    [5400, { dimension: "duration" }, "90min"],
    [12, { dimension: "duration" }, "12s"],
    [86_400, { dimension: "duration" }, "1d"],
    [15e-9, { dimension: "gas-price" }, "15 gwei"],
    [1.5, { dimension: "multiple" }, "1.5x"],
  ] as const)("%d as %o is %s", (value, expected, text) => {
    expect(formatQuantity(value, expected)).toBe(text);
  });

  test("rounded to significant digits where asked", () => {
    expect(formatQuantity(1_234_567, { dimension: "value", unit: "USD" }, { digits: 3 })).toBe("1.23M USD");
  });
});

const dimensions: Expected[] = [
  { dimension: "ratio" },
  { dimension: "price", unit: "USD" },
  { dimension: "amount", unit: "WETH" },
  { dimension: "amount", unit: "M" },
  { dimension: "value", unit: "USD" },
  { dimension: "duration" },
  { dimension: "count" },
  { dimension: "multiple" },
  { dimension: "volatility" },
  { dimension: "rate" },
  { dimension: "gas-price" },
];

test("what is written is read back as the same double", () => {
  const magnitude = fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-200, max: 1e200 });
  const value = fc.oneof(
    magnitude,
    fc.integer().map((n) => n / 100),
    fc.integer({ min: 0, max: 1e6 }).map((n) => n * 60),
  );
  fc.assert(
    fc.property(value, fc.constantFrom(...dimensions), (number, expected) => {
      expect(parseQuantity(formatQuantity(number, expected), expected)).toEqual({
        value: number === 0 ? 0 : number,
      });
    }),
    { numRuns: 2000 },
  );
});

test("no text makes reading fail", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...dimensions), (text, expected) => {
      const reading = parseQuantity(text, expected);
      expect("message" in reading ? reading.message !== "" : Number.isFinite(reading.value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

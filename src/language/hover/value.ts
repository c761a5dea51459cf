import { type Dimension, type Expected, formatQuantity } from "../../dsl/quantity";
import { code } from "../markdown";

const baseUnits: Readonly<Record<Dimension, (unit?: string) => string>> = {
  ratio: () => "as a fraction",
  price: (unit) => `${unit ?? ""} a unit`,
  amount: (unit) => unit ?? "",
  value: (unit) => unit ?? "",
  duration: () => "seconds",
  count: () => "",
  multiple: () => "times",
  volatility: () => "a year, as a fraction",
  rate: () => "a year, as a fraction",
  "gas-price": () => "of the gas asset for a unit of gas",
};

/** A quantity as written, in words where they say more, and in base units: `12h` is 12 hours (43,200 seconds). */
export function quantityText(written: string, value: number, expected: Expected): string {
  const base = inBaseUnits(value, expected);
  const words = inWords(value, expected);
  const isNews = words !== undefined && words !== base && !sameText(words, written);
  return `${code(written)} is ${isNews ? `${words} (${base})` : base}`;
}

/** A number as the engine computes with it. */
function inBaseUnits(value: number, { dimension, unit }: Expected): string {
  const number = value.toLocaleString("en-US", { maximumSignificantDigits: 12 });
  return `${number} ${baseUnits[dimension](unit)}`.trim();
}

const SCALES: Readonly<Record<string, string>> = { k: " thousand", M: " million", B: " billion" };
const TIMES: Readonly<Record<string, string>> = {
  yr: "year",
  d: "day",
  h: "hour",
  min: "minute",
  s: "second",
};

/** As a person says it: 12 hours, 1.8 million WETH, 80.5%; undefined where that is the bare number. */
function inWords(value: number, expected: Expected): string | undefined {
  const short = formatQuantity(value, expected);
  const [, number, suffix, unit] = /^(-?[\d.]+)([a-z%]*)(.*)$/i.exec(short) ?? [];
  switch (expected.dimension) {
    case "duration":
      return suffix in TIMES ? `${number} ${TIMES[suffix]}${number === "1" ? "" : "s"}` : undefined;
    case "ratio":
    case "volatility":
    case "rate":
    case "gas-price":
      return short;
    default:
      return suffix in SCALES ? number + SCALES[suffix] + unit : undefined;
  }
}

function sameText(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/[\s"']/g, "");
  return bare(a) === bare(b);
}

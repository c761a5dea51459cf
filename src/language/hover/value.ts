import * as l10n from "@vscode/l10n";
import { formatQuantity } from "../../dsl/format-quantity";
import type { Dimension, Expected } from "../../dsl/quantity";
import { code } from "../markdown";

const inBaseUnit: Readonly<Record<Dimension, (number: string, unit?: string) => string>> = {
  ratio: (number) => l10n.t("{0} as a fraction", number),
  price: (number, unit) => l10n.t("{0} a unit", withUnit(number, unit)),
  amount: withUnit,
  value: withUnit,
  duration: (number) => (number === "1" ? l10n.t("1 second") : l10n.t("{0} seconds", number)),
  count: withUnit,
  multiple: (number) => l10n.t("{0} times", number),
  volatility: (number) => l10n.t("{0} a year, as a fraction", number),
  rate: (number) => l10n.t("{0} a year, as a fraction", number),
  "gas-price": (number) => l10n.t("{0} of the gas asset for a unit of gas", number),
};

function withUnit(number: string, unit = ""): string {
  return `${number} ${unit}`.trim();
}

/** A quantity as written, in words where they say more, and in base units: `12h` is 12 hours (43,200 seconds). */
export function quantityText(written: string, value: number, expected: Expected): string {
  const base = inBaseUnits(value, expected);
  const words = inWords(value, expected);
  const isNews = words !== undefined && words !== base && !sameText(words, written);
  return isNews
    ? l10n.t("{0} is {1} ({2})", code(written), words, base)
    : l10n.t("{0} is {1}", code(written), base);
}

/** A number as the engine computes with it. */
function inBaseUnits(value: number, { dimension, unit }: Expected): string {
  const number = value.toLocaleString("en-US", { maximumSignificantDigits: 12 });
  return inBaseUnit[dimension](number, unit);
}

const SCALES: Readonly<Record<string, (number: string) => string>> = {
  k: (number) => l10n.t("{0} thousand", number),
  M: (number) => l10n.t("{0} million", number),
  B: (number) => l10n.t("{0} billion", number),
};
const TIMES: Readonly<Record<string, (number: string) => string>> = {
  yr: (number) => (number === "1" ? l10n.t("1 year") : l10n.t("{0} years", number)),
  d: (number) => (number === "1" ? l10n.t("1 day") : l10n.t("{0} days", number)),
  h: (number) => (number === "1" ? l10n.t("1 hour") : l10n.t("{0} hours", number)),
  min: (number) => (number === "1" ? l10n.t("1 minute") : l10n.t("{0} minutes", number)),
  s: inBaseUnit.duration,
};

/** As a person says it: 12 hours, 1.8 million WETH, 80.5%; undefined where that is the bare number. */
function inWords(value: number, expected: Expected): string | undefined {
  const short = formatQuantity(value, expected);
  const [, number, suffix, unit] = /^(-?[\d.]+)([a-z%]*)(.*)$/i.exec(short) ?? [];
  switch (expected.dimension) {
    case "duration":
      return TIMES[suffix]?.(number);
    case "ratio":
    case "volatility":
    case "rate":
    case "gas-price":
      return short;
    default:
      return suffix in SCALES ? SCALES[suffix](number) + unit : undefined;
  }
}

function sameText(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/[\s"']/g, "");
  return bare(a) === bare(b);
}

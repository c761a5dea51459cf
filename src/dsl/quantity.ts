import * as l10n from "@vscode/l10n";
import { scaledDecimal } from "./decimal";
import { sentences } from "./sentences";
import { either, listed, nearest } from "./suggest";

export type Dimension =
  | "ratio"
  | "price"
  | "amount"
  | "value"
  | "duration"
  | "count"
  | "multiple"
  | "volatility"
  | "rate"
  | "gas-price";

/** What a field holds. `unit` is the asset of an amount, or the numeraire of a price or value. */
export interface Expected {
  readonly dimension: Dimension;
  readonly unit?: string;
  /** What may stand in its place. */
  readonly words?: readonly string[];
}

/** A quantity in base units, or what is wrong with it and, when it is certain, what to write instead. */
export type Reading = { readonly value: number } | QuantityFlaw;

export interface QuantityFlaw {
  readonly rule: "invalid-quantity" | "wrong-dimension" | "missing-unit" | "wrong-unit";
  readonly message: string;
  readonly fix?: string;
}

/** A unit is a power of ten, so that reading and writing it is exact, times a factor for the calendar. */
interface Unit {
  readonly shift: number;
  readonly factor: number;
}

export const SCALES: Readonly<Record<string, number>> = { k: 3, M: 6, B: 9 };

const PER_YEAR = ["%/yr", "bp/yr", "/yr"];

export const UNITS: Readonly<Record<string, Unit>> = {
  "%": { shift: -2, factor: 1 },
  bp: { shift: -4, factor: 1 },
  "%/yr": { shift: -2, factor: 1 },
  "bp/yr": { shift: -4, factor: 1 },
  "/yr": { shift: 0, factor: 1 },
  x: { shift: 0, factor: 1 },
  s: { shift: 0, factor: 1 },
  min: { shift: 0, factor: 60 },
  h: { shift: 0, factor: 3600 },
  d: { shift: 0, factor: 86400 },
  yr: { shift: 0, factor: 31536000 },
  gwei: { shift: -9, factor: 1 },
};

const DIMENSIONS: Readonly<
  Record<
    Dimension,
    {
      readonly noun: () => string;
      readonly units: readonly string[];
      readonly examples: readonly string[];
      readonly needsUnit?: boolean;
    }
  >
> = {
  ratio: { noun: () => l10n.t("a ratio"), units: ["%", "bp"], examples: ["80.5%", "50bp", "0.805"] },
  price: { noun: () => l10n.t("a price"), units: [], examples: ["3200", "96k"] },
  amount: { noun: () => l10n.t("an amount"), units: [], examples: ["250", "1.8M"] },
  value: { noun: () => l10n.t("a value"), units: [], examples: ["500", "2M"] },
  duration: {
    noun: () => l10n.t("a duration"),
    units: ["s", "min", "h", "d", "yr"],
    examples: ["12s", "30min", "6h", "1d"],
    needsUnit: true,
  },
  count: { noun: () => l10n.t("a plain number"), units: [], examples: ["500", "20k"] },
  multiple: { noun: () => l10n.t("a multiple"), units: ["x"], examples: ["1.5x", "10x"] },
  volatility: {
    noun: () => l10n.t("an annual volatility"),
    units: ["%", "bp", ...PER_YEAR],
    examples: ["72%", "0.72"],
  },
  rate: {
    noun: () => l10n.t("an annual rate"),
    units: ["%", "bp", ...PER_YEAR],
    examples: ["2.7%/yr", "0.027"],
  },
  "gas-price": {
    noun: () => l10n.t("a gas price"),
    units: ["gwei"],
    examples: ["15 gwei"],
    needsUnit: true,
  },
};

/** Spellings that can only mean one unit. */
const SYNONYMS: Readonly<Record<string, string>> = {
  bps: "bp",
  percent: "%",
  pct: "%",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  mins: "min",
  minute: "min",
  minutes: "min",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  day: "d",
  days: "d",
  y: "yr",
  year: "yr",
  years: "yr",
};

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?/;

/** The dimension in words with examples: `a ratio such as 80.5%, 50bp or 0.805`, and the words that may stand for it. */
export function expectation({ words, ...expected }: Expected): string {
  const quantity = quantityExpectation(expected);
  return words ? l10n.t("{0}, or {1}", quantity, listed(words)) : quantity;
}

function quantityExpectation({ dimension, unit }: Expected): string {
  const noun = DIMENSIONS[dimension].noun();
  const examples = either(DIMENSIONS[dimension].examples);
  if (!unit) return l10n.t("{0} such as {1}", noun, examples);
  return dimension === "amount"
    ? l10n.t("{0} of {1} such as {2}", noun, unit, examples)
    : l10n.t("{0} in {1} such as {2}", noun, unit, examples);
}

/**
 * Reads a quantity such as `80.5%`, `1.8M WETH` or `30min` (grammar: docs/language.md) in base units:
 * fractions, units of the asset, the numeraire, seconds, units of the gas asset per unit of gas.
 */
export function parseQuantity(text: string, expected: Expected): Reading {
  const trimmed = text.trim();
  const match = NUMBER.exec(trimmed);
  if (!match) return unreadable(trimmed, expected);
  const rest = trimmed.slice(match[0].length);
  if (/^[\d_,.']/.test(rest) || /^[xX][\da-fA-F]+$/.test(rest)) return unreadable(trimmed, expected);
  const { scale, unit, unitText } = splitSuffix(rest);
  if (unit !== "" && !isUnitOf(unit, expected)) return wrongUnit(match[0], scale, unit, unitText, expected);
  const value = inBaseUnits(match[0], scale, unit);
  if (unit === "" && DIMENSIONS[expected.dimension].needsUnit && value !== 0)
    return missingUnit(trimmed, expected);
  if (!Number.isFinite(value))
    return invalid(l10n.t("{0} is too large for a number (the largest is about 1.8e308).", trimmed));
  if (value === 0 && /[1-9]/.test(match[2]))
    return invalid(l10n.t("{0} is too small for a number.", trimmed));
  return { value };
}

/** A quantity as it is written: its number with the scale, and its unit, if any. Undefined for what begins with no number. */
export function quantityParts(text: string): { readonly number: string; readonly unit: string } | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const { scale, unit } = splitSuffix(text.slice(match[0].length));
  return { number: match[0] + scale, unit };
}

/** `k`, `M` and `B` scale when they touch the number and end there; any other word is a unit. */
function splitSuffix(rest: string): { scale: string; unit: string; unitText: string } {
  const scaled = /^[kMB](?=\s|$)/.exec(rest);
  const unitText = scaled ? rest.slice(1) : rest;
  return { scale: scaled?.[0] ?? "", unit: unitText.trim(), unitText };
}

/** A number that a unit was put behind. */
export interface Completed {
  readonly text: string;
  /** The same with the spaces that were typed. */
  readonly typed: string;
}

/** What a number can become with each unit of its field: `80` of a ratio is `80%` or `80bp`. None when it is no number. */
export function withUnits(text: string, { dimension, unit: named }: Expected): Completed[] {
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) return [];
  const { scale, unitText } = splitSuffix(text.slice(number.length));
  const gap = /^\s*/.exec(unitText)![0];
  const units = [...DIMENSIONS[dimension].units, ...(named ? [named] : [])];
  return units.map((unit) => {
    const space = scale || unit === named || /^\w{4}/.test(unit) ? " " : "";
    return { text: number + scale + space + unit, typed: number + scale + gap + unit };
  });
}

/** The unit of a quantity as it is written, and where it starts; undefined when it has none. */
export function unitOf(text: string): { readonly unit: string; readonly start: number } | undefined {
  const trimmed = text.trimStart();
  const number = NUMBER.exec(trimmed)?.[0];
  if (number === undefined) return undefined;
  const { unit } = splitSuffix(trimmed.slice(number.length));
  return unit === "" ? undefined : { unit, start: text.trimEnd().length - unit.length };
}

function isUnitOf(unit: string, { dimension, unit: named }: Expected): boolean {
  if (dimension === "amount" && named === undefined) return /^[A-Za-z0-9]/.test(unit);
  return unit === named || DIMENSIONS[dimension].units.includes(unit);
}

function inBaseUnits(number: string, scale: string, unit: string): number {
  const { shift, factor } = ownUnit(unit) ?? { shift: 0, factor: 1 };
  const value = scaledDecimal(number, (SCALES[scale] ?? 0) + shift) * factor;
  return value === 0 ? 0 : value;
}

function ownUnit(unit: string): Unit | undefined {
  return Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
}

function invalid(message: string, fix?: string): QuantityFlaw {
  return { rule: "invalid-quantity", message, fix };
}

function unreadable(text: string, expected: Expected): QuantityFlaw {
  const wanted = l10n.t("Expected {0}.", expectation(expected));
  if (/^[+-]?\.?(nan|inf(inity)?)$/i.test(text))
    return invalid(sentences(l10n.t("{0} is not a finite number.", text), wanted));
  if (/^[+-]?0[xX][\da-fA-F]+$/.test(text))
    return invalid(sentences(l10n.t("{0} is hexadecimal; write quantities in decimal.", text), wanted));
  if (/^[+-]?\d+(_\d+)+/.test(text))
    return invalid(
      sentences(l10n.t("Leave the underscores out of {0}.", text), wanted),
      text.replaceAll("_", ""),
    );
  if (/^[+-]?\d+,\d/.test(text))
    return invalid(
      sentences(l10n.t("{0} has a comma; write 1234.5 without thousands separators.", text), wanted),
    );
  const guess = nearest(text, expected.words ?? []);
  const hint = guess && l10n.t("Did you mean `{0}`?", guess);
  return invalid(sentences(l10n.t("{0} is not a quantity.", quoted(text)), wanted, hint), guess);
}

function missingUnit(text: string, { dimension }: Expected): QuantityFlaw {
  const { noun, units } = DIMENSIONS[dimension];
  const choices = units.map((unit) => (unit.length > 3 ? `${text} ${unit}` : `${text}${unit}`));
  return {
    rule: "missing-unit",
    message: l10n.t("{0} has no unit; {1} needs one. Write {2}.", text, noun(), either(choices)),
    fix: choices.length === 1 ? choices[0] : undefined,
  };
}

function wrongUnit(
  number: string,
  scale: string,
  unit: string,
  unitText: string,
  expected: Expected,
): QuantityFlaw {
  const { noun, units } = DIMENSIONS[expected.dimension];
  const allowed = [...units, ...(expected.unit ? [expected.unit] : [])];
  const written = number + scale + unitText;
  const meant = allowed.find(
    (known) => known === respelled(unit) || known.toLowerCase() === unit.toLowerCase(),
  );
  if (meant) {
    const fix = number + scale + (meant.length > 3 || meant === expected.unit ? ` ${meant}` : meant);
    return { rule: "wrong-unit", message: l10n.t("{0} is not a unit; write {1}.", quoted(unit), fix), fix };
  }
  if (!scale && unit === "K") {
    const fix = `${number}k`;
    return { rule: "wrong-unit", message: l10n.t("{0} is not a unit; write {1}.", quoted(unit), fix), fix };
  }
  const parted = /^([kMB])(.+)$/.exec(unit);
  if (!scale && parted && allowed.includes(parted[2])) {
    const fix = `${number}${parted[1]} ${parted[2]}`;
    return {
      rule: "wrong-unit",
      message: l10n.t("Put a space between the scale and the unit: {0}.", fix),
      fix,
    };
  }
  if (!scale && /^[kMB]$/.test(unit)) {
    return {
      rule: "wrong-unit",
      message: l10n.t("A scale touches its number: write {0}.", number + unit),
      fix: number + unit,
    };
  }
  const other = otherDimension(unit, expected.dimension);
  const found = other
    ? l10n.t("{0} is {1}.", written, DIMENSIONS[other].noun())
    : l10n.t("{0} is not a unit of {1}.", quoted(unit), noun());
  const message = sentences(found, l10n.t("Expected {0}.", expectation(expected)));
  return { rule: other ? "wrong-dimension" : "wrong-unit", message };
}

function respelled(unit: string): string {
  const lower = unit.toLowerCase();
  return Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : lower;
}

function otherDimension(unit: string, wanted: Dimension): Dimension | undefined {
  const dimensions = Object.keys(DIMENSIONS) as Dimension[];
  return dimensions.find((dimension) => dimension !== wanted && DIMENSIONS[dimension].units.includes(unit));
}

function quoted(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

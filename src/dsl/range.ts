import * as l10n from "@vscode/l10n";
import { formatQuantity } from "./format-quantity";
import type { Expected } from "./quantity";
import type { Schema } from "./schema";

type Bound = number | undefined;

/** A field's bounds in words and in its unit: `between 0% and 100%`; undefined without bounds. */
export function rangeText(schema: Schema, expected?: Expected): string | undefined {
  const show = (bound: number) => (expected ? formatQuantity(bound, expected) : String(bound));
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  const isClosed = above === undefined && below === undefined;
  if (isClosed && minimum !== undefined && maximum !== undefined)
    return l10n.t("between {0} and {1}", show(minimum), show(maximum));
  const bounds = [lowerText(minimum, above, show), upperText(maximum, below, show)].filter(Boolean);
  return bounds.length < 2 ? bounds[0] : l10n.t("{0} and {1}", bounds[0]!, bounds[1]!);
}

function lowerText(minimum: Bound, above: Bound, show: (bound: number) => string): string | undefined {
  if (above !== undefined) return l10n.t("above {0}", show(above));
  return minimum === undefined ? undefined : l10n.t("at least {0}", show(minimum));
}

function upperText(maximum: Bound, below: Bound, show: (bound: number) => string): string | undefined {
  if (below !== undefined) return l10n.t("below {0}", show(below));
  return maximum === undefined ? undefined : l10n.t("at most {0}", show(maximum));
}

export function inRange(schema: Schema, value: number): boolean {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    exclusiveMinimum = -Infinity,
    exclusiveMaximum = Infinity,
  } = schema;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

/** What was certainly meant by a value out of range; undefined when several readings are possible. */
export function meantQuantity(
  written: string,
  value: number,
  schema: Schema,
  expected: Expected,
): string | undefined {
  const candidates = schema.surplus
    ? surplusReadings(written, value)
    : percentReading(written, value, expected);
  return candidates.find((candidate) => inRange(schema, candidate.value))?.text;
}

interface Candidate {
  readonly text: string;
  readonly value: number;
}

const PERCENT_DIMENSIONS = ["ratio", "volatility", "rate"];

/** 80.5 for a ratio is 80.5%. */
function percentReading(written: string, value: number, { dimension }: Expected): Candidate[] {
  if (!PERCENT_DIMENSIONS.includes(dimension) || !isBare(written) || Math.abs(value) <= 1) return [];
  return [{ text: `${written}%`, value: value / 100 }];
}

/** A bonus is the part above 100%: 105%, 1.05 and 105 are 5%, and so is 5. */
function surplusReadings(written: string, value: number): Candidate[] {
  if (value >= 1 && value < 2) return [part(value - 1)];
  if (!isBare(written)) return [];
  return value > 100 && value < 200 ? [part(value / 100 - 1)] : [{ text: `${written}%`, value: value / 100 }];
}

function part(value: number): Candidate {
  return { value, text: formatQuantity(value, { dimension: "ratio" }, { digits: 12 }) };
}

function isBare(written: string): boolean {
  return /^[+-]?[\d.]+$/.test(written.trim());
}

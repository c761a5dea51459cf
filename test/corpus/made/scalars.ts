import { inRange } from "../../../src/dsl/range";
import type { Schema } from "../../../src/dsl/schema";
import type { Dice } from "./dice";

export type Range = readonly [low: number, high: number];

/** Without a bound of its own a quantity is at most this. */
const LARGE = 1e6;

/** A number in base units that the schema allows, within a narrower range if there is one; now and then a bound itself. */
export function madeNumber(dice: Dice, schema: Schema, range: Range = [-LARGE, LARGE]): number {
  const low = Math.max(range[0], schema.minimum ?? schema.exclusiveMinimum ?? -LARGE);
  const high = Math.min(range[1], schema.maximum ?? schema.exclusiveMaximum ?? Math.max(LARGE, low * 10));
  for (let tries = 0; tries < 1_000; tries++) {
    const drawn = dice.chance(0.1) ? dice.pick([low, high]) : spread(dice, low, high);
    const value = rounded(dice, schema, drawn);
    if (value >= low && value <= high && inRange(schema, value)) return value;
  }
  throw new Error(`No number between ${low} and ${high}: ${JSON.stringify(schema)}`);
}

/** Small ones are as frequent as large ones where the range has many orders of magnitude. */
function spread(dice: Dice, low: number, high: number): number {
  if (low < 0 || high - low < 1_000) return dice.within(low, high);
  const least = Math.max(low, 1);
  return least * (high / least) ** dice.within(0, 1);
}

const SECONDS = [1, 60, 3600, 86400];

function rounded(dice: Dice, { type, integer, dimension }: Schema, value: number): number {
  if (type === "integer" || integer) return Math.round(value);
  if (dimension !== "duration") return threeDigits(value);
  const unit = dice.pick(SECONDS.filter((seconds) => seconds <= Math.max(1, value)));
  return Math.round(value / unit) * unit;
}

export function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

/** Names that YAML, or a program, could take for something else. */
const AWKWARD = [
  "null",
  "true",
  "no",
  "1e3",
  "0x1F",
  "12",
  "x-a",
  "M",
  "s",
  "bp",
  "constructor",
  "toString",
  "1INCH",
  "a.b-c",
];
const LETTERS = [..."abcXYZ019 ._+/-"];
const ANYTHING = [...LETTERS, ..."é𝒳'\"#:,{}[]&*!|>%@`"];

/** A text of the schema's pattern. Cells of data files are trimmed, so no name ends in a space. */
export function madeText(dice: Dice, { format, pattern = "" }: Schema): string {
  if (format === "address")
    return `0x${Array.from({ length: 40 }, () => dice.pick([..."0123456789abcdefABCDEF"])).join("")}`;
  const form = new RegExp(pattern);
  const alphabet = pattern.startsWith("^") ? LETTERS : ANYTHING;
  for (;;) {
    const text = dice.chance(0.2)
      ? dice.pick(AWKWARD)
      : Array.from({ length: 1 + dice.below(10) }, () => dice.pick(alphabet)).join("");
    if (form.test(text) && text.trim() === text) return text;
  }
}

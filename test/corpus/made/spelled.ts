import { decimalOf, shiftDecimal } from "../../../src/dsl/decimal";
import { type Expected, parseQuantity, withUnits } from "../../../src/dsl/quantity";
import type { Dice } from "./dice";

/** One of the ways to write a quantity, units and all. */
export function spelled(dice: Dice, value: number, expected: Expected): string {
  const forms = [...numbersOf(value), ...inUnits(value, expected)];
  return dice.pick(forms.filter((form) => reads(form, value, expected)));
}

/** Without a unit, or with a scale. */
function numbersOf(value: number): string[] {
  const scaled = Math.abs(value) < 100 ? [] : [`${shiftDecimal(value, -3)}k`, `${shiftDecimal(value, -6)}M`];
  const plain = decimalOf(value);
  return [
    plain,
    `"${plain}"`,
    value.toExponential(),
    ...scaled,
    ...(value > 0 ? [`+${plain}`, plain.replace(/^0\./, ".")] : []),
  ];
}

/** What a number is multiplied with to be in a unit, by the value of one unit. */
function inUnits(value: number, expected: Expected): string[] {
  return withUnits("1", expected).flatMap(({ text }) => {
    const one = parseQuantity(text, expected);
    if (!("value" in one)) return [];
    const unit = text.slice(1);
    const number = decimalOf(Number((value / one.value).toPrecision(12)));
    const forms = [`${number}${unit}`, `${number} ${unit.trim()}`, `'${number}${unit}'`];
    const thousands = expected.unit === undefined ? [] : [`${shiftDecimal(value, -3)}k ${unit.trim()}`];
    return [...forms, ...thousands];
  });
}

function reads(form: string, value: number, expected: Expected): boolean {
  const reading = parseQuantity(form.replace(/^["']|["']$/g, ""), expected);
  return "value" in reading && reading.value === value;
}

/** Powers of ten are applied to the digits, not to the double: 4.35% is read as 0.0435 and written back as 4.35. */

/** The double nearest to a written decimal times a power of ten. */
export function scaledDecimal(text: string, shift: number): number {
  const [digits, exponent = "0"] = text.toLowerCase().split("e");
  return Number(`${digits}e${Number(exponent) + shift}`);
}

/** The shortest decimal of a double times a power of ten, without an exponent up to 15 places. */
export function shiftDecimal(value: number, shift: number): string {
  if (value === 0) return "0";
  const [mantissa, exponentText] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(exponentText) + shift + 1;
  return (value < 0 ? "-" : "") + place(digits, point);
}

export function decimalOf(value: number): string {
  return shiftDecimal(value, 0);
}

function place(digits: string, point: number): string {
  if (point > 15 || point < -8) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    return `${digits[0]}${fraction}e${point - 1}`;
  }
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + "0".repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

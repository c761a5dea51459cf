/**
 * Amounts in a token's integer units and prices with 8 decimals, from the shortest decimal form of a double:
 * what a user wrote is what the contract would have been given.
 */
export function toUnits(value: number, decimals: number): bigint {
  const [mantissa, exponent = "0"] = value.toString().split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const shift = decimals - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}

export const PRICE_DECIMALS = 8;

export function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

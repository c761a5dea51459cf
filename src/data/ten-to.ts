/** Exact, unlike a computed power. */
export function tenTo(exponent: number): number {
  return Number(`1e${exponent}`);
}

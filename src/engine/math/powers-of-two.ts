/** 2^first .. 2^last, exactly. */
export function powersOfTwo(first: number, last: number): Float64Array {
  const powers = new Float64Array(last - first + 1);
  powers[-first] = 1;
  for (let e = 1; e <= last; e++) powers[e - first] = powers[e - 1 - first] * 2;
  for (let e = -1; e >= first; e--) powers[e - first] = powers[e + 1 - first] / 2;
  return powers;
}
